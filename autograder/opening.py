"""How a live thing of the checker's is opened once more on the student's side, where it is one of the same kind."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from errno import ENOENT
from functools import cache
from pathlib import Path
from typing import Any

MAX_CONTENT = 4_000_000


def is_live(thing: object) -> bool:
    """Whether a thing is opened again, and not copied."""
    kind = type(thing)
    return (
        issubclass(kind, sqlite3.Connection)
        or _is_of(kind, "pyodbc", "Connection")
        or _is_of(kind, "sqlalchemy", "Engine")
        or getattr(kind, "__live__", False) is True
    )


def how(thing: Any) -> tuple:
    """What `again` needs to know, all of which pickles."""
    if isinstance(thing, sqlite3.Connection):
        return _how_sqlite(thing)
    if _is_of(type(thing), "pyodbc", "Connection"):
        return _how_odbc(thing)
    if _is_of(type(thing), "sqlalchemy", "Engine"):
        return open_engine, (thing.url.render_as_string(hide_password=False),)
    return tuple(thing.__reduce_ex__(4))


def again(make: Callable, arguments: tuple, state: Any = None, *_: Any) -> Any:
    """The thing, made as `how` said: by a function and its arguments, and a dict of attributes."""
    thing = make(*arguments)
    if state:
        vars(thing).update(state)
    return thing


def alone(thing: object) -> int:
    """What `sys.getrefcount` says of such a thing where one dict refers to it, and nothing else.

    Counting is the only way to know: a connection of sqlite3's takes no weak reference, and refers to itself.
    """
    return _alone(issubclass(type(thing), sqlite3.Connection))


@cache
def _alone(is_sqlite: bool) -> int:
    kept = {0: sqlite3.connect(":memory:") if is_sqlite else object()}
    return sys.getrefcount(kept[0])


def close(thing: Any) -> None:
    """Give back what a thing holds; where it refers to itself, that would be a while later."""
    if isinstance(thing, sqlite3.Connection):
        with suppress(sqlite3.Error):  # one of another thread
            sqlite3.Connection.close(thing)


def open_sqlite(kind: type, path: str, content: bytes, readonly: bool, attributes: dict[str, Any]) -> Any:
    """A connection of class `kind`: to the file, which must exist, or to a copy in memory of `content`."""
    if path and not Path(path).exists():
        raise FileNotFoundError(ENOENT, "this database is not there on the student's side", path)
    if path:
        conn = sqlite3.connect(f"{Path(path).as_uri()}?mode=ro" if readonly else path, factory=kind, uri=readonly)
    else:
        conn = sqlite3.connect(":memory:", factory=kind)
        if content:
            conn.deserialize(content)
    if readonly:
        _asked(conn, "PRAGMA query_only = on")
    for name, value in attributes.items():
        setattr(conn, name, value)
    return conn


def open_odbc(text: str, autocommit: bool) -> Any:
    """A pyodbc connection."""
    import pyodbc

    return pyodbc.connect(text, autocommit=autocommit)


def open_engine(url: str) -> Any:
    """An SQLAlchemy engine."""
    import sqlalchemy

    return sqlalchemy.create_engine(url)


def _how_sqlite(conn: sqlite3.Connection) -> tuple:
    path = next(file for _, name, file in _asked(conn, "PRAGMA database_list") if name == "main")
    content = b""
    if not path.startswith("/"):  # files are told by absolute paths; one that was deserialised calls itself "x"
        path = ""
        with suppress(sqlite3.OperationalError):  # an empty one has nothing to serialise
            content = sqlite3.Connection.serialize(conn)  # not as a watched one does, which notes it
    if len(content) > MAX_CONTENT:
        raise ValueError(
            f"a database in memory of {len(content):,} bytes is too large to be copied to the student's side "
            f"({MAX_CONTENT:,} are allowed). Keep it in a file."
        )
    names = ("isolation_level", "row_factory", "text_factory")
    return open_sqlite, (type(conn), path, content, _readonly(conn), {name: getattr(conn, name) for name in names})


def _readonly(conn: sqlite3.Connection) -> bool:
    """Whether a connection cannot write: sqlite3 tells it only to who tries to. Nothing is written."""
    if _asked(conn, "PRAGMA query_only")[0][0]:
        return True
    if conn.in_transaction:
        return False
    version = _asked(conn, "PRAGMA user_version")[0][0]
    _asked(conn, "BEGIN")
    try:
        _asked(conn, f"PRAGMA user_version = {version}")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY
    finally:
        _asked(conn, "ROLLBACK")
    return False


def _asked(conn: sqlite3.Connection, sql: str) -> list[tuple]:
    """The rows that a statement gives, past what a subclass makes of statements and a factory of rows."""
    cursor = sqlite3.Connection.cursor(conn, sqlite3.Cursor)
    cursor.row_factory = None
    return cursor.execute(sql).fetchall()


def _how_odbc(conn: Any) -> tuple:
    import pyodbc

    source, database = conn.getinfo(pyodbc.SQL_DATA_SOURCE_NAME), conn.getinfo(pyodbc.SQL_DATABASE_NAME)
    if source:
        return open_odbc, (f"DSN={source}", conn.autocommit)
    # unixODBC cuts every character down to one byte: a file's name is sent as its UTF-8 bytes, one character each.
    path = database.encode().decode("latin-1")
    driver = _driver(conn.getinfo(pyodbc.SQL_DRIVER_NAME))
    return open_odbc, (f"DRIVER={{{driver}}};DATABASE={path};NoCreat=1", conn.autocommit)


def _driver(library: str) -> str:
    """The name under which a driver's library is installed here; the library itself where it has none."""
    import configparser

    installed = configparser.ConfigParser(interpolation=None, strict=False)
    with suppress(configparser.Error, UnicodeDecodeError):
        installed.read("/etc/odbcinst.ini")
    named = (name for name, entry in installed.items() if entry.get("driver", "").endswith(library))
    return next(named, library)


def _is_of(kind: type, module: str, name: str) -> bool:
    """Whether `kind` is a class of a library, which is only asked where somebody has imported it."""
    found = getattr(sys.modules.get(module), name, None)
    return isinstance(found, type) and issubclass(kind, found)

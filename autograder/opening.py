"""How a live thing of the checker's is opened once more on the student's side, where it is one of the same kind."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
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
        url = thing.url.render_as_string(hide_password=False)
        return open_engine, (url, thing.url.database, _content(thing.url.database))
    return tuple(thing.__reduce_ex__(4))


def again(make: Callable, arguments: tuple, state: Any = None, *_: Any) -> Any:
    """The thing, made as `how` said: by a function and its arguments, and a dict of attributes."""
    thing = make(*arguments)
    if state:
        vars(thing).update(state)
    return thing


def open_sqlite(kind: type, path: str, content: bytes | None, readonly: bool, attributes: dict[str, Any]) -> Any:
    """A connection of class `kind`: to the file, to a copy of it where there is none, or to a copy in memory."""
    if path:
        place = _placed(path, content)
        conn = sqlite3.connect(f"{place.as_uri()}?mode=ro" if readonly else str(place), factory=kind, uri=readonly)
    else:
        conn = sqlite3.connect(":memory:", factory=kind)
        conn.deserialize(content or b"")
    if readonly:
        _asked(conn, "PRAGMA query_only = on")
    for name, value in attributes.items():
        setattr(conn, name, value)
    return conn


def open_odbc(text: str, path: str | None, content: bytes | None, autocommit: bool) -> Any:
    """A pyodbc connection; the database named `path` in the connection string may be a copy."""
    import pyodbc

    if path and content is not None:
        text = text.replace(_as_odbc(path), _as_odbc(str(_placed(path, content))))
    return pyodbc.connect(text, autocommit=autocommit)


def open_engine(url: str, path: str | None, content: bytes | None) -> Any:
    """An SQLAlchemy engine; the database file may be a copy."""
    import sqlalchemy

    place = sqlalchemy.make_url(url)
    if path and content is not None:
        place = place.set(database=str(_placed(path, content)))
    return sqlalchemy.create_engine(place)


def _how_sqlite(conn: sqlite3.Connection) -> tuple:
    path = next(file for _, name, file in _asked(conn, "PRAGMA database_list") if name == "main")
    content = None if path and _shared(path) else conn.serialize()
    if content is not None and len(content) > MAX_CONTENT:
        raise ValueError(
            f"a database of {len(content):,} bytes would have to be copied to the student's side; at most "
            f"{MAX_CONTENT:,} may. Keep its file in the work folder, which both sides share."
        )
    names = ("isolation_level", "row_factory", "text_factory")
    return open_sqlite, (type(conn), path, content, _readonly(conn), {name: getattr(conn, name) for name in names})


def _readonly(conn: sqlite3.Connection) -> bool:
    """Whether a connection cannot write: sqlite3 tells it only to who begins to."""
    if _asked(conn, "PRAGMA query_only")[0][0]:
        return True
    if conn.in_transaction:
        return False
    try:
        _asked(conn, "BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY
    conn.rollback()
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
        return open_odbc, (f"DSN={source}", None, None, conn.autocommit)
    driver = conn.getinfo(pyodbc.SQL_DRIVER_NAME)
    path = database.encode("latin-1", "replace").decode("utf-8", "replace")
    text = f"DRIVER={{{_driver(driver)}}};DATABASE={_as_odbc(path)};NoCreat=1"
    return open_odbc, (text, path, _content(path), conn.autocommit)


def _driver(library: str) -> str:
    """The name under which a driver's library is installed here; the library itself where it has none."""
    import configparser

    installed = configparser.ConfigParser(interpolation=None, strict=False)
    with suppress(configparser.Error, UnicodeDecodeError):
        installed.read("/etc/odbcinst.ini")
    named = (name for name, entry in installed.items() if entry.get("driver", "").endswith(library))
    return next(named, library)


def _as_odbc(path: str) -> str:
    """A file's name as unixODBC takes it: it cuts every character down to one byte."""
    return path.encode().decode("latin-1")


def _shared(path: str) -> bool:
    """Whether the student's side has this very file: both sides work in the same folder."""
    return Path(path).is_relative_to(Path.cwd())


def _content(path: str | None) -> bytes | None:
    """The bytes of a file that the student's side does not have, if they are not too many."""
    if not path or _shared(path) or not Path(path).is_file() or Path(path).stat().st_size > MAX_CONTENT:
        return None
    return Path(path).read_bytes()


def _placed(path: str, content: bytes | None) -> Path:
    """The file itself where it exists, or a copy of it."""
    if content is None or Path(path).exists():
        return Path(path)
    with tempfile.NamedTemporaryFile(suffix=Path(path).suffix, delete=False) as copy:
        copy.write(content)
    return Path(copy.name)


def _is_of(kind: type, module: str, name: str) -> bool:
    """Whether `kind` is a class of a library, which is only asked where somebody has imported it."""
    found = getattr(sys.modules.get(module), name, None)
    return isinstance(found, type) and issubclass(kind, found)

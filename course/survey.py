"""The survey database, and every way of connecting to it.

The database is built from `survey.sql`. Each call without a path works on a new private copy,
so nothing that one cell does can spoil the next. Copies live in a temporary folder that
disappears with the process.
"""

from __future__ import annotations

import atexit
import itertools
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyodbc
    import sqlalchemy

TABLES = ("Person", "Site", "Visited", "Survey")
DRIVER = "SQLite3"
DRIVER_HELP = (
    f"The ODBC driver {DRIVER!r} is not installed, so pyodbc cannot reach the survey; install it on Debian or Ubuntu "
    "with `sudo apt-get install unixodbc libsqliteodbc`, on Fedora with `sudo dnf install unixODBC sqliteodbc`, on "
    "macOS with `brew install unixodbc sqliteodbc`, in conda with `conda install -c conda-forge unixodbc` and the "
    "driver from the system by one of the former."
)

_copies = itertools.count(1)


class SurveyError(Exception):
    """The survey cannot be reached. The message says where, why, and what to do."""


@cache
def _folder() -> Path:
    """This process's temporary folder for copies, deleted when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="survey-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def sql() -> str:
    """The SQL text that builds the database."""
    return resources.files("course").joinpath("survey.sql").read_text(encoding="utf-8")


def build(path: str | Path) -> Path:
    """Make a new survey database at `path` and return it. An existing file is an error: data is never overwritten."""
    path = Path(path)
    if path.exists():
        raise SurveyError(f"{path}: exists already, and would be overwritten. Choose another name, or delete it first.")
    if not path.parent.is_dir():
        raise SurveyError(f"{path}: the folder {path.parent} does not exist. Create it first: mkdir -p {path.parent}")
    try:
        conn = sqlite3.connect(path)
        try:
            conn.executescript(sql())
            conn.execute("vacuum")
        finally:
            conn.close()
    except sqlite3.Error as error:
        raise SurveyError(f"{path}: cannot be written ({error}). Choose a folder in which you may write.") from error
    return path


@cache
def content() -> bytes:
    """The bytes of the database file."""
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.executescript(sql())
        conn.execute("vacuum")
        return conn.serialize()


@cache
def empty() -> bytes:
    """The bytes of a database with the four tables and no rows in them, in small pages."""
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("pragma page_size = 512")
        conn.executescript(sql())
        for table in TABLES:
            conn.execute(f"delete from {table}")
        conn.commit()
        conn.execute("vacuum")
        return conn.serialize()


def path() -> Path:
    """A new private copy of the database, yours to change, in a folder of its own."""
    folder = _folder() / str(next(_copies))
    folder.mkdir()
    copy = folder / "survey.db"
    copy.write_bytes(content())
    return copy


@dataclass(frozen=True)
class Database:
    """A database to pass to a function that is checked: it gets a connection, in memory, to a copy of its own.

    `content` is what `sqlite3.Connection.serialize` gives. It is opened where the function lives, for each call anew.
    """

    content: bytes = field(repr=False)

    def __opened__(self) -> sqlite3.Connection:
        return in_memory(self.content)

    def __reduce__(self) -> tuple:
        return in_memory, (self.content,)


def in_memory(content: bytes, factory: type[sqlite3.Connection] = sqlite3.Connection) -> sqlite3.Connection:
    """A connection, of class `factory`, to a new database in memory that holds `content`."""
    conn = sqlite3.connect(":memory:", factory=factory)
    conn.deserialize(content)
    return conn


def quoted(name: str) -> str:
    """The name of a table or column, safe in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _existing(path_: str | Path | None) -> Path:
    if path_ is None:
        return path()
    found = Path(path_)
    if found.is_dir():
        raise SurveyError(f"{found}: is a folder, not a database. Name the file in it.")
    if not found.exists():
        raise SurveyError(
            f"{found}: there is no such file. A plain connect would create an empty one, and the error would come "
            "later. Check the path, or leave it out to get a copy of the survey."
        )
    return found.resolve()


def connect(path: str | Path | None = None, **keywords) -> sqlite3.Connection:
    """A sqlite3 connection to `path`, or to a new private copy. The file must exist.

    `keywords` go to `sqlite3.connect` (`timeout=1`, `factory=…`, …).
    """
    return sqlite3.connect(_existing(path), **keywords)


def readonly(path: str | Path | None = None) -> sqlite3.Connection:
    """A sqlite3 connection that cannot write, to `path` or to a new private copy."""
    return sqlite3.connect(f"{_existing(path).as_uri()}?mode=ro", uri=True)


def odbc(path: str | Path | None = None, **keywords) -> pyodbc.Connection:
    """A pyodbc connection through the SQLite ODBC driver, to `path` or to a new private copy.

    `keywords` go to `pyodbc.connect` (`autocommit=True`, …). A missing driver gives a SurveyError that says
    how to install it.
    """
    try:
        import pyodbc
    except ImportError as error:  # the package is there, the driver manager (libodbc.so) is not
        raise SurveyError(f"{DRIVER_HELP} ({error})") from error
    if DRIVER not in pyodbc.drivers():
        raise SurveyError(DRIVER_HELP)
    name = str(_existing(path))
    if ";" in name:
        raise SurveyError(
            f"{name}: the SQLite ODBC driver ends a file's name at the first ';' and does not read braces around it, "
            "so this file cannot be opened through ODBC. Rename it."
        )
    # unixODBC cuts every character down to one byte, so the name is sent as its UTF-8 bytes, one character each.
    # NoCreat: a name that is wrong after all must not become an empty database.
    name = name.encode().decode("latin-1")
    return pyodbc.connect(f"DRIVER={{{DRIVER}}};DATABASE={name};NoCreat=1", **keywords)


def engine(path: str | Path | None = None) -> sqlalchemy.Engine:
    """A SQLAlchemy engine for `path` or for a new private copy."""
    import sqlalchemy

    return sqlalchemy.create_engine(sqlalchemy.URL.create("sqlite", database=str(_existing(path))))

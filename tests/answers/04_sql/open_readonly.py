# %% pathlib writes the URI, and a first query reads the file
import sqlite3


def open_readonly(path):
    conn = sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)
    conn.execute("pragma schema_version")
    return conn


# %% asks whether the file exists, then forbids changes
import sqlite3


def open_readonly(path):
    if not path.is_file():
        raise FileNotFoundError(f"there is no database {path}")
    conn = sqlite3.connect(path)
    conn.execute("pragma query_only = on")
    conn.execute("select 1 from sqlite_master").fetchone()
    return conn


# %% urllib escapes the name
import sqlite3
from urllib.parse import quote


def open_readonly(path):
    conn = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
    try:
        conn.execute("select count(*) from sqlite_master")
    except sqlite3.DatabaseError as error:
        conn.close()
        raise ValueError(f"{path} is no database") from error
    return conn


# %% refuses every statement that is not for reading
import sqlite3

READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}


def open_readonly(path):
    if not path.exists():
        raise FileNotFoundError(path)
    conn = sqlite3.connect(path)
    conn.execute("select count(*) from sqlite_master")
    conn.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in READING else sqlite3.SQLITE_DENY)
    return conn


# %% a plain connect  fails=["open_readonly_missing", "open_readonly_readonly", "open_readonly_not_a_database"]
import sqlite3


def open_readonly(path):
    return sqlite3.connect(path)


# %% asks whether the file exists, and can write to it  fails=["open_readonly_readonly"]
import sqlite3


def open_readonly(path):
    if not path.is_file():
        raise FileNotFoundError(path)
    conn = sqlite3.connect(path)
    conn.execute("select count(*) from sqlite_master")
    return conn


# %% opens for reading and writing  fails=["open_readonly_readonly"]
import sqlite3


def open_readonly(path):
    conn = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)
    conn.execute("select count(*) from sqlite_master")
    return conn


# %% forbids changes, but makes a missing file  fails=["open_readonly_missing"]
import sqlite3


def open_readonly(path):
    conn = sqlite3.connect(path)
    conn.execute("pragma query_only = on")
    conn.execute("select count(*) from sqlite_master")
    return conn


# %% does not escape the name in the URI  fails=["open_readonly_names"]
import sqlite3


def open_readonly(path):
    conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    conn.execute("select count(*) from sqlite_master")
    return conn


# %% escapes some characters and forgets others  fails=["open_readonly_names"]
import sqlite3


def open_readonly(path):
    name = str(path).replace("?", "%3f").replace("#", "%23").replace(" ", "%20")
    conn = sqlite3.connect(f"file:{name}?mode=ro", uri=True)
    conn.execute("select count(*) from sqlite_master")
    return conn


# %% does not look into the file  fails=["open_readonly_not_a_database"]
import sqlite3


def open_readonly(path):
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


# %% forgets that the name of a URI begins with file:  fails=["open_readonly_missing", "open_readonly_readonly", "open_readonly_names", "open_readonly_not_a_database"]
import sqlite3


def open_readonly(path):
    conn = sqlite3.connect(f"{path}?mode=ro", uri=True)
    conn.execute("select count(*) from sqlite_master")
    return conn


# %% takes the write permission from everybody  fails=["open_readonly_readonly"]
import sqlite3


def open_readonly(path):
    path.chmod(0o444)
    conn = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)
    conn.execute("select count(*) from sqlite_master")
    return conn


# %% returns a copy in memory that can be changed  fails=["open_readonly_readonly"]
import sqlite3


def open_readonly(path):
    original = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    copy = sqlite3.connect(":memory:")
    original.backup(copy)
    return copy


# %% returns None where it should raise an error  fails=["open_readonly_missing", "open_readonly_not_a_database"]
import sqlite3


def open_readonly(path):
    try:
        conn = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        conn.execute("select count(*) from sqlite_master")
        return conn
    except sqlite3.Error:
        return None


# %% refuses everything  fails=["open_readonly_missing", "open_readonly_readonly", "open_readonly_names", "open_readonly_not_a_database"]
def open_readonly(path):
    raise FileNotFoundError(path)


# %% leaves it to the course's own function  fails=["open_readonly_missing", "open_readonly_not_a_database"]
from course import survey


def open_readonly(path):
    return survey.readonly(path)

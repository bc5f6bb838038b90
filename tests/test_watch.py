"""A watched connection notes every statement and every fetch, whoever makes them, and changes nothing else."""

import sqlite3

import pandas as pd
import pytest
import sqlalchemy
from sqlalchemy.pool import StaticPool

from course import survey, watch

SALINITY = "select taken, reading from Survey where person = ? and quant = ?"


@pytest.fixture
def conn():
    """A watched connection to a copy of the survey."""
    with watch.connect() as conn:
        yield conn
    conn.close()


def test_a_statement_is_noted_with_its_parameters(conn):
    """As the connection's own method, and as a cursor's."""
    conn.execute(SALINITY, ("roe", "sal"))
    conn.cursor().execute("select * from Person where ident = :who", {"who": "pb"})
    assert conn.notes == [
        ("execute", SALINITY, ("roe", "sal")),
        ("execute", "select * from Person where ident = :who", {"who": "pb"}),
    ]
    assert conn.statements == [SALINITY, "select * from Person where ident = :who"]
    assert conn.parameters == ["roe", "sal", "pb"]


@pytest.mark.parametrize(
    ("fetch", "fetches"),
    [
        (lambda cur: cur.fetchone(), [1]),
        (lambda cur: cur.fetchmany(2), [2]),
        (lambda cur: cur.fetchmany(size=2), [2]),
        (lambda cur: cur.fetchmany(), [1]),
        (lambda cur: cur.fetchmany(100), [5]),
        (lambda cur: cur.fetchall(), [5]),
        (lambda cur: list(cur), [1, 1, 1, 1, 1, 0]),
        (lambda cur: next(cur), [1]),
        (lambda cur: [cur.fetchall(), cur.fetchall(), cur.fetchone(), cur.fetchmany(2)], [5, 0, 0, 0]),
    ],
)
def test_a_fetch_is_noted_with_its_rows(conn, fetch, fetches):
    """One, some, all, by a loop; and a fetch that finds nothing, too."""
    plain = survey.connect()
    query = "select * from Person"
    assert fetch(plain.execute(query)) == fetch(conn.execute(query))
    assert [("fetch", rows) for rows in fetches] == conn.notes[1:]
    assert sum(fetches) == conn.rows_fetched
    assert max(fetches) == conn.largest_fetch
    plain.close()


def test_nothing_was_fetched_before_a_fetch(conn):
    """A statement alone moves no rows."""
    conn.execute("select * from Person")
    assert (conn.rows_fetched, conn.largest_fetch) == (0, 0)


def test_the_arraysize_of_a_cursor_holds(conn):
    """`fetchmany()` without a number takes it from the cursor."""
    cur = conn.cursor()
    cur.arraysize = 3
    assert len(cur.execute("select * from Person").fetchmany()) == 3


def test_writing_is_noted(conn):
    """One statement for many rows, and a script."""
    conn.executemany("insert into Site values (?, ?, ?)", iter([("a", 1, 2), ("b", 3, 4)]))
    assert conn.execute("select lat, long from Site where name in ('a', 'b')").fetchall() == [(1, 2), (3, 4)]
    conn.notes[1:] = []
    conn.cursor().executescript("delete from Site;")
    assert conn.notes == [
        ("executemany", "insert into Site values (?, ?, ?)", [("a", 1, 2), ("b", 3, 4)]),
        ("executescript", "delete from Site;", ()),
    ]
    assert conn.parameters == ["a", 1, 2, "b", 3, 4]
    assert conn.execute("select * from Site").fetchall() == []


def test_it_fails_as_sqlite_fails(conn):
    """Errors are sqlite3's own, and the statement that failed is noted."""
    with pytest.raises(sqlite3.ProgrammingError):
        conn.execute("select * from Person where ident = ?", 7)
    with pytest.raises(sqlite3.OperationalError):
        conn.execute("select * from Nobody")
    assert conn.statements == ["select * from Person where ident = ?", "select * from Nobody"]


def test_rows_come_as_the_row_factory_makes_them(conn):
    """`row_factory` works as on any connection."""
    conn.row_factory = sqlite3.Row
    assert conn.execute("select * from Person").fetchone()["family"] == "Dyer"


def test_pandas_is_noted(conn):
    """`read_sql` takes the connection, at once and in chunks."""
    assert len(pd.read_sql(SALINITY, conn, params=("roe", "sal"))) == 2
    assert conn.notes == [("execute", SALINITY, ("roe", "sal")), ("fetch", 2)]
    assert [len(frame) for frame in pd.read_sql("select * from Survey", conn, chunksize=8)] == [8, 8, 5]
    assert conn.largest_fetch == 8


def test_sqlalchemy_is_noted(conn):
    """An engine over the connection leaves its statements and parameters here."""
    engine = sqlalchemy.create_engine("sqlite://", creator=lambda: conn, poolclass=StaticPool)
    query = sqlalchemy.text("select reading from Survey where person = :who and quant = 'sal'")
    with engine.connect() as connected:
        assert connected.scalars(query, {"who": "roe"}).all() == [41.6, 22.5]
    assert conn.parameters == ["roe"]
    assert conn.largest_fetch == 2


def test_it_opens_the_file_that_is_named_and_makes_none(tmp_path):
    """A database by its path; an error that names the path where there is none."""
    path = survey.build(tmp_path / "here.db")
    conn = watch.connect(path)
    assert (path, []) == (conn.path, conn.notes)
    conn.close()
    with pytest.raises(survey.SurveyError, match=r"nowhere\.db"):
        watch.connect(tmp_path / "nowhere.db")
    assert not (tmp_path / "nowhere.db").exists()


def test_a_backup_moves_every_row():
    """Statements are noted as before: none was made."""
    conn = watch.connect()
    conn.backup(sqlite3.connect(":memory:"))
    assert (conn.rows_fetched, conn.statements) == (37, [])


def test_a_packed_row_is_several():
    """A text with many rows in it counts as more than one row, an ordinary row as one."""
    conn = watch.connect()
    conn.execute("select group_concat(hex(zeroblob(125)), '') from Survey").fetchone()
    assert conn.rows_fetched == 1 + 21 * 250 // watch.LETTERS


@pytest.mark.parametrize(
    "factory", [sqlite3.Row, lambda cur, row: row[0], lambda cur, row: {"packed": row[0]}, lambda cur, row: [*row]]
)
def test_a_packed_row_is_several_whatever_a_row_is(conn, factory):
    """A `row_factory` does not make the text shorter."""
    conn.row_factory = factory
    conn.execute("select group_concat(hex(zeroblob(125)), '') from Survey").fetchone()
    assert conn.rows_fetched == 1 + 21 * 250 // watch.LETTERS


def test_the_bytes_of_a_database_are_all_its_rows(conn):
    """`serialize` gives the whole of a database, or of another one that is attached."""
    content = conn.serialize()
    assert conn.rows_fetched == 37
    assert survey.in_memory(content).execute("select count(*) from Survey").fetchone() == (21,)
    conn.execute("attach ':memory:' as beside")
    conn.execute("create table beside.People as select * from Person")
    assert conn.serialize(name="beside")
    assert conn.rows_fetched == 37 + 5


def test_a_large_value_that_is_opened_moves(conn):
    """`blobopen` needs no cursor, and a text may hold many rows."""
    conn.execute("create table Packed as select group_concat(hex(zeroblob(125)), '') as text from Survey")
    with conn.blobopen("Packed", "text", 1) as blob:
        assert len(blob.read()) == 21 * 250
    assert conn.rows_fetched == 1 + 21 * 250 // watch.LETTERS


class Longest:
    """The most letters in a text, as an aggregate and over a window."""

    def __init__(self):
        self.lengths = []

    def step(self, text):
        self.lengths.append(len(text))

    def inverse(self, text):
        self.lengths.remove(len(text))

    def value(self):
        return max(self.lengths, default=None)

    finalize = value


def test_a_python_function_that_the_database_calls_gets_rows(conn):
    """A function or aggregate gives what it gives on a plain connection, and each call is a row that has moved."""
    found = []
    conn.create_function("note", 1, found.append)
    conn.execute("select note(family) from Person where note(family) is not null").fetchall()
    assert (len(found), conn.rows_fetched) == (5, 5)
    conn.create_aggregate("longest", 1, Longest)
    assert conn.execute("select longest(family) from Person").fetchone() == (8,)
    assert conn.rows_fetched == 5 + 5 + 1
    conn.create_window_function("longest", 1, Longest)
    windowed = "select longest(family) over (order by ident rows 1 preceding) from Person"
    assert [length for (length,) in conn.execute(windowed)] == [8, 8, 4, 7, 7]
    assert conn.rows_fetched == 11 + 5 + 5
    conn.create_window_function("longest", 1, None)
    with pytest.raises(sqlite3.OperationalError, match="no such function"):
        conn.execute(windowed)

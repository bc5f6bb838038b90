"""Live things are opened once more, as they are."""

import sqlite3

import pyodbc
import pytest
import sqlalchemy

from autograder import opening
from course import survey, watch


def again(thing):
    """The thing as the other side has it."""
    return opening.again(*opening.how(thing))


@pytest.fixture
def path(tmp_path):
    """A database whose name has to be escaped in a URI."""
    path = tmp_path / "a b#c?å.db"
    with sqlite3.connect(path) as conn:
        conn.execute("create table t (a)")
        conn.execute("insert into t values (1)")
    conn.close()
    return path


def test_a_connection_is_opened_on_its_path(path):
    """With its class, its rows' class and its way of beginning transactions; what the one commits, the other sees."""
    mine = watch.connect(path)
    mine.row_factory, mine.isolation_level = sqlite3.Row, None
    theirs = again(mine)
    assert (type(theirs), theirs.row_factory, theirs.isolation_level) == (watch.Watched, sqlite3.Row, None)
    assert mine.notes == []
    in_memory = survey.in_memory(survey.content(), watch.Watched)
    assert again(in_memory).execute("select count(*) from Survey").fetchone() == (21,)
    assert in_memory.notes == []
    theirs.execute("insert into t values (2)")
    assert [row["a"] for row in mine.execute("select a from t")] == [1, 2]
    theirs.close()
    mine.close()


@pytest.mark.parametrize("how", ["mode=ro", "query_only"])
def test_a_connection_that_cannot_write_cannot_write_there(path, how):
    """However it was told not to."""
    if how == "query_only":
        mine = sqlite3.connect(path)
        mine.execute("pragma query_only = on")
    else:
        mine = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    theirs = again(mine)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        theirs.execute("insert into t values (2)")
    assert theirs.execute("select a from t").fetchall() == [(1,)]
    theirs.close()
    mine.close()


def test_asking_leaves_no_trace(path):
    """No transaction, no change of the file, no row of another kind."""
    before = path.read_bytes()
    mine = sqlite3.connect(path)
    mine.row_factory = lambda cursor, row: {"odd": row}
    opening.how(mine)
    assert (mine.in_transaction, mine.execute("select a from t").fetchone()) == (False, {"odd": (1,)})
    mine.execute("insert into t values (2)")
    opening.how(mine)
    assert mine.in_transaction
    mine.rollback()
    mine.close()
    assert before == path.read_bytes()


def test_a_database_in_memory_goes_in_as_a_copy():
    """Also an empty one; one that is too large says so."""
    mine = sqlite3.connect(":memory:")
    theirs = again(mine)
    assert theirs.execute("select count(*) from sqlite_master").fetchone() == (0,)
    mine.execute("create table t (a)")
    mine.execute("insert into t values (zeroblob(5000000))")
    mine.commit()
    with pytest.raises(ValueError, match="Keep it in a file"):
        opening.how(mine)
    mine.execute("update t set a = 7")
    mine.commit()
    mine.execute("vacuum")
    assert again(mine).execute("select a from t").fetchall() == [(7,)]


def test_a_file_that_is_not_there_is_not_made(path):
    """The error names it."""
    mine = sqlite3.connect(path)
    how = opening.how(mine)
    mine.close()
    path.unlink()
    with pytest.raises(FileNotFoundError, match="not there on the student's side"):
        opening.again(*how)
    assert not path.exists()


def test_an_odbc_connection_is_opened_on_its_database(path):
    """Through the same driver, also where the file's name is beyond ASCII."""
    if survey.DRIVER not in pyodbc.drivers():
        pytest.fail(survey.DRIVER_HELP)
    mine = survey.odbc(path, autocommit=True)
    theirs = again(mine)
    assert (theirs.autocommit, theirs.execute("select a from t").fetchall()[0][0]) == (True, 1)
    theirs.close()
    mine.close()


def test_an_engine_is_made_from_its_url(path):
    """Password included."""
    theirs = again(survey.engine(path))
    with theirs.connect() as conn:
        assert conn.execute(sqlalchemy.text("select a from t")).scalar() == 1
    url = "mssql+pyodbc://me:secret@host/db?driver=none"
    how = opening.how(sqlalchemy.create_engine(url))
    assert how[1] == (url,)


def test_live_things_are_known_by_their_type():
    """And nothing else is."""
    marked = type("Marked", (), {"__live__": True})()
    conn = sqlite3.connect(":memory:")
    assert [opening.is_live(thing) for thing in (conn, marked, 3, [], object(), sqlite3)] == [True, True, *[False] * 4]


def test_connections_work_through_the_airlock(sides):
    """A watched one, with notes; a plain one; by ODBC; an engine. What one side changes, the other sees."""
    sides.student("""
import sqlalchemy
def families(conn): return [row[0] for row in conn.execute("select family from Person order by family").fetchall()]
def add(conn):
    conn.execute("insert into Site values ('X', 1, 2)")
    conn.commit()
def batches(conn):
    cursor = conn.execute("select * from Survey")
    while rows := cursor.fetchmany(5): yield rows
def first(engine):
    with engine.connect() as conn: return conn.execute(sqlalchemy.text("select min(ident) from Person")).scalar()
""")
    text = """
from course import survey, watch
expected = ["Danforth", "Dyer", "Lake", "Pabodie", "Roerich"]
conn = survey.connect()
assert families(conn) == expected
conn.execute("delete from Person where ident = 'dyer'"); conn.commit()
assert families(conn) == ["Danforth", "Lake", "Pabodie", "Roerich"]
add(conn)
assert conn.execute("select lat from Site where name = 'X'").fetchall() == [(1,)]
assert families(survey.odbc()) == expected and families(survey.readonly()) == expected
assert first(survey.engine()) == "danforth"
watched = watch.connect()
rows = batches(watched)
assert watched.notes == []
assert len(next(rows)) == 5 and watched.rows_fetched == 5 and watched.statements == ["select * from Survey"]
list(rows)
assert watched.largest_fetch == 5 and watched.notes[-1] == ("fetch", 0)
"""
    assert sides.check(text, "families", "add", "batches", "first") == ""


def test_a_database_that_was_deserialised_is_copied():
    """SQLite gives such a one the name of a file that is not there."""
    original = sqlite3.connect(":memory:")
    original.executescript("create table T (a); insert into T values (7)")
    conn = sqlite3.connect(":memory:")
    conn.deserialize(original.serialize())
    copy = opening.again(*opening.how(conn))
    assert copy.execute("select a from T").fetchall() == [(7,)]

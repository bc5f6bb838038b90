"""A holding connection counts the rows that are held, and changes nothing else."""

import pandas as pd
import pytest

from course import held

ALL = "select * from Survey"


@pytest.fixture
def conn():
    """A holding connection to a copy of the survey."""
    with held.connect() as conn:
        yield conn
    conn.close()


def test_rows_count_while_they_are_held(conn):
    """From the fetch until nobody refers to them."""
    rows = conn.execute(ALL).fetchall()
    assert conn.rows == {"now": 21, "most": 21}
    del rows[5:]
    assert conn.rows == {"now": 5, "most": 21}


@pytest.mark.parametrize(
    ("read", "most"),
    [
        (lambda cur: cur.fetchall(), 21),
        (lambda cur: sum(1 for _ in cur), 2),
        (lambda cur: [row[0] for row in cur], 2),
        (lambda cur: list(cur), 21),
        (lambda cur: [row[3] for row in cur], 21),
        (lambda cur: sum(row[3] for row in cur), 3),
    ],
)
def test_ways_of_reading_differ(conn, read, most):
    """A loop holds the row that it looks at while the next one is made; a list holds all, be it of readings alone."""
    read(conn.execute(ALL))
    assert most - 1 <= conn.rows["most"] <= most


def test_a_row_is_a_tuple(conn):
    """Equal to one, and as good as one for pandas."""
    assert conn.execute(ALL).fetchone() == (619, "dyer", "rad", 9.82)
    assert pd.read_sql_query(ALL, conn)["reading"].dtype == float
    assert conn.rows["now"] == 0


def test_fetches_are_noted_as_well(conn):
    """It is a watched connection."""
    conn.execute(ALL).fetchmany(7)
    assert (conn.largest_fetch, conn.statements) == (7, [ALL])


def test_the_count_crosses_the_airlock(sides):
    """The rows are held over there, and the check knows how many."""
    sides.student("def everything(conn):\n    return len(conn.execute('select * from Survey').fetchall())\n")
    check = (
        "from course import held\n"
        "conn = held.connect()\n"
        "assert everything(conn) == 21\n"
        "assert conn.rows['most'] == 21, conn.rows\n"
    )
    assert sides.check(check, "everything") == ""

"""Pictures of joins, groups, plans and transactions say what the database says, and change nothing."""

from __future__ import annotations

import re
import sqlite3
import warnings
from contextlib import suppress
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import draw, survey

FEW = settings(max_examples=25, deadline=None)  # a picture takes a tenth of a second
ON = "Person.ident = Survey.person"


def two(path=None) -> tuple[draw.Witnessed, draw.Witnessed]:
    """Two connections to one survey, whose story is noted."""
    return draw.witnessed(path or survey.path(), "ada", "ben")


def every_picture() -> dict[str, draw.Picture]:
    """One picture of each kind."""
    conn = survey.connect()
    ada, ben = two()
    with ada:
        ada.execute("insert into Site values ('DR-9', 0, 0)")
        ben.execute("select count(*) from Site").fetchone()
    return {
        "join": draw.join(conn, "Person", "Survey", ON),
        "buckets": draw.buckets(conn, "Survey", "person", "reading", ["count(*)"]),
        "plan": draw.plan(conn, "select * from Person"),
        "history": draw.history(ada, ben),
    }


@pytest.mark.parametrize("kind", ["join", "buckets", "plan", "history"])
def test_a_picture_is_a_drawing_with_words(kind):
    """A well-formed drawing, the same for the same state, with words for those who do not see it."""
    picture, again = every_picture()[kind], every_picture()[kind]
    assert ElementTree.fromstring(picture.svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert len(picture.alt.split()) > 5
    assert picture == again


def test_drawing_changes_nothing():
    """No picture writes, or opens a transaction; a statement whose plan is drawn is not run."""
    path = survey.path()
    conn, content = survey.connect(path), path.read_bytes()
    draw.join(conn, "Site", "Visited", "Site.name = Visited.site")
    draw.buckets(conn, "Survey", "person", "reading", ["count(*)", "avg(reading)"])
    draw.plan(conn, "delete from Person")
    assert not conn.in_transaction
    assert path.read_bytes() == content


@FEW
@given(st.text(), st.text())
def test_any_text_can_be_drawn(name, value):
    """No name of a table and no value breaks a drawing; nothing is said on stderr."""
    name = "t" + name.replace("\0", "").encode("utf-8", "ignore").decode()
    value = "$" + value.encode("utf-8", "ignore").decode() + "$"
    conn = sqlite3.connect(":memory:")
    quoted = '"' + name.replace('"', '""') + '"'
    conn.execute(f"create table {quoted}(v)")
    conn.execute("create table Other(w)")
    conn.execute(f"insert into {quoted} values (?)", [value])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for picture in (draw.join(conn, name, "Other", "v = w"), draw.buckets(conn, quoted, "v", "v", ["count(*)"])):
            ElementTree.fromstring(picture.svg)


def test_join_of_people_and_readings():
    """Danforth and the two readings that nobody signed have no line, and the counts are those of the joins."""
    assert draw.join(survey.connect(), "Person", "Survey", ON).alt == (
        "Lines from Person (5 rows) to Survey (21 rows) where Person.ident = Survey.person: dyer to 4, pb to 5, "
        "lake to 7, roe to 3 and danforth to 0. 19 of 105 pairs fit: join gives 19 rows, left join 20 rows. Hatched: "
        "without a partner. These are, in Person: danforth Frank Danforth; in Survey: 735 NULL sal 0.06 and "
        "735 NULL temp -26.0."
    )


@pytest.mark.parametrize(
    "on", ["true", "false", ON, "Person.ident != Survey.person", "Person.ident is not Survey.person"]
)
def test_join_counts_as_the_database_does(on):
    """The pairs that fit are those of the inner join; the left join has the lonely rows of the left besides."""
    conn = survey.connect()
    words = draw.join(conn, "Person", "Survey", on).alt
    counts = [
        conn.execute(f"select count(*) from Person {how} join Survey on {on}").fetchone()[0] for how in ("", "left")
    ]
    assert [int(n) for n in re.search(r"join gives (\d+) rows?, left join (\d+)", words).groups()] == counts


def test_join_of_empty_and_of_long_tables():
    """Nothing is drawn of an empty table; of a long one the beginning, and the counts are still true."""
    conn = sqlite3.connect(":memory:")
    conn.executescript("create table A(a); create table B(b); create table C(c);")
    conn.executemany("insert into B values (?)", [(k,) for k in range(100)])
    conn.execute("insert into C values (99)")
    assert (
        "Lines from A (0 rows) to B (100 rows) where a = b: none. 0 of 0 pairs fit"
        in draw.join(conn, "A", "B", "a = b").alt
    )
    assert "1 of 100 pairs fit: join gives 1 row, left join 100 rows" in draw.join(conn, "B", "C", "b = c").alt


def test_buckets_hold_the_groups():
    """One bucket for each group, NULL among them, and below it what the database makes of it."""
    conn = survey.connect()
    conn.execute("update Survey set reading = null where taken = 844")
    words = draw.buckets(conn, "Survey", "person", "reading", ["count(*)", "count(reading)", "min(reading)"]).alt
    assert words.startswith("5 buckets, from Survey group by person. NULL holds 0.06 and -26, which makes count(*) = 2")
    assert words.endswith(
        "roe holds 41.6, 22.5 and NULL, which makes count(*) = 3, count(reading) = 2 and min(reading) = 22.5."
    )


@pytest.mark.parametrize("by", ["person", "taken", "quant", "reading > 1", "person is null"])
def test_buckets_agree_with_group_by(by):
    """As many buckets as groups, and as many values in each as `count(*)` says."""
    conn = survey.connect()
    words = draw.buckets(conn, "Survey", by, "quant", ["count(*)"]).alt
    counts = [n for (n,) in conn.execute(f"select count(*) from Survey group by {by} order by {by}")]
    assert [int(n) for n in re.findall(r"count\(\*\) = (\d+)", words)] == counts
    assert [len(re.findall("rad|sal|temp", held)) for held in re.findall(r"holds (.*?), which", words)] == counts


def test_buckets_of_nothing():
    """An empty table has no groups."""
    conn = survey.connect()
    assert draw.buckets(conn, "Survey where false", "person", "reading").alt.startswith("0 buckets, from Survey")


def test_a_plan_changes_with_an_index():
    """Without an index every row is read; with one, only those that fit are looked up."""
    conn = survey.connect()
    sql = "select reading from Survey where person = ?"
    assert "SCAN Survey (reads every row)" in draw.plan(conn, sql, ["lake"]).alt
    conn.execute("create index by_person on Survey(person)")
    assert "SEARCH Survey USING INDEX by_person (person=?) (looks up" in draw.plan(conn, sql, ["lake"]).alt


def test_a_plan_shows_what_lies_within_what():
    """A step of a subquery is a level deeper than the subquery."""
    words = draw.plan(survey.connect(), "select * from Person where ident in (select person from Survey)").alt
    assert re.findall(r"level (\d), SCAN (\w+)", words) == [("1", "Person"), ("2", "Survey")]


def test_history_shows_what_each_connection_sees():
    """What is not committed is seen by its own connection alone; BEGIN and COMMIT are sqlite3's own."""
    ada, ben = two()
    with ada:
        ada.execute("insert into Site values ('DR-9', 0, 0)")
        ada.execute("select count(*) from Site").fetchone()
        ben.execute("select count(*) from Site").fetchone()
    ben.execute("select count(*) from Site").fetchall()
    assert draw.history(ada, ben).alt == (
        "A history of ada and ben, in order. ada: BEGIN (in transaction); "
        "ada: insert into Site values ('DR-9', 0, 0) (in transaction); "
        "ada: select count(*) from Site → 4 (in transaction); ben: select count(*) from Site → 3 (no transaction); "
        "ada: COMMIT (no transaction); ben: select count(*) from Site → 1 row (no transaction)."
    )


def test_history_shows_a_lock_and_a_rollback():
    """A statement that is refused says why, and goes on being an error."""
    ada, ben = two()
    ada.execute("delete from Site")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        ben.execute("delete from Site")
    ben.rollback()
    with suppress(sqlite3.OperationalError), ada:
        ada.execute("insert into Site values (1)")
    words = draw.history(ada, ben).alt
    assert (
        "ben: delete from Site, refused: database is locked (in transaction); ben: ROLLBACK (no transaction)" in words
    )
    assert words.endswith("ada: ROLLBACK (no transaction).")
    assert survey.connect(ada.execute("pragma database_list").fetchone()[2]).execute("select * from Site").fetchall()


def test_history_shows_a_commit_that_is_refused():
    """Where a reader is in the way, COMMIT is refused, and the transaction stays open."""
    ada, ben = two()
    reading = ben.execute("select * from Survey")
    next(reading)
    ada.execute("delete from Site")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        ada.commit()
    assert draw.history(ada, ben).alt.endswith("ada: COMMIT, refused: database is locked (in transaction).")


def test_a_witnessed_connection_is_a_connection():
    """It gives and stores what any other does."""
    path = survey.path()
    ada, _ = two(path)
    with ada:
        ada.executemany("insert into Site values (?, ?, ?)", [("A", 1, 2), ("B", 3, 4)])
    plain = survey.connect(path)
    for sql in ("select * from Site", "select name from Site where name = 'none'"):
        assert ada.execute(sql).fetchall() == plain.execute(sql).fetchall() == list(ada.execute(sql))
        assert ada.execute(sql).fetchone() == plain.execute(sql).fetchone()


def test_plain_connections_tell_no_story():
    """The error says what to do."""
    with pytest.raises(TypeError, match=r"draw\.witnessed"):
        draw.history(survey.connect())

"""Pictures say what is true now, in words too, and change nothing."""

from __future__ import annotations

import re
import sqlite3
import warnings
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import draw, survey

QUERY = "select * from Person order by ident"
FEW = settings(max_examples=25, deadline=None)  # a picture takes a tenth of a second


def database(script: str) -> sqlite3.Connection:
    """A database in memory, made by `script`."""
    conn = sqlite3.connect(":memory:")
    conn.executescript(script)
    return conn


def every_picture(conn: sqlite3.Connection) -> dict[str, draw.Picture]:
    """One picture of each kind, of the survey on `conn`."""
    cur = draw.bookmarked(conn).execute(QUERY)
    cur.fetchmany(2)
    return {
        "schema": draw.schema(conn),
        "cursor": draw.cursor(cur),
        "held": draw.held({"two": cur}),
        "sieve": draw.sieve(conn, "Survey", "person != 'lake'"),
        "truth_table": draw.truth_table(conn),
        "timeline": draw.timeline(conn),
    }


def shown(picture: draw.Picture) -> dict[str, str]:
    """The attributes of the one element that a notebook shows."""
    images = _Images()
    images.feed(picture._repr_html_())
    (image,) = images.found
    return image


class _Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict] = []

    def handle_starttag(self, tag, attrs):
        self.found.append(dict(attrs))


@pytest.mark.parametrize("kind", ["schema", "cursor", "held", "sieve", "truth_table", "timeline"])
def test_a_picture_is_a_drawing_with_words(kind):
    """A notebook shows a well-formed drawing whose alt text is what a reader of plain text sees."""
    picture = every_picture(survey.connect())[kind]
    image = shown(picture)
    assert image["alt"] == picture.alt == repr(picture)
    assert unquote(image["src"].removeprefix("data:image/svg+xml,")) == picture.svg
    assert ElementTree.fromstring(picture.svg).tag == "{http://www.w3.org/2000/svg}svg"


def test_same_state_same_picture():
    """The same state gives the same bytes, whatever matplotlib's settings are; and they stay as they are."""
    before = every_picture(survey.connect())
    with matplotlib.rc_context({"font.size": 30, "svg.fonttype": "none", "path.sketch": (3, 50, 2)}):
        after = every_picture(survey.connect())
        assert matplotlib.rcParams["font.size"] == 30
    assert before == after


def test_drawing_changes_nothing():
    """No picture writes to the database, opens a transaction, or moves a cursor."""
    path = survey.path()
    conn, content = survey.connect(path), path.read_bytes()
    cur = draw.bookmarked(conn).execute(QUERY)
    cur.fetchone()
    draw.cursor(cur), every_picture(conn)
    assert not conn.in_transaction
    assert content == path.read_bytes()
    assert cur.fetchone()[0] == "dyer"


@FEW
@given(st.text(), st.text())
def test_any_text_can_be_drawn(name, value):
    """No name of a table and no value breaks a drawing or is taken for a formula; nothing is said on stderr."""
    name = "t" + name.replace("\0", "").encode("utf-8", "ignore").decode()
    value = "$" + value.encode("utf-8", "ignore").decode() + "$"
    conn = sqlite3.connect(":memory:")
    quoted = name.replace('"', '""')
    conn.execute(f'create table "{quoted}"("{quoted}")')
    conn.execute(f'insert into "{quoted}" values (?)', [value])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pictures = [draw.schema(conn), draw.sieve(conn, name, "1 = ?", [value])]
    for picture in pictures:
        ElementTree.fromstring(picture.svg)
        assert shown(picture)["alt"] == picture.alt


def test_values_fit_their_boxes():
    """NULL is told from text, a line break stays in its box, and a long value is cut."""
    conn = database("create table T(v); insert into T values (null), ('a\nb'), ('abcdefghijklmnop');")
    assert draw.sieve(conn, "T", "null").alt.endswith("(NULL, a·b and abcdefghijklm…).")


def test_schema_of_the_survey():
    """The survey declares no links; its values show three."""
    words = draw.schema(survey.connect()).alt
    assert "Survey (21 rows): taken, person, quant and reading." in words
    assert re.findall(r"(\S+ → \S+) \(seen in the values\)", words) == [
        "Survey.person → Person.ident",
        "Survey.taken → Visited.ident",
        "Visited.site → Site.name",
    ]


def test_schema_follows_the_database():
    """A table that was just made is drawn, and a link is gone once a value breaks it."""
    conn = survey.connect()
    conn.execute("create table Note(text)")
    conn.execute("insert into Survey values (1, 'nobody', 'rad', 1)")
    words = draw.schema(conn).alt
    assert words.startswith("5 tables.")
    assert "Note (0 rows): text." in words
    assert re.findall(r"\S+ → \S+", words) == ["Visited.site → Site.name"]


def test_schema_tells_declared_links():
    """A link that the database declares is drawn, even while the tables are empty."""
    conn = database("create table A(k integer primary key); create table B(a integer references A(k));")
    assert draw.schema(conn).alt.endswith("Links: B.a → A.k (declared).")


def test_schema_puts_linked_tables_side_by_side():
    """Tables are drawn in an order that follows the links."""
    words = draw.schema(survey.connect()).alt
    assert re.findall(r"(\w+) \(\d+ rows\)", words) == ["Person", "Survey", "Visited", "Site"]


def test_schema_of_nothing():
    """A database without tables says so."""
    assert draw.schema(sqlite3.connect(":memory:")).alt == "An empty database: it holds no tables."


FETCHES = st.one_of(
    st.just(lambda cur: cur.fetchone()),
    st.just(lambda cur: cur.fetchall()),
    st.just(lambda cur: next(cur, "the end")),
    st.just(lambda cur: cur.fetchmany()),
    st.integers(0, 4).map(lambda n: lambda cur: cur.fetchmany(n)),
)


@FEW
@given(st.lists(FETCHES, max_size=8))
def test_a_bookmarked_cursor_is_a_cursor(fetches):
    """It gives what a plain cursor gives, and the bookmark stands after as many rows as were given."""
    conn = survey.connect(_SURVEY)
    plain, bookmarked = conn.cursor().execute(QUERY), draw.bookmarked(conn).execute(QUERY)
    for fetch in fetches:
        assert fetch(plain) == fetch(bookmarked)
    left = len(plain.fetchall())
    assert re.findall(r"bookmark after row (\d+)", draw.cursor(bookmarked).alt)[-1] == str(5 - left)


_SURVEY = survey.path()


def test_cursor_tells_each_step():
    """Each fetch is a step; the rounds of a loop are one; the end is shown as what was returned."""
    cur = draw.bookmarked(survey.connect())
    assert cur.execute(QUERY) is cur
    cur.fetchone()
    for _row in cur:
        pass
    cur.fetchone()
    cur.fetchall()
    assert draw.cursor(cur).alt == (
        "A strip of 5 rows, from select * from Person order by ident. execute(…) → the cursor, bookmark after row 0; "
        "fetchone() → 1 row, bookmark after row 1; for row in cur → 4 rows, bookmark after row 5; "
        "fetchone() → None, bookmark after row 5; fetchall() → [], bookmark after row 5."
    )


def test_cursor_starts_again():
    """A second `execute` puts the bookmark before the first row of the new result."""
    cur = draw.bookmarked(survey.connect())
    assert draw.cursor(cur).alt == "A cursor that has executed nothing yet."
    cur.execute(QUERY).fetchall()
    cur.execute("select * from Site where name = ?", ["DR-1"])
    assert draw.cursor(cur).alt.startswith("A strip of 1 row, from select * from Site where name = ?. execute(…)")
    assert draw.cursor(cur).alt.endswith("bookmark after row 0.")


def test_cursor_never_repeats_a_change():
    """What is ahead of the bookmark is asked for again only where asking cannot change anything."""
    conn = survey.connect()
    cur = draw.bookmarked(conn).execute("insert into Site values ('X', 0, 0) returning name")
    cur.fetchone()
    draw.cursor(cur)
    assert conn.execute("select count(*) from Site").fetchone() == (4,)


def test_a_plain_cursor_cannot_be_drawn():
    """A plain cursor does not tell where it stands; the error says what to do."""
    with pytest.raises(TypeError, match=r"draw\.bookmarked"):
        draw.cursor(survey.connect().cursor())


def test_held():
    """The largest number of rows that each way of fetching hands over at once."""
    conn = survey.connect()
    whole, parts, single = (draw.bookmarked(conn).execute("select * from Survey") for _ in range(3))
    whole.fetchall()
    while parts.fetchmany(5):
        pass
    for _row in single:
        pass
    picture = draw.held({"all": whole, "five": parts, "loop": single, "none": draw.bookmarked(conn)})
    assert picture.alt == (
        "Rows that Python holds at once. "
        "all: at most 21 of 21; five: at most 5 of 21; loop: at most 1 of 21; none: at most 0 of 0."
    )


@pytest.mark.parametrize(
    ("condition", "params"),
    [
        ("person = 'lake'", ()),
        ("person != ?", ["lake"]),
        ("not (person != :who)", {"who": "lake"}),
        ("person = null", ()),
        ("person is null or reading > 10", ()),
        ("reading", ()),
    ],
)
def test_sieve_agrees_with_where(condition, params):
    """As many rows pass as `where` gives, as many stay out as `where not` gives, and the others stick between."""
    conn = survey.connect()
    wheres = (condition, f"not ({condition})", f"({condition}) is null")
    expected = [conn.execute(f"select count(*) from Survey where {where}", params).fetchone()[0] for where in wheres]
    words = draw.sieve(conn, "Survey", condition, params).alt
    assert [int(number) for number in re.findall(r"(?:pass|out|too): (\d+)", words)] == expected


def test_sieve_names_what_sticks():
    """The rows for which the answer is unknown are told by name."""
    words = draw.sieve(survey.connect(), "Visited", "dated < '1930'").alt
    assert words.endswith("stay out too: 1 (752 DR-3 NULL).")


def test_truth_table_is_the_logic_of_three_values():
    """`and` is the smaller of its operands and `or` the larger, where unknown lies half way between false and true."""
    worth = {"false": 0, "unknown": 1, "true": 2}
    found = re.findall(r"(\w+) (and|or) (\w+) is (\w+)", draw.truth_table(sqlite3.connect(":memory:")).alt)
    assert len(found) == 18
    for a, word, b, answer in found:
        assert worth[answer] == (min if word == "and" else max)(worth[a], worth[b])


def test_timeline_shows_where_time_runs_back():
    """The visit that is out of order shows; once it is mended, nothing does."""
    conn = survey.connect()
    wrong = draw.timeline(conn)
    assert wrong.alt.endswith("The line goes back in time from 734 to 735.")
    conn.execute("update Visited set dated = '1930-01-07' where ident = 734")
    right = draw.timeline(conn)
    assert right.alt.endswith("The line never goes back in time.")
    assert ["#d55e00" in picture.svg for picture in (wrong, right)] == [True, False]


@pytest.mark.parametrize("dated", [None, "", "last spring", "1932-13-01", 19320114])
def test_timeline_without_a_date(dated):
    """What is no date has no place in time, and is no error."""
    conn = database("create table Visited(ident, site, dated)")
    conn.execute("insert into Visited values (1, 'X', ?)", [dated])
    assert draw.timeline(conn).alt.endswith("The line never goes back in time.")


def test_timeline_of_no_visits():
    """An empty table is drawn as such."""
    words = draw.timeline(database("create table Visited(ident, site, dated)")).alt
    assert words == "Visits in the order of their numbers: none. The line never goes back in time."

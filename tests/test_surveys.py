"""Made-up surveys are the same everywhere, hold the cases that they promise, and lie in files of their own."""

import hashlib
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.cases.surveys import COLUMNS, EMPTY, IDLE, STRANGER, UNKNOWN, VALUES, Survey, surveys

seeds = st.integers(0, 10**9)
some = settings(max_examples=40, deadline=None)
text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
readings = st.tuples(
    st.integers(-(2**63), 2**63 - 1),
    st.none() | text,
    st.none() | text,
    st.none() | st.floats(allow_nan=False),
)


def column(survey: Survey, name: str) -> list:
    """The values of a column; each name but `ident` stands in one table alone."""
    table = next(table for table, columns in COLUMNS.items() if name in columns)
    return [row[COLUMNS[table].index(name)] for row in survey.rows(table)]


def stored(survey: Survey) -> dict[str, tuple]:
    """What a new file of this survey holds, by table."""
    conn = survey.connect()
    found = {table: tuple(conn.execute(f"select * from {table} order by rowid")) for table in COLUMNS}
    conn.close()
    return found


@some
@given(seeds, st.integers(0, 4), st.integers(0, 4))
def test_a_seed_gives_the_same_surveys_however_many(seed, few, more):
    """The first surveys of many are the few of the same seed."""
    assert surveys(few, seed=seed) == surveys(few + more, seed=seed)[:few]


def test_a_seed_gives_the_same_surveys_on_every_python_and_machine():
    """The rows of a seed never change: marks that were given can be given again."""
    rows = [(s.person, s.site, s.visited, s.survey) for s in surveys(5, seed=1, people=["O'Hara", "Åsa"], slips=2)]
    assert hashlib.sha256(repr(rows).encode()).hexdigest()[:16] == "1726482aaddf79ab"


def test_two_seeds_differ():
    """Another seed is another survey, and so is the next survey of a seed."""
    assert len({s.survey for s in surveys(20, seed=1) + surveys(20, seed=2)}) == 40


@some
@given(seeds)
def test_the_file_holds_the_rows(seed):
    """Each table is stored as it is, in its order."""
    (survey,) = surveys(1, seed=seed)
    assert {table: survey.rows(table) for table in COLUMNS} == stored(survey)


@some
@given(st.lists(readings, max_size=6))
def test_the_file_holds_any_rows_that_are_written_out(rows):
    """NULL, quotes, letters beyond ASCII and numbers at the limits are stored as they are."""
    survey = Survey("written out", survey=tuple(rows))
    assert survey.survey == stored(survey)["Survey"]


def test_columns_are_named_as_in_the_database():
    """COLUMNS is the schema of the survey, table by table."""
    conn = EMPTY.connect()
    found = {table: tuple(row[1] for row in conn.execute(f"pragma table_info({table})")) for table in COLUMNS}
    conn.close()
    assert found == COLUMNS


def test_every_connection_has_a_file_of_its_own():
    """Whatever is done through one connection, the next one sees the survey as it was."""
    (survey,) = surveys(1)
    first = survey.connect()
    first.execute("drop table Survey")
    first.commit()
    assert survey.survey == stored(survey)["Survey"]
    assert survey.path() != survey.path()


def test_files_go_when_the_process_ends():
    """Nothing is left in the temporary folder."""
    script = "from autograder.cases.surveys import surveys; path = surveys(1)[0].path(); print(path, path.exists())"
    path, there = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.split()
    assert there == "True"
    assert not Path(path).parent.exists()


def test_a_watched_survey_notes_what_is_asked():
    """`watched` gives a recording connection to the same rows."""
    (survey,) = surveys(1)
    conn = survey.watched()
    assert list(survey.survey) == conn.execute("select * from Survey order by rowid").fetchall()
    assert len(survey.survey) == conn.rows_fetched


def test_a_survey_cannot_be_changed():
    """A check that is run first leaves the same cases to the next one."""
    with pytest.raises(AttributeError):
        EMPTY.survey = ((1, "lake", "sal", 0.1),)


@some
@given(seeds, st.lists(text.filter(bool), max_size=20, unique=True))
def test_people_who_are_asked_for_are_there(seed, people):
    """Each has a Person and a reading, whatever the id."""
    (survey,) = surveys(1, seed=seed, people=people)
    assert set(people) <= set(column(survey, "ident"))
    assert set(people) <= set(column(survey, "person"))
    assert set(people) <= set(survey.people)


@some
@given(seeds, st.sets(st.sampled_from(sorted(UNKNOWN | {"personal", "family", "quant", "taken"}))))
def test_unknown_values_stand_where_they_are_asked_for_and_nowhere_else(seed, unknown):
    """Each column that is named holds a NULL, and no other one does."""
    (survey,) = surveys(1, seed=seed, unknown=unknown)
    names = {name for columns in COLUMNS.values() for name in columns} - {"ident"}
    assert unknown == {name for name in names if None in column(survey, name)}


@some
@given(seeds)
def test_every_value_occurs(seed):
    """Each quantity has each of its values: 0 and 1, beyond them, and below 0."""
    (survey,) = surveys(1, seed=seed)
    found = {(quant, reading) for _, _, quant, reading in survey.survey}
    assert {(quant, value) for quant in VALUES for value in VALUES[quant]} <= found
    assert sorted(VALUES) == survey.quantities


@some
@given(seeds)
def test_rows_without_a_counterpart_are_there_on_both_sides(seed):
    """People, sites and visits that nothing names, and names of people, sites and visits that are not there."""
    (survey,) = surveys(1, seed=seed)
    for there, named in [
        ({row[0] for row in survey.person}, set(column(survey, "person"))),
        ({row[0] for row in survey.site}, set(column(survey, "site"))),
        ({row[0] for row in survey.visited}, set(column(survey, "taken"))),
    ]:
        assert there - named
        assert named - there - {None}
    assert IDLE not in column(survey, "person")
    assert STRANGER in column(survey, "person")


@some
@given(seeds)
def test_twins_are_there_unless_they_are_not_wanted(seed):
    """Namesakes, visits of one day and equal readings; without twins no day and no row comes twice."""
    (survey,) = surveys(1, seed=seed, unknown=())
    for values in ([row[1:] for row in survey.person], column(survey, "dated"), survey.survey):
        assert len(set(values)) < len(values)
    (survey,) = surveys(1, seed=seed, unknown=(), twins=False)
    for values in (survey.person, column(survey, "dated"), survey.survey):
        assert len(set(values)) == len(values)


@some
@given(seeds, st.integers(0, 3), st.booleans())
def test_so_many_visits_are_dated_too_late(seed, slips, twins):
    """As many as asked for, each dated later than the next visit, and no two of them neighbours."""
    (survey,) = surveys(1, seed=seed, slips=slips, twins=twins, unknown=())
    visits = sorted(survey.visited)
    late = [place for place, (visit, following) in enumerate(pairwise(visits)) if visit[2] > following[2]]
    suspect = [n for n, visit in enumerate(visits) if any(visit[2] > later[2] for later in visits[n + 1 :])]
    assert slips == len(late)
    assert late == suspect
    assert all(following - place > 1 for place, following in pairwise(late))


@some
@given(seeds)
def test_no_table_is_in_the_order_of_its_key(seed):
    """Whoever relies on the order in which rows were put in is wrong."""
    (survey,) = surveys(1, seed=seed)
    for table in COLUMNS:
        keys = [row[0] for row in survey.rows(table)]
        assert sorted(keys) != keys


def test_readings_are_those_of_one_person_and_quantity():
    """Equal and unknown ones stay; capitals count."""
    rows = ((1, "lake", "sal", None), (1, "lake", "sal", None), (2, "Lake", "sal", 1.0), (3, "lake", "rad", 1.0))
    assert Survey("", survey=rows).readings(person="lake", quant="sal") == [(1, None), (1, None)]
    assert Survey("", survey=rows).people == ["Lake", "lake"]


def test_an_empty_survey_has_tables_and_no_rows():
    """A query on it works, and finds nothing."""
    assert dict.fromkeys(COLUMNS, ()) == stored(EMPTY)


def test_in_memory_holds_the_same_rows_as_a_file():
    """And is a database of its own at every call."""
    (s,) = surveys(1, seed=5)
    for table in COLUMNS:
        sql = f"select * from {table}"
        assert s.in_memory().execute(sql).fetchall() == s.connect().execute(sql).fetchall() == list(s.rows(table))
    conn = s.in_memory()
    conn.execute("delete from Person")
    assert s.in_memory().execute("select count(*) from Person").fetchone() == (len(s.person),)

"""Surveys whose rows all find their partner are the same everywhere, and hold the one difficulty that is asked for."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.cases.links import Link, crews, linked, links, mean
from autograder.cases.surveys import EMPTY, Survey, surveys

seeds = st.integers(0, 10**9)
some = settings(max_examples=40, deadline=None)


def partners(s: Survey) -> list[tuple[set, set]]:
    """Who is there and who is named, for each of the three links."""
    return [
        ({row[0] for row in s.person}, {row[1] for row in s.survey}),
        ({row[0] for row in s.visited}, {row[0] for row in s.survey}),
        ({row[0] for row in s.site}, {row[1] for row in s.visited}),
    ]


def test_a_seed_gives_the_same_crews_on_every_python_and_machine():
    """The rows of a seed never change: marks that were given can be given again."""
    rows = [
        (s.person, s.site, s.visited, s.survey) for s in crews(3, seed=1, each=(0, 3), unknown=("reading", "dated"))
    ]
    assert hashlib.sha256(repr(rows).encode()).hexdigest()[:16] == "a557d9e6a7f994f4"


@some
@given(seeds, st.integers(0, 3), st.integers(0, 3))
def test_a_seed_gives_the_same_crews_however_many(seed, few, more):
    """The first of many are the few of the same seed."""
    assert crews(few, seed=seed) == crews(few + more, seed=seed)[:few]


@some
@given(seeds, st.sets(st.sampled_from(["person", "site", "reading", "dated"])))
def test_linked_rows_all_find_a_partner(seed, unknown):
    """On both sides, whatever the survey was; and what is left was there before, in its order."""
    (s,) = surveys(1, seed=seed, unknown=unknown)
    left = linked(s)
    for there, named in partners(left):
        assert there == named
    for table in ("Person", "Site", "Visited", "Survey"):
        before = iter(s.rows(table))
        assert all(row in before for row in left.rows(table))


def test_linked_takes_away_chains():
    """A reading of a visit to an unknown site goes, with its visit and with whoever took no other."""
    s = Survey(
        "",
        person=(("a", "Ann", "Lake"), ("b", "Bo", "Byrd")),
        site=(("DR-1", 0, 0),),
        visited=((1, "DR-1", None), (2, "QK-9", None)),
        survey=((1, "a", "sal", None), (2, "b", "sal", 0.5)),
    )
    left = linked(s)
    assert (left.person, left.visited, left.survey) == (s.person[:1], s.visited[:1], s.survey[:1])
    assert linked(EMPTY) == EMPTY


@some
@given(seeds, st.integers(2, 5), st.integers(1, 4), st.integers(1, 3))
def test_a_crew_goes_everywhere(seed, people, sites, visits):
    """With one reading each, everybody measures every quantity at every visit; every site has so many visits."""
    (s,) = crews(1, seed=seed, people=people, sites=sites, visits=visits)
    for there, named in partners(s):
        assert there == named
    assert Counter(row[1] for row in s.visited) == dict.fromkeys({row[0] for row in s.site}, visits)
    took = Counter(row[:3] for row in s.survey)
    assert set(took.values()) == {1}
    assert len(took) == people * sites * visits * 3
    assert len({row[1] for row in s.person}) == people


@some
@given(seeds, st.integers(0, 2), st.integers(0, 2))
def test_a_crew_measures_as_often_as_it_is_told(seed, least, more):
    """From and to so many times at a visit."""
    (s,) = crews(1, seed=seed, each=(least, least + more))
    took = Counter(row[:3] for row in s.survey)
    pairs = [(n, who, q) for n, *_ in s.visited for who, *_ in s.person for q in ("rad", "sal", "temp")]
    assert set(took) <= set(pairs)
    assert {least <= took[pair] <= least + more for pair in pairs} == {True}


@some
@given(seeds)
def test_unknown_values_stand_at_one_site_alone_and_elsewhere_among_others(seed):
    """There is a site of which nothing is known: neither a date nor a reading."""
    (s,) = crews(1, seed=seed, visits=3, each=(2, 3), unknown=("reading", "dated"))
    assert any({(x.reading, x.dated) for x in links(s) if x.site == site} == {(None, None)} for site, *_ in s.site)
    assert {None} != {x.reading for x in links(s)}
    (s,) = crews(1, seed=seed, visits=3)
    assert not {None} & {value for x in links(s) for value in x}


@some
@given(seeds)
def test_namesakes_are_two(seed):
    """Two people have one personal name."""
    (s,) = crews(1, seed=seed, people=4, namesakes=True)
    assert sorted(Counter(row[1] for row in s.person).values()) == [1, 1, 2]


def test_links_lead_to_what_is_there():
    """One for each reading, in order; None where they lead nowhere."""
    s = Survey(
        "",
        person=(("a", "Ann", "Lake"),),
        visited=((1, "DR-1", "1930-01-07"), (2, None, None)),
        survey=((1, "a", "sal", 0.5), (2, "b", "sal", 0.5), (3, None, "rad", None), (1, "a", "sal", 0.5)),
    )
    assert links(s) == [
        Link(1, "a", "sal", 0.5, "DR-1", "1930-01-07", "Ann"),
        Link(2, "b", "sal", 0.5, None, None, None),
        Link(3, None, "rad", None, None, None, None),
        Link(1, "a", "sal", 0.5, "DR-1", "1930-01-07", "Ann"),
    ]


@pytest.mark.parametrize(("values", "expected"), [([], None), ([None], None), ([1, None, 2], 1.5), ([0.0, None], 0.0)])
def test_the_mean_is_that_of_what_is_known(values, expected):
    """And of nothing it is unknown."""
    assert mean(values) == expected

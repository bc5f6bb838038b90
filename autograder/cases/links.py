"""Surveys for questions that lead through several tables: who measured what, where, how often.

    for s in crews(4, seed=1, each=(0, 3)):
        expected = mean([link.reading for link in links(s) if link.site == "DR-1"])

`surveys` makes rows that find no partner on purpose. Here everything finds one: `crews` makes up such surveys, and
`linked` takes from any survey what does not. So a check can plant one difficulty, and no other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from random import Random
from statistics import fmean
from typing import NamedTuple

from autograder.cases.surveys import FAMILY, IDS, PERSONAL, SITES, Survey

QUANTITIES = ("rad", "sal", "temp")


class Link(NamedTuple):
    """A reading with the names and places that its visit and person lead to: None where they lead nowhere."""

    taken: int
    person: str | None
    quant: str
    reading: float | None
    site: str | None
    dated: str | None
    personal: str | None


def links(s: Survey) -> list[Link]:
    """Every reading of a survey, in its order, with what it leads to."""
    visits = {ident: (site, dated) for ident, site, dated in s.visited}
    names = {ident: personal for ident, personal, _ in s.person}
    return [Link(*row, *visits.get(row[0], (None, None)), names.get(row[1])) for row in s.survey]


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that are known; None where none is."""
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def linked(s: Survey) -> Survey:
    """What is left of a survey when every row that finds no partner is taken away.

    Everybody in Person has a reading then, every reading somebody in Person and a visit, every visit a reading and a
    site, every site a visit. `about` stays as it is.
    """
    while True:
        people, visits = {row[0] for row in s.person}, {row[0] for row in s.visited}
        sites = {row[0] for row in s.site}
        survey = tuple(row for row in s.survey if row[0] in visits and row[1] in people)
        visited = tuple(row for row in s.visited if row[1] in sites and row[0] in {taken for taken, *_ in survey})
        left = replace(
            s,
            person=tuple(row for row in s.person if row[0] in {who for _, who, *_ in survey}),
            site=tuple(row for row in s.site if row[0] in {site for _, site, _ in visited}),
            visited=visited,
            survey=survey,
        )
        if left == s:
            return s
        s = left


def crews(
    n: int,
    *,
    seed: int = 0,
    people: int = 3,
    sites: int = 3,
    visits: int = 2,
    each: tuple[int, int] = (1, 1),
    quantities: Sequence[str] = QUANTITIES,
    unknown: Collection[str] = (),
    namesakes: bool = False,
) -> tuple[Survey, ...]:
    """`n` made-up surveys in which the same crew goes everywhere. The k-th of one seed is the same for every `n`.

    people, sites, visits   how many of them; `visits` are those to each site
    each        how often a person measures a quantity at a visit, from and to
    unknown     of "reading" and "dated": at the first site none is known, elsewhere about one in three is not
    namesakes   whether the first two people have one personal name; all others are told apart by theirs
    """
    made = []
    for number in range(n):
        rng = Random(f"crew {number} of seed {seed}")
        ids, places = rng.sample(IDS, people), rng.sample(SITES, sites)
        personal = rng.sample(PERSONAL, people)
        if namesakes:
            personal[1] = personal[0]
        person = [(ident, name, rng.choice(FAMILY)) for ident, name in zip(ids, personal, strict=True)]
        numbers = rng.sample(range(1, 1000), sites * visits)
        visited = [
            (visit, places[k % sites], None if _lost(rng, "dated" in unknown, k % sites) else f"19{30 + k}-01-07")
            for k, visit in enumerate(numbers)
        ]
        survey = [
            (visit, ident, quant, None if _lost(rng, "reading" in unknown, k % sites) else rng.randint(-3000, 3000) / 8)
            for k, visit in enumerate(numbers)
            for ident in ids
            for quant in quantities
            for _ in range(rng.randint(*each))
        ]
        for rows in (person, visited, survey):
            rng.shuffle(rows)
        site = [(place, rng.randint(-80, -40), rng.randint(-180, 180)) for place in rng.sample(places, sites)]
        about = f"a made-up survey of {people} people, {len(visited)} visits and {len(survey)} readings"
        made.append(Survey(about, tuple(person), tuple(site), tuple(visited), tuple(survey)))
    return tuple(made)


def _lost(rng: Random, may_be: bool, site: int) -> bool:
    """Whether a value is unknown at the site of that number."""
    return may_be and (site == 0 or rng.random() < 1 / 3)

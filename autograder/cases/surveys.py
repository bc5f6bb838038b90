"""Small survey databases to ask questions of: written out row by row, or made up from a seed.

    for s in surveys(8, seed=1, people=["O'Hara"]):
        calling(readings, s.connect(), "O'Hara", "sal").on(s.about).returns(s.readings(person="O'Hara", quant="sal"))

A made-up survey is out to catch: no table is in the order of its key, a name may hold a quote or a letter beyond
ASCII, and there is always somebody without a reading and a reading by somebody without a name, a site without a visit
and a visit to an unknown site, a visit without a reading and a reading of an unknown visit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import cycle, islice
from pathlib import Path
from random import Random

from autograder.once import once
from course import survey as shipped
from course import watch

Rows = tuple[tuple, ...]

COLUMNS = {
    "Person": ("ident", "personal", "family"),
    "Site": ("name", "lat", "long"),
    "Visited": ("ident", "site", "dated"),
    "Survey": ("taken", "person", "quant", "reading"),
}
# Where an unknown value, a NULL, may stand unless a check says otherwise.
UNKNOWN = frozenset({"lat", "long", "site", "dated", "person", "reading"})
# Quantities with their values: on the bounds, beyond them, negative, and 0.
VALUES = {
    "sal": (0.0, 1.0, 0.05, 0.21, -0.13, 41.6),
    "rad": (0.0, 1.46, 9.82),
    "temp": (-26.0, -18.5, 0.5),
}
IDS = ("dyer", "pb", "lake", "Lake", "roe", "byrd", "ólafur")
PERSONAL = ("Frank", "Valentina", "anders", "Åsa", "Mei-Ling", "D'Arcy", "Zoë")
FAMILY = ("Pabodie", "O'Hara", "de Gerlache", "Åkesson", "Zhang", "amundsen", "Lake")
SITES = ("DR-1", "DR-3", "MSK-4", "Ross's hut", "Øst")
IDLE, STRANGER = "danforth", "watkins"
UNVISITED, OFF_THE_MAP = "QK-7", "QK-9"


@dataclass(frozen=True)
class Survey:
    """The rows of a survey, and databases that hold them.

    Each table is a tuple of rows; a row is a plain tuple in the order of COLUMNS, with None for NULL. `about` says
    what is special here, as the end of the sentence "called on …".
    """

    about: str
    person: Rows = ()
    site: Rows = ()
    visited: Rows = ()
    survey: Rows = ()

    def database(self) -> shipped.Database:
        """These rows for a function that only reads: it is called with a connection to a copy, which is quickest."""
        return shipped.Database(self._content)

    def in_memory(self) -> sqlite3.Connection:
        """A connection to a new database in memory with these rows."""
        return shipped.in_memory(self._content)

    def path(self) -> Path:
        """A new file with these rows, which no other call gets. It goes when the process ends."""
        path = shipped.path()
        path.write_bytes(self._content)
        return path

    def connect(self) -> sqlite3.Connection:
        """A connection to a new file with these rows."""
        return shipped.connect(self.path())

    def watched(self) -> watch.Watched:
        """A connection to a new database in memory with these rows, which notes statements and fetches."""
        return shipped.in_memory(self._content, watch.Watched)

    def rows(self, table: str) -> Rows:
        """The rows of a table by its name in SQL: `rows("Survey")`."""
        return getattr(self, table.lower())

    @property
    def people(self) -> list[str]:
        """The ids of all who are named, in Person or with a reading."""
        return sorted({row[0] for row in self.person} | {row[1] for row in self.survey} - {None})

    @property
    def quantities(self) -> list[str]:
        """What was measured."""
        return sorted({row[2] for row in self.survey} - {None})

    def readings(self, *, person: str, quant: str) -> list[tuple]:
        """The (visit, reading) pairs of one person and quantity."""
        return [(taken, reading) for taken, who, what, reading in self.survey if (who, what) == (person, quant)]

    @cached_property
    def _content(self) -> bytes:
        with closing(sqlite3.connect(":memory:")) as conn:
            conn.deserialize(shipped.empty())
            for table, columns in COLUMNS.items():
                conn.executemany(f"insert into {table} values ({', '.join('?' * len(columns))})", self.rows(table))
            conn.commit()
            return conn.serialize()


EMPTY = Survey("a survey whose tables are all empty")


@once
def surveys(
    n: int,
    *,
    seed: int = 0,
    people: Sequence[str] = (),
    unknown: Collection[str] = UNKNOWN,
    twins: bool = True,
    values: Mapping[str, Sequence[float]] = VALUES,
    slips: int = 1,
) -> tuple[Survey, ...]:
    """`n` made-up surveys. The k-th of one seed is the same for every `n`, on every machine.

    people   ids that have a Person and a reading each, besides others
    unknown  the columns that hold at least one NULL
    twins    namesakes, visits of one day, and readings that are there twice; without, no row is there twice
    values   quantities, each with its values; each value occurs
    slips    so many visits are dated later than the visit of the next number; no two of them are neighbours
    """
    made = []
    for number in range(n):
        rng = Random(f"survey {number} of seed {seed}")
        person = _person(rng, people, twins)
        site = _site(rng)
        visited = _visited(rng, [row[0] for row in site], twins, slips)
        survey = _survey(rng, [row[0] for row in person], [row[0] for row in visited], twins, values, unknown)
        tables = (
            _shuffled(rng, [*_with_unknown(rng, person, "Person", unknown), _idle(rng)]),
            _shuffled(rng, [*_with_unknown(rng, site, "Site", unknown), _place(rng, UNVISITED)]),
            _shuffled(rng, _with_unknown(rng, visited, "Visited", unknown)),
            _shuffled(rng, survey),
        )
        sizes = f"{len(tables[0])} people, {len(tables[2])} visits and {len(tables[3])} readings"
        made.append(Survey(f"a made-up survey of {sizes}", *tables))
        made[-1].database()  # whoever remembers these remembers their databases
    return tuple(made)


def _person(rng: Random, people: Sequence[str], twins: bool) -> list[tuple]:
    others = rng.sample(IDS, rng.randint(2, 6))
    ids = [*people, *(ident for ident in others if ident not in people)]
    rows = [(ident, rng.choice(PERSONAL), rng.choice(FAMILY)) for ident in ids]
    if twins:
        first, second = rng.sample(range(len(rows)), 2)
        rows[second] = (rows[second][0], *rows[first][1:])
    return rows


def _idle(rng: Random) -> tuple:
    return IDLE, rng.choice(PERSONAL), rng.choice(FAMILY)


def _site(rng: Random) -> list[tuple]:
    return [_place(rng, name) for name in rng.sample(SITES, 3)]


def _place(rng: Random, name: str) -> tuple:
    return name, round(rng.uniform(-80, -40), 2), round(rng.uniform(-180, 180), 2)


def _visited(rng: Random, sites: Sequence[str], twins: bool, slips: int) -> list[tuple]:
    count = rng.randint(2 * slips + 3, 2 * slips + 6)
    number, day = rng.choice((1, 95, 619, 990)), date(rng.randint(1911, 1960), 1, 1)
    numbers, days = [], []
    for _ in range(count):
        numbers.append(number := number + rng.randint(1, 9))
        days.append(day := day + timedelta(days=rng.randint(1, 40)))
    _slip(rng, days, slips)
    if twins:  # the last two, which are out of a slip's reach
        days[-1] = days[-2]
    places = [OFF_THE_MAP, *(rng.choice(sites) for _ in range(count - 1))]
    rng.shuffle(places)
    return [(number, place, day.isoformat()) for number, place, day in zip(numbers, places, days, strict=True)]


def _slip(rng: Random, days: list[date], slips: int) -> None:
    """Date some visits too late: by ten years, or by changing days with the next visit."""
    room = len(days) - 2 - 2 * slips
    for place, start in enumerate(sorted(rng.randint(0, room) for _ in range(slips))):
        slip = start + 2 * place
        if rng.random() < 0.5:
            days[slip], days[slip + 1] = days[slip + 1], days[slip]
        else:
            days[slip] += timedelta(days=3652)


def _survey(
    rng: Random,
    people: Sequence[str],
    visits: Sequence[int],
    twins: bool,
    values: Mapping[str, Sequence[float]],
    unknown: Collection[str],
) -> list[tuple]:
    measured = [(quant, value) for quant in sorted(values) for value in values[quant]]
    rng.shuffle(measured)
    seen = rng.sample(visits, len(visits) - 1)  # one visit is left without a reading
    count = max(len(measured), len(people)) + rng.randint(0, 3)
    rows = [
        (rng.choice(seen), who, *what)
        for who, what in zip(islice(cycle(people), count), islice(cycle(measured), count), strict=True)
    ]
    rows.append((rng.choice(seen), STRANGER, *rng.choice(measured)))
    rows.append((max(visits) + 1, rng.choice(people), *rng.choice(measured)))
    for column in (column for column in COLUMNS["Survey"] if column in unknown):
        place = COLUMNS["Survey"].index(column)
        rows += [_without(rng.choice(rows), place) for _ in range(2)]
    once = list(dict.fromkeys(rows))
    return once + rng.sample(once, 2) if twins else once


def _with_unknown(rng: Random, rows: list[tuple], table: str, unknown: Collection[str]) -> list[tuple]:
    """The rows with some NULLs, in each column that is to have them."""
    for place, column in enumerate(COLUMNS[table]):
        if column in unknown:
            known = [n for n, row in enumerate(rows) if row[place] != OFF_THE_MAP]
            lost = {rng.choice(known)} | {n for n in known if rng.random() < 0.15}
            rows = [_without(row, place) if n in lost else row for n, row in enumerate(rows)]
    return rows


def _without(row: tuple, place: int) -> tuple:
    return (*row[:place], None, *row[place + 1 :])


def _shuffled(rng: Random, rows: list[tuple]) -> Rows:
    """The rows in an order that is not that of their first column."""
    shuffled = rng.sample(rows, len(rows))
    in_order = sorted(rows, key=lambda row: (row[0] is not None, row[0]))
    return tuple(reversed(shuffled) if [row[0] for row in shuffled] == [row[0] for row in in_order] else shuffled)

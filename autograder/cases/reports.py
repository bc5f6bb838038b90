"""A command that reports on one site of a survey, called as its users call it: rightly, wrongly, and in vain.

    case, = cases(1, seed="my seed")
    done = run(case, evidence.run)                  # python report.py --db … --site …
    that(not wrong(case, done), wrong(case, done))

The command is the file report.py in the work folder. It runs in a folder of its own, and nothing is on its stdin.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from autograder.cases.scripts import Finished, Ran, called
from autograder.cases.surveys import OFF_THE_MAP, UNVISITED, Survey, surveys
from course.compare import same, unmatched

HEADER = ["taken", "person", "quant", "reading"]
DATABASES = ("survey.db", "the survey.db", "bibliothèque.db")
OLD = b"what was here before\n"
COMMA = "Lake, the younger"  # somebody whose name a line of CSV has to put in quotes
NOTES = b"To do: write home. This is no database, and never was.\n" * 30


@dataclass(frozen=True)
class Case:
    """A call of the command. `status` is how it has to end; `names` are words of which its explanation names one.

    `about` begins a sentence, `words` are its arguments, `files` lie in its folder, by name; `out` is where the report
    goes, and None for stdout; `rows` are those of the report.
    """

    about: str
    words: tuple[str, ...]
    files: Mapping[str, bytes] = field(hash=False, repr=False, default_factory=dict)
    out: str | None = None
    status: int = 0
    names: tuple[str, ...] = ()
    rows: tuple[tuple, ...] = ()


def cases(n: int, *, seed: str) -> tuple[Case, ...]:
    """`n` reports that can be made, on stdout and in a file by turns: twice as many calls."""
    return tuple(case for number in range(n) for case in _both(number, Random(f"report {number} of {seed}")))


def failing(*, seed: str, hidden: bool = False) -> tuple[Case, ...]:
    """Calls that have to fail, each in its own way; `hidden` are those that a student does not see."""
    rng = Random(f"failing report of {seed}")
    (s,) = surveys(1, seed=rng.randrange(10**6))
    site, database = rng.choice(_sites(s)), {"survey.db": s.path().read_bytes()}
    known = ("--db", "survey.db", "--site", site)
    no_site = f"Nowhere-{rng.randint(10, 99)}"
    if not hidden:
        return (
            Case(
                f"For the site {no_site}, which is unknown",
                ("--db", "survey.db", "--site", no_site),
                database,
                None,
                1,
                (no_site,),
            ),
            Case(
                "Of a database that is not there", ("--db", "lost.db", "--site", site), database, None, 1, ("lost.db",)
            ),
            Case("Called without --site", ("--db", "survey.db"), database, None, 2),
            Case("Called with an option that it does not know", (*known, "--when", "now"), database, None, 2),
        )
    return (
        Case(
            "For a site that was visited and is not in Site",
            ("--db", "survey.db", "--site", OFF_THE_MAP),
            database,
            None,
            1,
            (OFF_THE_MAP,),
        ),
        Case(
            "For an unknown site whose name is a pattern",
            ("--db", "survey.db", "--site", "%-%", "--out", "a.csv"),
            database,
            "a.csv",
            1,
            ("%-%",),
        ),
        Case(
            "Of a database that is not there, with --out",
            ("--db", "lost.db", "--site", site, "--out", "a.csv"),
            {**database, "a.csv": OLD},
            "a.csv",
            1,
            ("lost.db",),
        ),
        Case(
            "Of a file that is no database",
            ("--db", "notes.txt", "--site", site, "--out", "a.csv"),
            {**database, "notes.txt": NOTES, "a.csv": OLD},
            "a.csv",
            1,
            ("notes.txt",),
        ),
        Case(
            "With --out in a folder that is not there",
            (*known, "--out", "lost/a.csv"),
            database,
            "lost/a.csv",
            1,
            ("lost",),
        ),
        Case("Called without --db", ("--site", site), database, None, 2),
        Case("Called without anything", (), database, None, 2),
    )


def run(case: Case, start: Callable[..., Finished]) -> Ran:
    """How report.py ends, called so. `start` is `evidence.run`.

    The same call of the same file is made once: several checks look at different sides of it.
    """
    texts = tuple((path.name, path.read_bytes()) for path in sorted(Path.cwd().glob("*.py")) if path.is_file())
    return _run(case, texts, tuple(case.files.items()), start)


@cache
def _run(case: Case, _texts: tuple, files: tuple, start: Callable[..., Finished]) -> Ran:
    return called(["python", Path.cwd() / "report.py", *case.words], start, dict(files))


def wrong(case: Case, done: Ran) -> str:
    """What is wrong with a report, as a sentence; empty where it is right."""
    if case.out is None:
        return _no_report(case, done.out, "stdout", done.last)
    if done.out:
        return f"with --out nothing but the file should be written, and stdout holds {done.out[:80]!r}."
    if case.out not in done.files:
        return f"there is no file {case.out!r}. {done.last}"
    return _no_report(case, done.files[case.out].decode(errors="replace"), case.out, done.last)


def unclear(case: Case, done: Ran) -> str:
    """What is wrong with how a failure is told, as a sentence; empty where nothing is."""
    if "Traceback (most recent call last)" in done.err:
        return f"stderr shows a traceback, which helps nobody who did not write report.py. {done.last}"
    if not done.err.strip():
        return "nothing is on stderr: what is wrong?"
    if done.out:
        return f"stdout is for reports, and holds {done.out[:80]!r}."
    if case.names and not any(name in done.err for name in case.names):
        return f"stderr says {done.last!r}, and does not name {case.names[0]!r}."
    changed = sorted(name for name in {*case.files, *done.files} if case.files.get(name) != done.files.get(name))
    return f"{changed[0]!r} was made, changed or deleted, and there is no report." if changed else ""


def _sites(s: Survey) -> list[str]:
    return sorted({row[0] for row in s.site} - {None, UNVISITED})


def _both(number: int, rng: Random) -> tuple[Case, Case]:
    # By turns a name with a quote in it, a reading without a person, and a site that nobody has been to. With a
    # comma in a name, where there is such a reading.
    made = surveys(6, seed=rng.randrange(10**6), people=[COMMA])
    if number % 3 == 2:
        s, site = made[0], UNVISITED
    else:
        places = [(s, site) for s in made for site in _sites(s)]
        told = (lambda s, site: "'" in site) if number % 3 == 0 else _has_unknown
        s, site = max(places, key=lambda place: (told(*place), _has_comma(*place), len(_rows(*place)), place[1]))
    name, content = rng.choice(DATABASES), s.path().read_bytes()
    words = ("--db", name, "--site", site)
    words = words if number % 2 == 0 else (*words[2:], *words[:2])
    rows, of = tuple(_rows(s, site)), f"Of {site} and a survey of {len(s.survey)} readings"
    there = {name: content, "a report.csv": OLD}
    return (
        Case(of, words, {name: content}, rows=rows),
        Case(f"{of}, with --out", ("--out", "a report.csv", *words), there, "a report.csv", rows=rows),
    )


def _rows(s: Survey, site: str) -> list[tuple]:
    visits = [ident for ident, where, _ in s.visited if where == site]
    return sorted((row for row in s.survey if row[0] in visits), key=lambda row: row[0])


def _has_unknown(s: Survey, site: str) -> bool:
    return any(row[1] is None for row in _rows(s, site))


def _has_comma(s: Survey, site: str) -> bool:
    return any(row[1] == COMMA for row in _rows(s, site))


def _no_report(case: Case, text: str, where: str, last: str) -> str:
    if not text.strip():
        return f"{where} is empty, without even the header. {last}"
    lines = list(csv.reader(io.StringIO(text.rstrip(), newline="")))
    if lines[0] != HEADER:
        return f"{where} should begin with {','.join(HEADER)}, and begins with {','.join(lines[0])[:80]!r}."
    if short := next((line for line in lines if len(line) != len(HEADER)), None):
        return f"the line {','.join(short)[:80]!r} in {where} is no row of four values."
    try:
        rows = [_typed(line) for line in lines[1:]]
    except ValueError as error:
        return f"a row in {where} is no reading: {error}."
    missing, extra = unmatched(rows, case.rows)
    if missing or extra:
        kind = "lacks" if missing else "has"
        return f"the report {kind} the row {(missing or extra)[0]}{'' if missing else ', which should not be there'}."
    taken = [row[0] for row in rows]
    return "" if same(taken, sorted(taken)) else "the rows should be in order of `taken`."


def _typed(line: Sequence[str]) -> tuple:
    taken, person, quant, reading = line
    return int(taken), person or None, quant or None, float(reading) if reading else None

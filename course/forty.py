"""Forty commits, of which one broke fibo: to look for with `git bisect`, and to draw.

    lost = forty("my seed", merges=True)
    repo = lost.history.write()

Each seed gives another history, the same on every machine. At the first commit `check.py` ends with status 0, at the
last one with status 1, and in between somebody broke fibo.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from random import Random

from course.history import BEGIN, FIRST, HOUR, History

COMMITS = 40
CHECK = '''\
"""Is fibo right? Ends with status 0 if it is, and with status 1 if it is not."""
import runpy
import sys
from pathlib import Path

fibo = runpy.run_path(str(Path(__file__).with_name("fibo.py")))["fibo"]
sys.exit([fibo(x) for x in range(1, 11)] != [1, 1, 2, 3, 5, 8, 13, 21, 34, 55])
'''
# What somebody did to a line of fibo.
SLIPS = (
    ("while counter < x:", "while counter <= x:"),
    ("a,b,counter = 1,2,3", "a,b,counter = 1,1,3"),
    ("if x < 3:", "if x < 4:"),
    ("b,a+b,counter+1", "b,a+b+1,counter+1"),
    ("return(b)", "return(a)"),
)
PEOPLE = ("Lake <lake@example.org>", "Dyer <dyer@example.org>", "Roerich <roe@example.org>")
MESSAGES = ("Tidy up", "Answer a question", "Shorten", "Say more", "Add a remark", "Take notes", "Rework", "Clean up")
WORDS = ("rabbits", "spirals", "of", "Pisa", "golden", "sums", "begin", "with", "shells", "never")


@dataclass
class Line:
    """A line of development: its last commit, and the changes that it holds."""

    tip: str
    changes: tuple[int, ...] = ()


@dataclass
class Forty:
    """A history of forty commits on main, and the commit that broke fibo."""

    history: History = field(default_factory=History)
    culprit: str = ""


def forty(seed: str | int, *, merges: bool = False, clocks: bool = False) -> Forty:
    """Make up a history.

    merges  side branches are merged into main, and fibo was broken on one of them
    clocks  the clocks of the people disagree: a commit may be dated earlier than its parents
    """
    tries = (_made_up(Random(f"forty commits {seed} {number}"), merges, clocks) for number in count())
    return next(made for made in tries if _sizes_differ(made))


def _sizes_differ(made: Forty) -> bool:
    """Whether Python can tell all versions of fibo.py apart: of one second and one size are the same to its cache."""
    texts = {snapshot.files["fibo.py"] for snapshot in made.history.snapshots.values()}
    return len({len(text) for text in texts}) == len(texts)


def _made_up(rng: Random, merges: bool, clocks: bool) -> Forty:
    made = Forty()
    slip = rng.choice(SLIPS)
    plan = _plan(rng) if merges else ["main"] * (COMMITS - 1)
    breaks = rng.choice(_first_of_sides(plan)) if merges else rng.randrange(8, COMMITS - 6)
    # A commit adds a remark to fibo.py, or a note.
    remarks = {n: " ".join(rng.choices(WORDS, k=rng.randint(2, 9))) for n in range(COMMITS) if rng.random() < 0.5}
    remarks[breaks] = " ".join(rng.choices(WORDS, k=4))

    def commit(message: str, line: Line, number: int, parents: list[str]) -> None:
        text = FIRST.replace(*slip) if breaks in line.changes else FIRST
        text += "".join(f"# {remarks[n]}\n" for n in line.changes if n in remarks)
        notes = "# Notes\n" + "".join(f"- note {n}\n" for n in line.changes if n not in remarks)
        files = {"check.py": CHECK, "fibo.py": text, "notes.md": notes}
        ahead = rng.randrange(-9, 10) * 5 if clocks else 0
        ahead = 60 if clocks and number == breaks else ahead
        date = BEGIN + (number + ahead) * HOUR
        line.tip = made.history.commit(message, files, parents=parents, date=date, author=rng.choice(PEOPLE))

    main, side = Line(""), Line("")
    commit("Add fibo and a check", main, 0, [])
    for number, step in enumerate(plan, 1):
        if step == "merge":
            main.changes = tuple(sorted({*main.changes, *side.changes}))
            commit("Merge a branch", main, number, [main.tip, side.tip])
            continue
        if step == "open":
            side = Line(main.tip, main.changes)
        line = main if step == "main" else side
        line.changes = (*line.changes, number)
        commit(rng.choice(MESSAGES), line, number, [line.tip])
        if number == breaks:
            made.culprit = line.tip
    made.history.branch("main", main.tip)
    return made


def _plan(rng: Random) -> list[str]:
    """Where each commit after the first one goes: "main", "open" (a first one beside main), "side", or "merge"."""
    plan: list[str] = []
    while len(plan) < COMMITS - 13:
        between = ["side"] * rng.randint(1, 3) + ["main"] * rng.randint(1, 2)
        rng.shuffle(between)
        plan += ["main"] * rng.randint(1, 2) + ["open", *between, "main", "main", "merge"]
    return plan + ["main"] * (COMMITS - 1 - len(plan))


def _first_of_sides(plan: list[str]) -> list[int]:
    return [number for number, step in enumerate(plan, 1) if step == "open"]

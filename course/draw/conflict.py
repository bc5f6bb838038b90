"""A file in a merge, three ways: where two branches parted, what each made of it, and what the working copy holds.

Nothing is asked of git: the repository is read (`course.repository`), and stays as it is.
"""

from __future__ import annotations

import difflib
from pathlib import Path

from matplotlib.axes import Axes

from course.draw.picture import (
    BLUE,
    CHOSEN,
    CODE,
    LINE,
    NOTE,
    PLAIN,
    TITLE,
    UNKNOWN,
    VERMILLION,
    Look,
    Picture,
    box,
    canvas,
    counted,
    finish,
    in_words,
)
from course.repository import Repository, read

WIDE = 3.0  # inches, of a column
GAP = 0.25
MAX_LINES = 20
LETTERS = 45
OURS, THEIRS = CHOSEN, Look(fill="#f6ddc9", edge=VERMILLION, line=1.8, weight="bold", style="--")
MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def conflict(repo: Repository | Path | str, path: str, ours: str, theirs: str) -> Picture:
    """The file `path` on the branches `ours` and `theirs`, where they parted, and in the working copy.

    Lines that a side has and the common commit has not stand in a frame, of the one side full, of the other dashed.
    """
    found = repo if isinstance(repo, Repository) else read(repo)
    tips = _tips(found, ours, theirs)
    base = _parted(found, *tips)
    sides = [_lines(found, tip, path) for tip in tips]
    before = _lines(found, base, path)
    now = found.working.get(path, b"").decode(errors="replace").splitlines()[:MAX_LINES]
    new = [_new(before, lines) for lines in sides]
    columns = (
        (ours, sides[0], dict.fromkeys(new[0], OURS)),
        (f"where they parted, {base[:7]}", before, {}),
        (theirs, sides[1], dict.fromkeys(new[1], THEIRS)),
    )
    tall = max(len(lines) for _, lines, _ in columns)
    with canvas(3 * WIDE + 2 * GAP + 0.3, 1.15 + LINE * (tall + len(now))) as axes:
        for number, (title, lines, looks) in enumerate(columns):
            left = 0.15 + (WIDE + GAP) * number
            axes.text(left, 0.22, _heading(title), **TITLE)
            _column(axes, left, 0.42, lines, looks)
        top = 0.75 + LINE * tall
        held = {n: _look(line, sides, new) for n, line in enumerate(now)}
        axes.text(0.15, top - 0.02, f"{path} in the working copy", **TITLE)
        marks = sum(line.startswith(MARKERS[0]) for line in now)
        axes.text(0.3 + WIDE, top - 0.02, f"{counted(marks, 'conflict')} left" if marks else "no conflict left", **NOTE)
        _column(axes, 0.15, top + 0.18, now, {n: look for n, look in held.items() if look})
        told = [
            f"{name} has {_told(path in found.blobs(tip), [lines[n].strip() for n in sorted(changed)])}"
            for name, tip, lines, changed in zip((ours, theirs), tips, sides, new, strict=True)
        ]
        said = f"{counted(marks, 'conflict')} marked" if marks else "no conflict"
        alt = f"The file {path} three ways. Since {base[:7]}, {'; '.join(told)}. The working copy has {said}."
        return finish(axes, alt)


def _heading(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"


def _tips(repo: Repository, ours: str, theirs: str) -> tuple[str, str]:
    """The last commits of both branches; where `ours` has just merged the other, that of before."""
    mine, other = repo.branches[ours], repo.branches[theirs]
    parents = repo.commit(mine).parents
    return (parents[0] if other in parents[1:] else mine), other


def _parted(repo: Repository, mine: str, other: str) -> str:
    """The newest commit that is in the history of both."""
    there = repo.history(other)
    return next(id for id in repo.history(mine) if id in there)


def _lines(repo: Repository, commit: str, path: str) -> list[str]:
    return repo.files(commit).get(path, b"").decode(errors="replace").splitlines()[:MAX_LINES]


def _new(before: list[str], after: list[str]) -> set[int]:
    """The places of lines in `after` that are not in `before`."""
    blocks = difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return {n for what, _, _, start, end in blocks if what != "equal" for n in range(start, end)}


def _told(there: bool, brought: list[str]) -> str:
    return in_words([repr(line) for line in brought], none="nothing new") if there else "no such file"


def _look(line: str, sides: list[list[str]], new: list[set[int]]) -> Look | None:
    """How a line of the working copy looks: as a marker, or as the side looks that brought it."""
    if line.startswith(MARKERS):
        return UNKNOWN
    came = [line in {lines[n] for n in places} for lines, places in zip(sides, new, strict=True)]
    return OURS if came[0] else THEIRS if came[1] else None


def _column(axes: Axes, left: float, top: float, lines: list[str], looks: dict[int, Look]) -> None:
    if not lines:
        axes.text(left, top + LINE / 2, "the file is not there", **NOTE)
    for number, line in enumerate(lines):
        y = top + LINE * number
        if number in looks:
            box(axes, left, y + 0.01, WIDE - 0.05, "", looks[number], LINE - 0.02)
        text = line if len(line) <= LETTERS else f"{line[: LETTERS - 1]}…"
        weight = {"weight": "bold"} if number in looks and looks[number] is not PLAIN else {}
        axes.text(left + 0.06, y + LINE / 2, text, **CODE | {"size": 7.5} | weight)
    axes.plot([left - 0.04] * 2, [top, top + LINE * max(len(lines), 1)], color=BLUE, linewidth=0.8)

"""What a file holds while it is written, as somebody finds it who comes after a kill: in place, or swapped."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from course import crash, halfway
from course.draw.picture import (
    CHOSEN,
    INK,
    NOTE,
    SPENT,
    TITLE,
    VERMILLION,
    WIDTH,
    Look,
    Picture,
    box,
    canvas,
    counted,
    finish,
    in_words,
)

OLD, EMPTY, PART, NEW, GONE = "the old one", "empty", "a part", "the new one", "gone"
LOST = Look(fill="#ffffff", edge=VERMILLION, hatch="xxxx", style="--", weight="bold", line=1.8)
LOOKS = {OLD: SPENT, NEW: CHOSEN, EMPTY: LOST, PART: LOST, GONE: LOST}
BESIDE = Look(style=":")
NAME = "report.csv"
HEIGHT = 1.4  # inches, of one way to save
MOST = 6


class Moment(NamedTuple):
    """What the target holds (old, empty, a part, new, gone), and the names of the files beside it."""

    target: str
    beside: tuple[str, ...] = ()


def swap(ways: Mapping[str, Callable], old: str, new: str) -> Picture:
    """Ways to save a file, each killed at every change of the folder: what is there then, in order.

    ways  title → a function `save(path, text)`, called on a file that holds `old`, with the text `new`

    The first six moments of each are drawn. ValueError where a function does not end well.
    """
    found = {title: _moments(save, old, new) for title, save in ways.items()}
    with canvas(WIDTH, 0.1 + HEIGHT * max(len(found), 1)) as axes:
        for row, (title, moments) in enumerate(found.items()):
            top = 0.1 + HEIGHT * row
            axes.text(0.15, top + 0.15, title, **TITLE)
            drawn = moments[:MOST]
            step = (WIDTH - 0.3) / max(len(drawn), 4)
            for place, moment in enumerate(drawn):
                x, wide = 0.15 + step * place, step - 0.35
                axes.text(x, top + 0.43, _when(place, len(moments)), **NOTE)
                box(axes, x, top + 0.56, wide, moment.target, LOOKS[moment.target], 0.32)
                if moment.beside:
                    name = moment.beside[0]
                    box(axes, x, top + 0.98, wide, name if len(name) < 21 else f"{name[:19]}…", BESIDE)
                if place:
                    arrow = {"arrowstyle": "-|>", "color": INK}
                    axes.annotate("", (x - 0.03, top + 0.72), (x - 0.32, top + 0.72), arrowprops=arrow)
        axes.text(WIDTH - 0.15, 0.25, "hatched: neither the old file nor the new", ha="right", **NOTE)
        return finish(axes, " ".join(_words(title, moments) for title, moments in found.items()))


def _moments(save: Callable, old: str, new: str) -> list[Moment]:
    """Before the call, after each change of the folder but the last, and when the function has returned."""
    moments = [Moment(OLD)]
    for number in itertools.count(1):
        with tempfile.TemporaryDirectory() as outer:
            path = Path(outer, "work", NAME)
            path.parent.mkdir()
            path.write_text(old, encoding="utf-8")
            ended = halfway.saving(save, path, new, killed_at=number)
            if ended not in (crash.KILLED, crash.RETURNED):
                raise ValueError(f"the function {ended}, so its moments cannot be drawn. Call it once by yourself.")
            moment = _seen(path, old, new)
        if ended == crash.RETURNED:
            return moments if moment == moments[-1] else [*moments, moment]
        moments.append(moment)


def _seen(path: Path, old: str, new: str) -> Moment:
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
    target = {None: GONE, old: OLD, new: NEW, "": EMPTY}.get(text, PART)
    return Moment(target, tuple(sorted(each.name for each in path.parent.iterdir() if each != path)))


def _when(place: int, number: int) -> str:
    return "before" if not place else "in the end" if place == number - 1 else f"killed at change {place}"


def _words(title: str, moments: Sequence[Moment]) -> str:
    told = [
        f"{_when(place, len(moments))} {moment.target}"
        + (f", with {in_words(moment.beside)} beside it" if moment.beside else "")
        for place, moment in enumerate(moments)
    ]
    return f"{title}, {counted(len(moments) - 1, 'change')} of the folder: {'; '.join(told)}."

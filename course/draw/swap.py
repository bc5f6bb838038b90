"""What a file holds while it is written, as somebody finds it who comes after a kill: in place, or swapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    finish,
    in_words,
)
from course.killed import EMPTY, GONE, NAME, NEW, OLD, PART, Moment

LOST = Look(fill="#ffffff", edge=VERMILLION, hatch="xxxx", style="--", weight="bold", line=1.8)
LOOKS = {OLD: SPENT, NEW: CHOSEN, EMPTY: LOST, PART: LOST, GONE: LOST}
BESIDE = Look(style=":")
HEIGHT = 1.4  # inches, of one way to save
MOST = 6


def swap(ways: Mapping[str, Sequence[Moment]]) -> Picture:
    """For each way to save, by its title: what the file holds after a kill at each moment, and what lies beside it.

    `ways` maps a title to what `course.killed.writing` found. The first six moments of each are drawn.
    """
    with canvas(WIDTH, 0.1 + HEIGHT * max(len(ways), 1)) as axes:
        for row, (title, moments) in enumerate(ways.items()):
            top = 0.1 + HEIGHT * row
            axes.text(0.15, top + 0.15, title, **TITLE)
            drawn = moments[:MOST]
            step = (WIDTH - 0.3) / max(len(drawn), 4)
            for place, moment in enumerate(drawn):
                x = 0.15 + step * place
                wide = step - 0.35
                axes.text(x, top + 0.43, _when(moment), **NOTE)
                box(axes, x, top + 0.56, wide, f"{NAME}: {moment.target}", LOOKS[moment.target], 0.32)
                for below, name in enumerate(moment.beside[:1]):
                    box(axes, x, top + 0.98 + 0.3 * below, wide, name if len(name) < 21 else f"{name[:19]}…", BESIDE)
                if place:
                    arrow = {"arrowstyle": "-|>", "color": INK}
                    axes.annotate("", (x - 0.03, top + 0.72), (x - 0.32, top + 0.72), arrowprops=arrow)
        axes.text(WIDTH - 0.15, 0.25, "hatched: neither the old file nor the new", ha="right", **NOTE)
        return finish(axes, " ".join(_words(title, moments) for title, moments in ways.items()))


def _when(moment: Moment) -> str:
    return {"nothing": "before its first call", "the end": "not killed"}.get(
        moment.after, f"killed after {moment.after}"
    )


def _words(title: str, moments: Sequence[Moment]) -> str:
    told = [
        f"{_when(moment)}, {NAME} is {moment.target}"
        + (f", with {in_words(moment.beside)} beside it" if moment.beside else "")
        for moment in moments
    ]
    return f"{title}: {'; '.join(told)}."

"""Numbers that were measured or drawn, as points: speed-up over the cost of an item, and draws against each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from matplotlib.axes import Axes

from course.draw.picture import (
    BLUE,
    FAINT,
    INK,
    NOTE,
    ORANGE,
    PLAIN_TEXT,
    TITLE,
    VERMILLION,
    WIDTH,
    Picture,
    canvas,
    counted,
    finish,
)

LEFT, RIGHT, TOP, FLOOR = 0.9, 7.0, 0.55, 3.15  # inches, the edges of a plot
SIDE = 2.6  # inches, of a square plot


class Timing(NamedTuple):
    """What a map over `items` items took, in seconds: the cost of an item, one after the other, and on engines."""

    cost: float
    items: int
    serial: float
    parallel: float


def speedup(timings: Sequence[Timing], engines: int) -> Picture:
    """Measured speed-up over the cost of an item, the line of Amdahl's law, and where engines begin to pay.

    What engines cost besides, the part that does not shrink, is taken from the cheapest items. Amdahl, *Validity of the
    single processor approach to achieving large scale computing capabilities*, 1967.
    """
    timings = sorted(timings)
    cheapest = timings[0]
    overhead = max(cheapest.parallel - cheapest.serial / engines, 1e-6)
    low, high = math.log10(cheapest.cost) - 0.3, math.log10(timings[-1].cost) + 0.3
    most = max(engines * 1.25, *(t.serial / t.parallel for t in timings))

    def at(cost: float, gain: float) -> tuple[float, float]:
        return (
            LEFT + (math.log10(cost) - low) / (high - low) * (RIGHT - LEFT),
            FLOOR - gain / most * (FLOOR - TOP),
        )

    def amdahl(cost: float) -> float:
        work = cost * cheapest.items
        return work / (overhead + work / engines)

    costs = [10 ** (low + (high - low) * k / 200) for k in range(201)]
    crossing = _crossing([(t.cost, t.serial / t.parallel) for t in timings])
    with canvas(WIDTH, 3.75) as axes:
        axes.text(0.15, 0.22, "When engines pay: speed-up over the cost of an item", **TITLE)
        axes.plot([LEFT, LEFT, RIGHT], [TOP, FLOOR, FLOOR], color=INK, linewidth=1.2)
        for gain, words in ((1, "1: no gain"), (engines, f"{engines}: as many as engines")):
            axes.plot(
                *zip(at(costs[0], gain), at(costs[-1], gain), strict=True), color=FAINT, linestyle=":", linewidth=1
            )
            axes.text(RIGHT + 0.06, at(costs[-1], gain)[1], words, **NOTE)
        axes.plot(*zip(*(at(c, amdahl(c)) for c in costs), strict=True), color=ORANGE, linestyle="--", linewidth=1.6)
        axes.plot(
            *zip(*(at(t.cost, t.serial / t.parallel) for t in timings), strict=True), "o-", color=BLUE, markersize=6
        )
        if crossing:
            x, y = at(crossing, 1)
            axes.plot([x, x], [y, FLOOR], color=VERMILLION, linewidth=1.6)
            axes.plot([x], [y], "D", color=VERMILLION, markersize=8, zorder=5)
            axes.text(x + 0.08, FLOOR - 0.14, f"from here on engines pay: {_time(crossing)}", **PLAIN_TEXT)
        for timing in timings:
            axes.text(at(timing.cost, 0)[0], FLOOR + 0.16, _time(timing.cost), ha="center", **NOTE)
        axes.text((LEFT + RIGHT) / 2, FLOOR + 0.4, "cost of one item", ha="center", **NOTE)
        axes.text(LEFT + 0.1, TOP + 0.02, "points: measured · dashed: Amdahl's law with the measured overhead", **NOTE)
        points = counted(len(timings), "measured point")
        return finish(axes, f"Speed-up over the cost of an item: {points}, and the line of Amdahl's law.")


def _crossing(points: Sequence[tuple[float, float]]) -> float | None:
    """The cost at which the speed-up passes 1 for good, between two measured points; None where it does not."""
    for (cost, gain), (next_cost, next_gain) in reversed(list(pairwise(points))):
        if gain < 1 <= next_gain:
            part = (1 - gain) / (next_gain - gain)
            return 10 ** (math.log10(cost) + part * (math.log10(next_cost) - math.log10(cost)))
    return None


def _time(seconds: float) -> str:
    unit, size = next((u, s) for u, s in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 0.0)) if seconds >= s)
    return f"{seconds / (size or 1e-9):.3g} {unit}"


def pairs(first: Sequence[float], second: Sequence[float], labels: tuple[str, str]) -> Picture:
    """Numbers from 0 to 1 that two drew, each pair a point. What lies on the diagonal was drawn by both."""
    points = list(zip(first, second, strict=True))
    equal = sum(a == b for a, b in points)
    with canvas(WIDTH, SIDE + 1.15) as axes:
        axes.text(0.15, 0.22, "What two engines drew", **TITLE)
        x0, y0 = 1.3, 0.5 + SIDE
        axes.plot([x0, x0 + SIDE, x0 + SIDE, x0, x0], [y0, y0, y0 - SIDE, y0 - SIDE, y0], color=INK, linewidth=1)
        axes.plot([x0, x0 + SIDE], [y0, y0 - SIDE], color=FAINT, linestyle=":", linewidth=1)
        for a, b in points:
            _point(axes, x0 + a * SIDE, y0 - b * SIDE, a == b)
        axes.text(x0 + SIDE / 2, y0 + 0.2, labels[0], ha="center", **PLAIN_TEXT)
        axes.text(x0 - 0.12, y0 - SIDE / 2, labels[1], rotation=90, ha="right", **PLAIN_TEXT)
        axes.text(x0 + SIDE + 0.3, y0 - SIDE + 0.15, f"{counted(len(points), 'pair')} of numbers", **PLAIN_TEXT)
        axes.text(x0 + SIDE + 0.3, y0 - SIDE + 0.4, f"{equal} drawn by both (crosses)", **PLAIN_TEXT)
        words = f"{labels[0]} against {labels[1]}: {counted(len(points), 'pair')} of numbers, {equal} of them equal."
        return finish(axes, words)


def _point(axes: Axes, x: float, y: float, equal: bool) -> None:
    if equal:
        axes.plot([x], [y], "x", color=VERMILLION, markersize=7, markeredgewidth=1.8)
    else:
        axes.plot([x], [y], "o", color=BLUE, markersize=5, markerfacecolor="none", markeredgewidth=1.3)

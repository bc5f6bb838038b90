"""The visits of a survey, in the order of their numbers against their dates."""

from __future__ import annotations

import sqlite3
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from matplotlib.axes import Axes

from course.draw.picture import (
    BLUE,
    CODE,
    FAINT,
    INK,
    LINE,
    NOTE,
    PAPER,
    TITLE,
    UNKNOWN,
    VERMILLION,
    WIDTH,
    Picture,
    box,
    canvas,
    finish,
    in_words,
    shown,
)

LEFT, RIGHT = 2.25, 7.3  # inches, where time begins and ends
STEP = 0.3  # inches, from one visit to the next
MAX_TICKS = 14


class Visit(NamedTuple):
    """A visit; `when` is None where `dated` holds no date."""

    ident: int
    site: str
    dated: str | None
    when: date | None


def timeline(conn: sqlite3.Connection) -> Picture:
    """The visits of `conn` in the order of their numbers, each at its date, joined by a line."""
    rows = conn.execute("select ident, site, dated from Visited order by ident").fetchall()
    visits = [Visit(*row, _date(row[2])) for row in rows]
    dated = [visit for visit in visits if visit.when]
    with canvas(WIDTH, 0.95 + STEP * len(visits)) as axes:
        axes.text(0.15, 0.22, "Visits in the order of their numbers", **TITLE)
        floor = 0.45 + STEP * len(visits)
        at = _scale(axes, [visit.when for visit in dated], floor)
        places = {}
        for i, visit in enumerate(visits):
            y = 0.45 + STEP * (i + 0.5)
            places[visit] = at(visit.when) if visit.when else None, y
            axes.plot([LEFT, RIGHT], [y, y], color="#dfe3e8", linewidth=0.8, zorder=0)
            axes.text(0.15, y, "{:<5}{:<7}{}".format(*map(shown, visit[:3])), **CODE)
        for before, after in pairwise(dated):
            _join(axes, places[before], places[after], back=after.when < before.when)
        for visit in visits:
            _mark(axes, *places[visit])
        return finish(axes, _words(visits, dated))


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _scale(axes: Axes, dates: list[date], floor: float):
    """Draw the years, and return the function from a date to its place."""
    years = range(min(dates).year, max(dates).year + 2) if dates else range(2000, 2002)
    per_year = (RIGHT - LEFT) / (len(years) - 1)
    axes.plot([LEFT, RIGHT], [floor, floor], color=INK, linewidth=1.2)
    for year in years[:: -(-len(years) // MAX_TICKS)]:
        x = LEFT + (year - years[0]) * per_year
        axes.plot([x, x], [floor, floor + 0.06], color=INK, linewidth=1.2)
        axes.text(x, floor + 0.18, str(year), ha="center", **NOTE)

    def at(day: date) -> float:
        return LEFT + (day.year - years[0] + (day.timetuple().tm_yday - 1) / 366) * per_year

    return at


def _join(axes: Axes, start: tuple[float, float], end: tuple[float, float], *, back: bool) -> None:
    look = {"color": VERMILLION, "linestyle": "--", "linewidth": 2} if back else {"color": FAINT, "linewidth": 1.2}
    axes.plot([start[0], end[0]], [start[1], end[1]], zorder=1, **look)
    if back:
        middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        plate = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
        axes.text(*middle, "back in time", ha="center", bbox=plate, **NOTE | {"color": VERMILLION, "size": 8})


def _mark(axes: Axes, x: float | None, y: float) -> None:
    if x is None:
        box(axes, RIGHT + 0.2, y - LINE / 2, 0.95, "no date", UNKNOWN)
    else:
        axes.plot([x], [y], "o", color=BLUE, markersize=7, markeredgecolor=PAPER, zorder=3)


def _words(visits: list[Visit], dated: list[Visit]) -> str:
    told = [f"{visit.ident} at {visit.site} on {visit.dated or 'no date'}" for visit in visits]
    back = [f"{a.ident} to {b.ident}" for a, b in pairwise(dated) if b.when < a.when]
    steps = f"The line goes back in time from {in_words(back)}." if back else "The line never goes back in time."
    return f"Visits in the order of their numbers: {in_words(told)}. {steps}"

"""A join: lines between the rows of two tables that fit each other, and the rows that no line reaches."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from matplotlib.axes import Axes

from course.draw.picture import (
    BLUE,
    HEADING,
    HEADING_LETTER,
    LETTER,
    LINE,
    NOTE,
    PLAIN,
    TITLE,
    UNKNOWN,
    Picture,
    box,
    canvas,
    counted,
    finish,
    in_words,
    on_one_line,
    shown,
)
from course.survey import quoted

MAX_ROWS = 40
STEP = LINE + 0.05  # inches, from one row to the next
TOP = 0.95
GAP = 1.35  # inches, for the lines
COUNTS = 3.3  # inches, for what stands below


@dataclass(frozen=True)
class Side:
    """One of the two tables: its rows as they are written, in the order in which the database gives them."""

    name: str
    rows: list[str]
    alone: list[int]  # the numbers of the rows without a partner

    @property
    def width(self) -> float:
        """Inches, of the longest row."""
        return max((len(text) for text in self.rows), default=6) * LETTER + 0.18


def join(conn: sqlite3.Connection, left: str, right: str, on: str) -> Picture:
    """The rows of tables `left` and `right`, and a line between any two for which the condition `on` is true.

    `on` is SQL of your own and names columns with their tables: "Person.ident = Survey.person". A row without a partner
    is hatched. Below stands how many rows each kind of join gives.
    """
    ours, theirs = _numbered(left), _numbered(right)
    pairs = conn.execute(f"select {quoted(left)}.n_, {quoted(right)}.n_ from {ours} join {theirs} on ({on})").fetchall()
    sides = [
        _side(conn, name, {pair[place] for pair in pairs}) for place, name in enumerate((left, right))
    ]  # row numbers count from 1
    return _drawn(sides, sorted(pairs), on)


def _numbered(table: str) -> str:
    return f"(select row_number() over () as n_, * from {quoted(table)}) as {quoted(table)}"


def _side(conn: sqlite3.Connection, name: str, found: set[int]) -> Side:
    rows = conn.execute(f"select * from {_numbered(name)} order by n_").fetchall()
    alone = [number for number, *_ in rows if number not in found]
    return Side(name, [" ".join(map(shown, row)) for _, *row in rows], alone)


def _drawn(sides: list[Side], pairs: list[tuple[int, int]], on: str) -> Picture:
    deep = max(min(len(side.rows), MAX_ROWS) for side in sides)
    title = on_one_line(f"{sides[0].name} join {sides[1].name} on {on}")
    # No wider than it must be: a phone shows all of it.
    wide = 0.3 + max(sides[0].width + GAP + sides[1].width, len(title) * HEADING_LETTER, COUNTS)
    with canvas(wide, TOP + STEP * deep + 0.6) as axes:
        axes.text(0.15, 0.25, title, **HEADING)
        left = _column(axes, sides[0], 0.15, deep)
        right = _column(axes, sides[1], wide - 0.15 - sides[1].width, deep)
        for one, other in pairs:
            if one in left and other in right:
                (_, start), (end, _) = left[one], right[other]
                axes.plot(*zip(start, end, strict=True), color=BLUE, linewidth=1.1, zorder=0, solid_capstyle="round")
        for line, words in enumerate(_counts(sides, len(pairs))):
            axes.text(0.15, TOP + STEP * deep + 0.2 + 0.18 * line, words, **NOTE)
        return finish(axes, _words(sides, pairs, on))


def _column(axes: Axes, side: Side, x: float, deep: int) -> dict[int, tuple]:
    """Draw the rows of a table from the top down; for each number, the middles of its left and of its right edge."""
    axes.text(x, TOP - 0.28, shown(side.name), **TITLE)
    drawn = side.rows[:MAX_ROWS]
    # The shorter table is spread over the height of the longer one.
    step = STEP * max(1.0, (deep - 1) / max(len(drawn) - 1, 1)) if len(drawn) > 1 else STEP
    top = TOP if len(drawn) > 1 else TOP + STEP * (deep - 1) / 2
    places = {}
    for number, text in enumerate(drawn, 1):
        y = top + step * (number - 1)
        look = UNKNOWN if number in side.alone else PLAIN
        box(axes, x, y, side.width, text, look)
        places[number] = (x, y + LINE / 2), (x + side.width, y + LINE / 2)
    if len(side.rows) > MAX_ROWS:
        axes.text(x, top + step * len(drawn) + 0.02, f"and {len(side.rows) - MAX_ROWS} more", **NOTE)
    return places


def _counts(sides: list[Side], pairs: int) -> tuple[str, str]:
    every = len(sides[0].rows) * len(sides[1].rows)
    return (
        f"{pairs} of {counted(every, 'pair')} fit: join gives {counted(pairs, 'row')}, "
        f"left join {counted(pairs + len(sides[0].alone), 'row')}.",
        "Hatched: without a partner.",
    )


def _words(sides: list[Side], pairs: list[tuple[int, int]], on: str) -> str:
    left, right = sides
    lines = [
        f"{left.rows[one - 1].split(' ')[0]} to {sum(other == one for other, _ in pairs)}"
        for one in range(1, min(len(left.rows), MAX_ROWS) + 1)
    ]
    alone = [f"in {side.name}: {in_words([side.rows[number - 1] for number in side.alone])}" for side in sides]
    return (
        f"Lines from {left.name} ({counted(len(left.rows), 'row')}) to {right.name} "
        f"({counted(len(right.rows), 'row')}) where {on_one_line(on)}: {in_words(lines)}. "
        f"{' '.join(_counts(sides, len(pairs)))} These are, {'; '.join(alone)}."
    )

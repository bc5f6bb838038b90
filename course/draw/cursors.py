"""A cursor as a bookmark in its result, and how many rows each way of fetching holds at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes

from course.draw.picture import (
    CHOSEN,
    CODE,
    INK,
    LETTER,
    LINE,
    NOTE,
    PLAIN,
    PLAIN_TEXT,
    SPENT,
    TITLE,
    VERMILLION,
    WIDTH,
    Picture,
    box,
    canvas,
    counted,
    finish,
    on_one_line,
    shown,
)

STRIP = 5.4  # inches, the length of the strip of rows
LEFT = 1.6  # inches, left of it
STEP = 0.5  # inches, from one strip to the next
MAX_BOXES = 60
MAX_STEPS = 14
LOOP = "for row in cur"


@dataclass(frozen=True)
class Fetch:
    """A call that moves the bookmark: what it was, by how many rows, and what it returned, in words."""

    call: str
    rows: int
    gave: str


class Bookmarked(sqlite3.Cursor):
    """A cursor that notes what is fetched through it. It gives what any other cursor gives."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        super().__init__(conn)
        self._forget("", ())

    def _forget(self, sql: str, params) -> None:
        self.sql, self.params = sql, params
        self.fetches: list[Fetch] = []
        self.seen: list[tuple] = []

    def _note(self, call: str, rows: list[tuple], gave: str) -> None:
        self.seen += rows
        if call == LOOP and self.fetches and self.fetches[-1].call == LOOP:
            before = self.fetches.pop().rows
            self.fetches.append(Fetch(LOOP, before + len(rows), counted(before + len(rows), "row")))
        else:
            self.fetches.append(Fetch(call, len(rows), gave))

    def execute(self, sql: str, params=(), /) -> Bookmarked:
        super().execute(sql, params)
        self._forget(sql, params)
        return self

    def fetchone(self):
        row = super().fetchone()
        self._note("fetchone()", [] if row is None else [row], "None" if row is None else "1 row")
        return row

    def fetchmany(self, size: int | None = None):
        size = self.arraysize if size is None else size
        rows = super().fetchmany(size)
        self._note(f"fetchmany({size})", rows, _listed(rows))
        return rows

    def fetchall(self):
        rows = super().fetchall()
        self._note("fetchall()", rows, _listed(rows))
        return rows

    def __next__(self):
        try:
            row = super().__next__()
        except StopIteration:
            self._note(LOOP, [], "no row")
            raise
        self._note(LOOP, [row], "1 row")
        return row


def _listed(rows: list) -> str:
    return f"list of {counted(len(rows), 'row')}" if rows else "[]"


def bookmarked(conn: sqlite3.Connection) -> Bookmarked:
    """A new cursor of `conn`, which `cursor` and `held` can draw."""
    return conn.cursor(Bookmarked)


def cursor(cur: Bookmarked) -> Picture:
    """The rows of the last query of `cur` as a strip, once for each fetch since, with the bookmark where it then stood.

    Nothing is fetched through `cur`: the rows ahead of the bookmark come from asking once more, on another cursor.
    """
    if not isinstance(cur, Bookmarked):
        raise TypeError("a plain cursor does not tell its position; make one that does: cur = draw.bookmarked(conn)")
    ahead = _ahead(cur)
    rows = [*cur.seen, *(ahead or [])]
    ends, steps = [0], [Fetch("execute(…)", 0, "the cursor"), *cur.fetches]
    for step in steps[1:]:
        ends.append(ends[-1] + step.rows)
    drawn = list(zip(steps, ends, strict=True))[-MAX_STEPS:]
    with canvas(WIDTH, 0.65 + STEP * len(drawn)) as axes:
        axes.text(0.15, 0.22, on_one_line(cur.sql), **CODE | {"size": 9, "weight": "bold"})
        for i, (step, end) in enumerate(drawn):
            y = 0.6 + STEP * i
            axes.text(0.15, y + LINE / 2, step.call, **CODE)
            _strip(axes, y, rows, end - step.rows, end, more=ahead is None)
            axes.text(LEFT + STRIP + 0.2, y + LINE / 2, f"→ {step.gave}", **PLAIN_TEXT)
        return finish(axes, _words(cur, steps, ends, ahead))


def _ahead(cur: Bookmarked) -> list[tuple] | None:
    """The rows that `cur` has not fetched yet; None where asking once more might change something."""
    if not cur.sql:
        return []
    if cur.sql.split(maxsplit=1)[0].lower() != "select":
        return None
    return cur.connection.execute(cur.sql, cur.params).fetchall()[len(cur.seen) :]


def _strip(axes: Axes, y: float, rows: list[tuple], start: int, end: int, *, more: bool) -> None:
    boxes = rows[:MAX_BOXES]
    wide = min(1.0, STRIP / max(len(boxes), 1))
    for i, row in enumerate(boxes):
        text = shown(row[0])
        look = SPENT if i < start else CHOSEN if i < end else PLAIN
        box(axes, LEFT + i * wide, y, wide, text if len(text) * LETTER < wide - 0.04 else "", look)
    x = LEFT + min(end, len(boxes)) * wide
    axes.plot([x, x], [y - 0.06, y + LINE + 0.06], color=VERMILLION, linewidth=2.4, zorder=5)
    axes.plot([x], [y - 0.1], "v", color=VERMILLION, markersize=8, zorder=5)
    if more or len(rows) > MAX_BOXES:
        axes.text(LEFT + len(boxes) * wide + 0.06, y + LINE / 2, "…", **PLAIN_TEXT)


def _words(cur: Bookmarked, steps: list[Fetch], ends: list[int], ahead: list | None) -> str:
    if not cur.sql:
        return "A cursor that has executed nothing yet."
    total = "rows" if ahead is None else counted(len(cur.seen) + len(ahead), "row")
    told = [f"{step.call} → {step.gave}, bookmark after row {end}" for step, end in zip(steps, ends, strict=True)]
    return f"A strip of {total}, from {on_one_line(cur.sql)}. {'; '.join(told)}."


def held(cursors: Mapping[str, Bookmarked]) -> Picture:
    """How many rows each of `cursors` handed over at once, side by side. The keys are the labels."""
    sizes = {label: _sizes(cur) for label, cur in cursors.items()}
    most = max((size for given in sizes.values() for size in given), default=1)
    with canvas(WIDTH, 2.75) as axes:
        axes.text(0.15, 0.22, "Rows that Python holds at once, from the first row read to the last", **TITLE)
        wide = (WIDTH - 0.15) / max(len(sizes), 1)
        for i, (label, given) in enumerate(sizes.items()):
            _stairs(axes, 0.15 + i * wide, wide - 0.35, label, given, most)
        parts = [f"{label}: at most {max(given, default=0)} of {sum(given)}" for label, given in sizes.items()]
        return finish(axes, f"Rows that Python holds at once. {'; '.join(parts)}.")


def _sizes(cur: Bookmarked) -> list[int]:
    """The rows that each call handed over. A loop takes them one by one."""
    return [
        size for step in cur.fetches for size in ([1] * step.rows if step.call == LOOP else [step.rows]) if size > 0
    ]


def _stairs(axes: Axes, x: float, wide: float, label: str, given: list[int], most: int) -> None:
    floor, tall = 2.2, 1.4
    axes.text(x, 0.58, label, **CODE | {"weight": "bold"})
    left, per_row = x, wide / max(sum(given), 1)
    for size in given:
        height = tall * size / most
        box(axes, left, floor - height, size * per_row, str(size) if size * per_row > 0.2 else "", CHOSEN, height)
        left += size * per_row
    axes.plot([x, x + wide], [floor, floor], color=INK, linewidth=1.2)
    axes.text(x, floor + 0.18, f"at most {counted(max(given, default=0), 'row')} at once", **PLAIN_TEXT)
    axes.text(x, floor + 0.38, f"{counted(sum(given), 'row')} read in {counted(len(given), 'step')}", **NOTE)

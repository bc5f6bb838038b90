"""The code cells of a notebook, and who has which name from whom: in order, or out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from nbformat import NotebookNode

from course.cells import Cell, Need, needs, read
from course.draw.picture import (
    CODE,
    FAINT,
    INK,
    NOTE,
    PLAIN,
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

STEP = 0.27  # inches, from one cell to the next
LEFT, RIGHT = 0.75, 4.75  # inches, where the boxes begin and end
LETTERS = 44
MAX_CELLS = 40
IN_ORDER = {"color": INK, "linewidth": 1.1, "linestyle": "-"}
OUT_OF_ORDER = {"color": VERMILLION, "linewidth": 2.2, "linestyle": (0, (3, 1.5))}
NEVER_RAN = Look(fill=SPENT.fill, edge=FAINT, style="--")


@dataclass(frozen=True)
class Line:
    """A name on its way from a cell to all that need it from there. `giver` is None where no cell gives it."""

    name: str
    giver: Cell | None
    takers: tuple[Cell, ...]
    in_order: bool

    @property
    def rows(self) -> tuple[int, int]:
        """The first and the last of the cells that it touches."""
        places = [cell.place for cell in (self.giver, *self.takers) if cell]
        return min(places), max(places)


def cells(notebook: NotebookNode) -> Picture:
    """The code cells of a notebook in boxes, a line for each name from the cell that gives it to those that need it.

    A line is dashed and red where the cell that gives a name stands below, or ran later, or where there is none. The
    numbers on the left are the execution counts. The first 40 cells are drawn.
    """
    found = read(notebook)[:MAX_CELLS]
    wanted = needs(found)
    lines = _lines(wanted)
    twice = {count for count, times in Counter(cell.count for cell in found if cell.count).items() if times > 1}
    with canvas(WIDTH, 1.05 + STEP * max(len(found), 1)) as axes:
        axes.text(0.15, 0.22, "Who needs whom", **TITLE)
        for cell in found:
            y = _middle(cell)
            number = "[ ]" if cell.count is None else f"[{cell.count}]{'*' if cell.count in twice else ' '}"
            axes.text(LEFT - 0.06, y, number, ha="right", **CODE)
            look = NEVER_RAN if cell.count is None else PLAIN
            box(axes, LEFT, y - 0.11, RIGHT - LEFT, look=look)
            axes.text(LEFT + 0.08, y, _beginning(cell), **CODE | {"size": 7.5})
        lanes = _lanes(lines)
        gap = min(0.62, (WIDTH - RIGHT - 0.75) / max(max(lanes, default=0) + 1, 1))
        for line, lane in zip(lines, lanes, strict=True):
            _draw(axes, line, RIGHT + 0.3 + gap * lane)
        _legend(axes, 0.45 + STEP * len(found) + 0.25, bool(twice))
        return finish(axes, _words(found, wanted, sorted(twice)))


def _lines(wanted: Sequence[Need]) -> list[Line]:
    """One line for a name from one cell, so that what is in order and what is not are two; the longest last."""
    grouped: dict[tuple, list[Need]] = {}
    for need in wanted:
        key = need.name, need.giver and need.giver.place, need.in_order, None if need.in_order else need.cell.place
        grouped.setdefault(key, []).append(need)
    lines = [
        Line(group[0].name, group[0].giver, tuple(need.cell for need in group), group[0].in_order)
        for group in grouped.values()
    ]
    return sorted(lines, key=lambda line: (line.rows[1] - line.rows[0], line.rows))


def _lanes(lines: Sequence[Line]) -> list[int]:
    """A lane for each line, the innermost in which it meets no other."""
    taken: list[list[tuple[int, int]]] = []
    chosen = []
    for line in lines:
        first, last = line.rows
        lane = next((i for i, used in enumerate(taken) if all(last < a or b < first for a, b in used)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((first, last))
        chosen.append(lane)
    return chosen


def _middle(cell: Cell) -> float:
    return 0.45 + STEP * (cell.place - 0.5)


def _beginning(cell: Cell) -> str:
    """The first line of a cell that is more than a comment."""
    lines = [line for line in cell.source.splitlines() if line.strip()]
    line = next((line for line in lines if not line.startswith("#")), lines[0] if lines else "")
    return line if len(line) <= LETTERS else f"{line[: LETTERS - 1]}…"


def _draw(axes: Axes, line: Line, x: float) -> None:
    """From the cell that gives a name to the lane at `x`, along it, and with an arrow to each that needs it."""
    look = IN_ORDER if line.in_order else OUT_OF_ORDER
    over = 2 if line.in_order else 4
    ends = [_middle(cell) + (0.045 if line.giver else 0) for cell in line.takers]
    start = _middle(line.giver) - 0.045 if line.giver else ends[0]
    if line.giver:
        axes.plot([RIGHT, x], [start, start], zorder=over, **look)
        axes.plot([RIGHT], [start], "o", color=look["color"], markersize=3, zorder=over)
        axes.plot([x, x], [start, max(ends) if max(ends) > start else min(ends)], zorder=over, **look)
    for y in ends:
        axes.plot([RIGHT + 0.09, x], [y, y], zorder=over, **look)
        axes.plot([RIGHT + 0.06], [y], "<", color=look["color"], markersize=4.5, zorder=over)
    plate = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
    name = line.name if line.giver else f"{line.name}: no cell"
    style = CODE | {"size": 6.8, "color": look["color"], "weight": "normal" if line.in_order else "bold"}
    axes.text(x + 0.03, (start + ends[0]) / 2 if line.giver else start, name, bbox=plate, zorder=over + 1, **style)


def _legend(axes: Axes, y: float, twice: bool) -> None:
    for x, look, words in ((0.15, IN_ORDER, "needs the name, in order"), (2.55, OUT_OF_ORDER, "out of order")):
        axes.plot([x, x + 0.4], [y, y], **look)
        axes.text(x + 0.48, y, words, **NOTE)
    axes.text(4.15, y, "grey, dashed: has no number", **NOTE)
    if twice:
        axes.text(6.15, y, "* a number that stands twice", **NOTE)


def _called(cell: Cell) -> str:
    return f"cell {cell.place} [{'' if cell.count is None else cell.count}]"


def _told(need: Need) -> str:
    who = f"{_called(need.cell)} needs {need.name}"
    if need.giver is None:
        return f"{who}, which no cell gives"
    if need.giver.place > need.cell.place:
        return f"{who} from {_called(need.giver)}, which stands below"
    late = "" if need.in_order else ", which never ran" if need.giver.count is None else ", which ran later"
    return f"{who} from {_called(need.giver)}{late}"


def _words(found: Sequence[Cell], wanted: Sequence[Need], twice: Sequence[int]) -> str:
    told = [f"{counted(len(found), 'cell')} and what they need of each other."]
    never = [str(cell.place) for cell in found if cell.count is None]
    told += [f"Without a number: cell {in_words(never)}."] if never else []
    told += [f"Numbers that stand twice: {in_words([*map(str, twice)])}."] if twice else []
    for title, order in (("Out of order", False), ("In order", True)):
        items = [_told(need) for need in wanted if need.in_order is order]
        told.append(f"{title}: {'; '.join(items) or 'nothing'}.")
    return " ".join(told)

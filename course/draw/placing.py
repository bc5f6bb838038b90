"""Where data lies: which rows of an array each engine holds under a name, as the engines themselves say."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course.draw.picture import (
    CHOSEN,
    CODE,
    NOTE,
    PLAIN_TEXT,
    SPENT,
    TITLE,
    WIDTH,
    Look,
    Picture,
    box,
    canvas,
    finish,
    in_words,
)

ROW = 0.16  # inches, the height of a row of an array
MAX_ROWS = 24
EMPTY = Look(fill="#ffffff", edge="#dfe3e8", style=":")


def placing(view: Any, whole: np.ndarray, *names: str) -> Picture:
    """The rows of `whole`, and those that each engine of a view holds under each of `names`; at most 24 are drawn.

    The engines are asked; what one holds under a name need not come from `whole`.
    """
    held = {name: view.apply_sync(_held, name) for name in names}
    shown = min(len(whole), MAX_ROWS)
    columns = [(name, place) for name in names for place in range(len(view.targets))]
    wide = (WIDTH - 1.9) / max(len(columns), 1)
    told = []
    with canvas(WIDTH, 1.35 + ROW * shown) as axes:
        axes.text(0.15, 0.22, "Which rows are where", **TITLE)
        axes.text(0.15, 0.62, "here", **CODE | {"weight": "bold"})
        _rows(axes, 0.15, 1.2, shown, range(shown), SPENT)
        for column, (name, place) in enumerate(columns):
            engine, there = view.targets[place], held[name][place]
            rows = _found(there, whole)
            x = 1.75 + wide * column
            axes.text(x, 0.5, f"engine {engine}", **CODE | {"weight": "bold"})
            axes.text(x, 0.7, name, **CODE)
            _rows(axes, x, min(wide - 0.25, 1.3), shown, [row for row in rows if row < shown], CHOSEN)
            axes.text(
                x, 1.1 + ROW * shown, "nothing" if there is None else f"{len(rows)} of {len(whole)}", **PLAIN_TEXT
            )
            told.append(
                f"{name} on engine {engine} holds {_span(rows, len(whole)) if there is not None else 'nothing'}"
            )
        axes.text(0.15, 1.1 + ROW * shown, f"{len(whole)} rows", **PLAIN_TEXT)
        if shown < len(whole):
            axes.text(0.15, 1.25 + ROW * shown, f"the first {shown} are drawn", **NOTE)
        return finish(axes, f"An array of {len(whole)} rows. {in_words(told).capitalize()}.")


def _held(name: str) -> Any:
    """On an engine: the array that is bound to a name there, or None."""
    from IPython import get_ipython

    return get_ipython().user_ns.get(name)


def _found(there: Any, whole: np.ndarray) -> list[int]:
    """The places in `whole` of the rows of `there`, each place once, in order."""
    left = list(range(len(whole)))
    found = []
    for row in [] if there is None else np.asarray(there):
        place = next((k for k in left if np.array_equal(whole[k], row)), None)
        if place is not None:
            left.remove(place)
            found.append(place)
    return found


def _span(rows: list[int], total: int) -> str:
    if len(rows) == total:
        return "all rows"
    if rows == list(range(rows[0], rows[-1] + 1)) if rows else False:
        return f"rows {rows[0]} to {rows[-1]}" if len(rows) > 1 else f"row {rows[0]}"
    return f"rows {in_words([str(row) for row in rows])}" if rows else "no row"


def _rows(axes: Axes, x: float, wide: float, shown: int, filled: Any, look: Look) -> None:
    for row in range(shown):
        is_there = row in filled
        box(axes, x, 0.88 + ROW * row, wide, "", look if is_there else EMPTY, ROW - 0.03)
        if is_there:
            axes.text(x + wide / 2, 0.88 + ROW * (row + 0.42), str(row), ha="center", **CODE | {"size": 6.5})

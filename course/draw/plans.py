"""The plan by which the database answers a query, as a tree."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from matplotlib.axes import Axes

from course.draw.picture import (
    CHOSEN,
    CODE,
    INK,
    LETTER,
    LINE,
    NOTE,
    PLAIN,
    SPENT,
    WIDTH,
    Look,
    Picture,
    box,
    canvas,
    finish,
    on_one_line,
)

STEP = 0.36  # inches, from one node to the next
INDENT = 0.45
# What the first word of a step means.
MEANING = {
    "SCAN": ("reads every row", PLAIN),
    "SEARCH": ("looks up the rows that fit", CHOSEN),
}
OTHER = ("", SPENT)


def plan(conn: sqlite3.Connection, sql: str, params: Sequence | dict = ()) -> Picture:
    """How the database of `conn` would answer `sql`: the steps of EXPLAIN QUERY PLAN, outer ones above inner ones.

    Nothing of `sql` is run. Steps on one level are nested loops: for each row of one, the next is done.
    """
    steps = conn.execute(f"explain query plan {sql}", params).fetchall()
    depths: dict[int, int] = {0: 0}
    nodes = []
    for ident, parent, _, text in steps:
        depths[ident] = depths.get(parent, 0) + 1
        nodes.append((depths[ident], ident, parent, text))
    with canvas(WIDTH, 0.9 + STEP * max(len(nodes), 1)) as axes:
        axes.text(0.15, 0.22, on_one_line(sql), **CODE | {"size": 9, "weight": "bold"})
        places = {0: (0.3, 0.55)}
        axes.text(0.15, 0.5, "the answer", **NOTE)
        for row, (depth, ident, parent, text) in enumerate(nodes):
            places[ident] = 0.3 + INDENT * depth, 0.85 + STEP * row
            _node(axes, places.get(parent, places[0]), places[ident], text)
        return finish(axes, _words(sql, nodes))


def _node(axes: Axes, above: tuple[float, float], at: tuple[float, float], text: str) -> None:
    meaning, look = _meaning(text)
    (x0, y0), (x, y) = above, at
    axes.plot([x0 + 0.1, x0 + 0.1, x], [y0 + LINE / 2, y, y], color=INK, linewidth=1.2, zorder=0)
    words = on_one_line(text, 62)
    wide = len(words) * LETTER + 0.2
    box(axes, x, y - LINE / 2, wide, words, look)
    axes.text(x + wide + 0.12, y, meaning, **NOTE)


def _meaning(text: str) -> tuple[str, Look]:
    return OTHER if text == "SCAN CONSTANT ROW" else MEANING.get(text.split(" ", 1)[0], OTHER)


def _words(sql: str, nodes: list[tuple]) -> str:
    told = []
    for depth, _, _, text in nodes:
        meaning = _meaning(text)[0]
        told.append(f"level {depth}, {text}" + (f" ({meaning})" if meaning else ""))
    return f"The plan of {on_one_line(sql)}: {'; '.join(told) or 'no steps'}."

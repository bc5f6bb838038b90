"""GROUP BY: rows in buckets, and the one row that comes out of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes

from course.draw.picture import (
    CHOSEN,
    CODE,
    FAINT,
    HEADING,
    HEADING_LETTER,
    INK,
    LETTER,
    LINE,
    NOTE,
    PLAIN,
    SIZE,
    UNKNOWN,
    VERMILLION,
    Picture,
    box,
    canvas,
    counted,
    finish,
    in_words,
    on_one_line,
    shown,
)

MAX_BUCKETS = 8
MAX_VALUES = 14
STEP = LINE + 0.04


def buckets(conn: sqlite3.Connection, source: str, by: str, value: str, aggregates: Sequence[str] = ()) -> Picture:
    """The rows of `source` in one bucket for each value of `by`; below, what the `aggregates` make of each bucket.

    All are SQL of your own: `source` is what may stand after `from`, `by` and `value` are columns or expressions,
    `aggregates` such as "count(*)" or "avg(reading)". In a bucket lie the values of `value`.
    """
    found: dict[Any, list[str]] = {}
    for key, text in conn.execute(f"select {by}, {value} from {source} order by 1"):
        found.setdefault(key, []).append(_short(text))
    wanted = ", ".join([by, *aggregates])
    results = {key: list(map(_short, row)) for key, *row in conn.execute(f"select {wanted} from {source} group by 1")}
    return _drawn(f"from {source} group by {by}", found, results, list(aggregates))


def _short(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else shown(value)


def _drawn(title: str, found: dict, results: dict, aggregates: list[str]) -> Picture:
    keys = list(found)[:MAX_BUCKETS]
    deep = max((min(len(found[key]), MAX_VALUES) for key in keys), default=1)
    floor = 0.75 + STEP * deep
    # No wider than it must be: a phone shows all of it.
    texts = [text for key in keys for text in (_short(key), *found[key][:MAX_VALUES], *results.get(key, []))]
    wide = min(1.35, max(map(len, texts), default=4) * LETTER + 0.4)
    title, labels = on_one_line(title), [on_one_line(aggregate, 24) for aggregate in aggregates]
    left = 0.3 + max(map(len, ["one row each", *labels])) * LETTER * SIZE / 8
    more = f"and {len(found) - len(keys)} more" if len(found) > len(keys) else ""
    across = max(left + wide * len(keys) + 0.05, 0.3 + len(title) * HEADING_LETTER)
    with canvas(across, floor + 0.5 + 0.26 * (1 + len(labels))) as axes:
        axes.text(0.15, 0.25, title, **HEADING)
        axes.text(0.15, floor + 0.27, "one row each", **NOTE)
        for row, label in enumerate(labels):
            axes.text(0.15, floor + 0.55 + 0.26 * row, label, **CODE)
        for place, key in enumerate(keys):
            _bucket(axes, left + wide * place, floor, wide - 0.18, key, found[key], results.get(key, []))
        axes.text(across - 0.15, 0.5, more, ha="right", **NOTE)
        return finish(axes, _words(title, found, results, aggregates))


def _bucket(axes: Axes, x: float, floor: float, wide: float, key: Any, values: list[str], results: list[str]) -> None:
    top = floor - STEP * (min(len(values), MAX_VALUES) + 0.7)
    look = {"color": FAINT if key is None else INK, "linewidth": 1.6, "linestyle": "--" if key is None else "-"}
    corners = [(x, top), (x, floor + 0.04), (x + wide, floor + 0.04), (x + wide, top)]
    for (x0, y0), (x1, y1) in pairwise(corners):
        axes.plot([x0, x1], [y0, y1], **look)
    if len(values) > MAX_VALUES:
        axes.text(x + wide / 2, top, f"{len(values) - MAX_VALUES} more", ha="center", **NOTE | {"color": VERMILLION})
    for number, text in enumerate(values[:MAX_VALUES]):
        y = floor - STEP * (number + 1)
        fits = text if len(text) * LETTER < wide - 0.1 else ""
        box(axes, x + 0.05, y, wide - 0.1, fits, UNKNOWN if text == "NULL" else PLAIN)
    name = _short(key)
    room = int((wide + 0.1) / LETTER)
    box(axes, x, floor + 0.16, wide, name[:room], UNKNOWN if key is None else CHOSEN)
    for row, text in enumerate(results):
        axes.text(x + wide / 2, floor + 0.55 + 0.26 * row, text[:room], ha="center", **CODE)


def _words(title: str, found: dict, results: dict, aggregates: list[str]) -> str:
    told = []
    for key, values in found.items():
        made = [f"{aggregate} = {text}" for aggregate, text in zip(aggregates, results.get(key, []), strict=False)]
        told.append(f"{_short(key)} holds {in_words(values)}" + (f", which makes {in_words(made)}" if made else ""))
    return f"{counted(len(found), 'bucket')}, {title}. {'; '.join(told)}."

"""Conditions: three truth values, and which rows a condition lets through."""

from __future__ import annotations

import math
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
    PLAIN_TEXT,
    TITLE,
    UNKNOWN,
    WIDTH,
    Picture,
    box,
    canvas,
    finish,
    in_words,
    on_one_line,
    shown,
)
from course.survey import quoted

MARGIN = 1.75  # inches, left of the rows
MAX_CARDS = 30
# What the database answers, what that is called, and how it is drawn.
TRUTH = {1: ("true", CHOSEN), 0: ("false", PLAIN), None: ("unknown", UNKNOWN)}


def sieve(conn: sqlite3.Connection, table: str, condition: str, params: Sequence | dict = ()) -> Picture:
    """`table` falling through `where condition`: rows that pass, rows that stay out, rows that stick between.

    `condition` is SQL of your own; values that come from elsewhere belong in `params`.
    """
    groups: dict[int | None, list[str]] = {0: [], None: [], 1: []}
    for verdict, *row in conn.execute(f"select ({condition}), * from {quoted(table)}", params):
        # In SQLite every number but 0 is true.
        groups[verdict if verdict is None else int(bool(verdict))].append(" ".join(map(shown, row)))
    values = [f":{key} = {value!r}" for key, value in params.items()] if isinstance(params, dict) else map(repr, params)
    bound = ", ".join(values)
    title = on_one_line(f"from {table} where {condition}" + (f"   with {bound}" if bound else ""))
    return _drawn(title, groups)


def _drawn(title: str, groups: dict[int | None, list[str]]) -> Picture:
    cards = {truth: _few(texts) for truth, texts in groups.items()}
    wide = max((len(text) for texts in cards.values() for text in texts), default=10) * LETTER + 0.18
    per_line = max(1, int((WIDTH - MARGIN) // (wide + 0.1)))
    step = LINE + 0.08
    heights = {truth: max(1.4, math.ceil(len(texts) / per_line)) * step + 0.2 for truth, texts in cards.items()}
    with canvas(WIDTH, sum(heights.values()) + 0.5) as axes:
        axes.text(0.15, 0.25, title, **CODE | {"size": 9, "weight": "bold"})
        y = 0.45
        for truth, fate in ((0, "stay out"), (None, "stick between"), (1, "pass")):
            name, look = TRUTH[truth]
            if truth is None:
                _mesh(axes, y, heights[truth])
            axes.text(0.15, y + 0.2, name, **TITLE)
            axes.text(0.15, y + 0.4, f"{len(groups[truth])} {fate}", **PLAIN_TEXT)
            for i, text in enumerate(cards[truth]):
                down, across = divmod(i, per_line)
                at = MARGIN + across * (wide + 0.1), y + 0.14 + down * step
                box(axes, *at, wide, text, look._replace(weight="normal"))
            y += heights[truth]
        return finish(axes, _sieve_words(title, groups))


def _few(texts: list[str]) -> list[str]:
    return texts if len(texts) <= MAX_CARDS else [*texts[:MAX_CARDS], f"… {len(texts) - MAX_CARDS} more"]


def _mesh(axes: Axes, y: float, height: float) -> None:
    """The sieve itself: two lines with holes in them; what sticks lies between."""
    for edge in (y, y + height):
        axes.plot([0.05, WIDTH - 0.05], [edge, edge], color=INK, linewidth=2.2, dashes=(3, 1.6))


def _sieve_words(title: str, groups: dict[int | None, list[str]]) -> str:
    return (
        f"A sieve: {title}. True, so they pass: {len(groups[1])}. False, so they stay out: {len(groups[0])}. "
        f"Unknown, so they stick between and stay out too: {len(groups[None])} ({in_words(groups[None])})."
    )


def truth_table(conn: sqlite3.Connection) -> Picture:
    """What `and`, `or` and `not` make of true, false and unknown. The database of `conn` is asked for each answer."""
    values = (1, 0, None)
    tables = {
        word: {(a, b): _answer(conn, f"? {word} ?", a, b) for a in values for b in values} for word in ("and", "or")
    }
    negated = {a: _answer(conn, "not ?", a) for a in values}
    wide, high, top, x = 0.78, 0.34, 0.45, 0.15
    with canvas(WIDTH, 2.2) as axes:
        axes.text(x, 0.22, "Three truth values, as this database answers", **TITLE)
        for word, answers in tables.items():
            axes.text(x + wide / 2, top + high / 2, f"a {word} b", ha="center", **CODE)
            for i, a in enumerate(values, 1):
                _operand(axes, x + wide * i, top, wide, f"b {TRUTH[a][0]}")
                _operand(axes, x, top + high * i, wide, f"a {TRUTH[a][0]}")
                for j, b in enumerate(values, 1):
                    _verdict(axes, x + wide * j, top + high * i, wide, high, answers[a, b])
            x += wide * 4 + 0.25
        axes.text(x + wide * 1.5, top + high / 2, "not a", ha="center", **CODE)
        for i, a in enumerate(values, 1):
            _operand(axes, x, top + high * i, wide, f"a {TRUTH[a][0]}")
            _verdict(axes, x + wide, top + high * i, wide, high, negated[a])
        axes.text(0.15, 2.03, "SQLite writes true, false and unknown as 1, 0 and NULL.", **NOTE)
        return finish(axes, _truth_words(tables, negated))


def _answer(conn: sqlite3.Connection, expression: str, *values: int | None) -> int | None:
    (answer,) = conn.execute(f"select {expression}", values).fetchone()
    return answer


def _operand(axes: Axes, x: float, y: float, wide: float, text: str) -> None:
    axes.text(x + wide / 2, y + 0.17, text, ha="center", **PLAIN_TEXT | {"size": 7.5})


def _verdict(axes: Axes, x: float, y: float, wide: float, high: float, value: int | None) -> None:
    box(axes, x + 0.03, y + 0.03, wide - 0.06, *TRUTH[value], height=high - 0.06)


def _truth_words(tables: dict[str, dict], negated: dict) -> str:
    lines = [
        f"{TRUTH[a][0]} {word} {TRUTH[b][0]} is {TRUTH[answer][0]}"
        for word, answers in tables.items()
        for (a, b), answer in answers.items()
    ]
    lines += [f"not {TRUTH[a][0]} is {TRUTH[answer][0]}" for a, answer in negated.items()]
    return "Three truth values, as this database answers: " + "; ".join(lines) + "."

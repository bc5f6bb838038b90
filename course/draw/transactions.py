"""Transactions of several connections to one database, side by side in the order in which things happened."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes

from course import survey
from course.draw.picture import (
    CHOSEN,
    FAINT,
    INK,
    LETTER,
    LINE,
    NOTE,
    ORANGE,
    PLAIN,
    TITLE,
    VERMILLION,
    WIDTH,
    Look,
    Picture,
    box,
    canvas,
    counted,
    finish,
    on_one_line,
    shown,
)

STEP = 0.36  # inches, from one statement to the next
TOP = 0.75
MAX_EVENTS = 40
REFUSED = Look(fill="#fbe3d6", edge=VERMILLION, style="--", weight="bold", line=1.8)


@dataclass
class Event:
    """A statement: who made it, what it gave or which error it met, and whether a transaction was open after it."""

    who: str
    text: str
    gave: str = ""
    error: str = ""
    inside: bool = False


class Witnessed(sqlite3.Connection):
    """A connection whose statements are noted in a `story` that it shares with others, also those that sqlite3 adds."""

    who = ""
    story: list[Event]

    def cursor(self, factory: type[sqlite3.Cursor] | None = None) -> sqlite3.Cursor:
        return super().cursor(WitnessedCursor if factory is None else factory)

    # The inherited methods make cursors of their own, or none.
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        return self.cursor().executemany(sql, parameters)

    def commit(self) -> None:
        self._noting("commit", super().commit)

    def rollback(self) -> None:
        self._noting("rollback", super().rollback)

    def __exit__(self, kind: Any, *rest: Any) -> bool:
        (self.commit if kind is None else self.rollback)()
        return False

    def _noting(self, text: str, act: Any, *arguments: Any) -> Any:
        """Act, and note what that did: the statements that were begun, and the error that was met."""
        start = len(self.story)
        self.set_trace_callback(self._begun)
        try:
            return act(*arguments)
        except sqlite3.Error as error:
            if len(self.story) == start:
                self._begun(text)
            self.story[-1].error = str(error)
            raise
        finally:
            self.set_trace_callback(None)
            for event in self.story[start:]:
                event.inside = self.in_transaction

    def _begun(self, text: str) -> None:
        if not text.startswith("--"):  # what a trigger does
            self.story.append(Event(self.who, " ".join(text.split())))


class WitnessedCursor(sqlite3.Cursor):
    """A cursor of a Witnessed connection."""

    event: Event | None = None

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        return self._noted(sql, super().execute, sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        return self._noted(sql, super().executemany, sql, parameters)

    def fetchone(self) -> Any:
        row = super().fetchone()
        return self._gave(row, "None" if row is None else ", ".join(map(shown, row)))

    def fetchall(self) -> list:
        rows = super().fetchall()
        return self._gave(rows, counted(len(rows), "row"))

    def _noted(self, text: str, act: Any, *arguments: Any) -> Any:
        start = len(self.connection.story)
        result = self.connection._noting(text, act, *arguments)
        self.event = self.connection.story[-1] if len(self.connection.story) > start else None
        return result

    def _gave(self, result: Any, words: str) -> Any:
        if self.event:
            self.event.gave = words
            self.event.inside = self.connection.in_transaction
        return result


def witnessed(path: str | Path, *names: str, timeout: float = 0) -> tuple[Witnessed, ...]:
    """Connections to the database `path`, one for each name, whose statements `history` can draw.

    `timeout` is for how many seconds they wait for a lock: by default they do not.
    """
    story: list[Event] = []
    made = tuple(survey.connect(path, factory=Witnessed, timeout=timeout) for _ in names)
    for conn, name in zip(made, names, strict=True):
        conn.who, conn.story = name, story
    return made


def history(*conns: Witnessed) -> Picture:
    """What `conns`, made together by `witnessed`, have done: time runs downwards, a column for each.

    A thick bar is an open transaction. BEGIN, COMMIT and ROLLBACK stand there also where sqlite3 or `with` made them.
    """
    if not conns or not all(isinstance(conn, Witnessed) for conn in conns):
        raise TypeError('plain connections tell no story; make some that do: a, b = draw.witnessed(path, "a", "b")')
    names = [conn.who for conn in conns]
    events = [event for event in conns[0].story if event.who in names][-MAX_EVENTS:]
    wide = WIDTH / len(names)
    with canvas(WIDTH, TOP + STEP * len(events) + 0.25) as axes:
        for place, name in enumerate(names):
            axes.text(0.2 + wide * place, 0.25, shown(name), **TITLE)
            _lane(axes, 0.3 + wide * place, [(event if event.who == name else None) for event in events])
        axes.text(0.2, 0.48, "time runs downwards; a thick bar is an open transaction", **NOTE)
        for row, event in enumerate(events):
            _statement(axes, 0.45 + wide * names.index(event.who), TOP + STEP * row, wide - 0.6, event)
        return finish(axes, _words(events, names))


def _lane(axes: Axes, x: float, events: list[Event | None]) -> None:
    """The line of one connection, thick from where its transaction begins to where it ends."""
    end = TOP + STEP * len(events)
    axes.plot([x, x], [TOP - 0.12, end], color=FAINT, linewidth=1, zorder=0)
    start = None
    for row, event in enumerate(events):
        y = TOP + STEP * row + LINE / 2
        if event and event.inside and start is None:
            start = y
        elif event and not event.inside and start is not None:
            _bar(axes, x, start, y)
            start = None
    if start is not None:
        _bar(axes, x, start, end)


def _bar(axes: Axes, x: float, start: float, end: float) -> None:
    axes.plot([x, x], [start, end], color=INK, linewidth=7, zorder=1, solid_capstyle="butt")
    axes.plot([x, x], [start, end], color=ORANGE, linewidth=5, zorder=2, solid_capstyle="butt")


def _statement(axes: Axes, x: float, y: float, wide: float, event: Event) -> None:
    ends = event.text.upper().startswith(("BEGIN", "COMMIT", "ROLLBACK"))
    look = REFUSED if event.error else CHOSEN if ends else PLAIN
    met = f" ✗ {event.error}" if event.error else f" → {event.gave}" if event.gave else ""
    room = int((wide - 0.2) / LETTER)
    met = on_one_line(met, room // 2)  # what came of it is seen whole, and the statement is cut
    text = f"{on_one_line(event.text, room - len(met) - 1)} {met}".strip()
    box(axes, x, y, min(wide, len(text) * LETTER + 0.2), text, look)


def _words(events: list[Event], names: list[str]) -> str:
    told = []
    for event in events:
        met = f", refused: {event.error}" if event.error else f" → {event.gave}" if event.gave else ""
        told.append(f"{event.who}: {on_one_line(event.text)}{met} ({'in' if event.inside else 'no'} transaction)")
    return f"A history of {' and '.join(names)}, in order. {'; '.join(told) or 'Nothing has happened'}."

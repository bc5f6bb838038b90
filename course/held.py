"""A watched connection that also knows how many of its rows are still held somewhere.

    conn = held.connect(survey.path())
    rows = conn.execute("select * from Survey").fetchall()
    conn.rows["most"]      # 21: so many were held at the same time
    conn.largest_fetch     # 21: so many were handed out at once

A row is a tuple like any other. It is counted from the moment in which it is handed out until nobody refers to it, nor
to a float that was in it: who throws the rows away and keeps their readings holds them all the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course import survey, watch


def connect(path: str | Path | None = None) -> Holding:
    """A connection to the database `path`, or to a new private copy of the survey, that counts the rows held."""
    return survey.connect(path, factory=Holding)


class _Held:
    """Stands for a row, and is let go with it and with the last of its floats."""

    def __init__(self, counts: dict[str, int]):
        self.counts = counts
        counts["now"] += 1
        counts["most"] = max(counts["most"], counts["now"])

    def __del__(self) -> None:
        self.counts["now"] -= 1


class Row(tuple):
    """A row that counts itself, in the dict that its connection keeps."""


class Reading(float):
    """A float that keeps the row counted from which it comes."""


class Holding(watch.Watched):
    """A connection that notes statements and fetches in `notes`, and in `rows` how many rows are held.

    `rows["now"]` is the number of rows that somebody still refers to, `rows["most"]` the largest that it has been.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.rows = {"now": 0, "most": 0}
        self.row_factory = _counted


def _counted(cursor: watch.WatchedCursor, values: tuple) -> Row:
    held = _Held(cursor.connection.rows)
    row = Row(Reading(value) if type(value) is float else value for value in values)
    for each in (row, *row):
        if isinstance(each, Row | Reading):
            each.held = held
    return row

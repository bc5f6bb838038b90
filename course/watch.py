"""A sqlite3 connection that notes what it is asked to do, and how many rows it hands out.

    conn = watch.connect(survey.path())
    conn.execute("select * from Person where ident = ?", ("lake",)).fetchall()
    conn.notes         # [("execute", "select * from Person where ident = ?", ("lake",)), ("fetch", 1)]
    conn.statements    # ["select * from Person where ident = ?"]
    conn.parameters    # ["lake"]
    conn.rows_fetched  # 1

It is a `sqlite3.Connection`, so pandas and SQLAlchemy (`creator=lambda: conn`) take it, too. Its notes are plain
tuples: every statement as ("execute" or "executemany" or "executescript", SQL, parameters), in the order in which
they were made, and every fetch as ("fetch", number of rows). A row that a `for` loop takes is a fetch of one row.
A fetch that found nothing is noted, too: with it, one can tell that the end was reached. A `backup`
is noted as a fetch of all rows, and a row with long texts in it as several: one more for every LETTERS of them.

The notes are made in the process where the connection is used. Whoever runs code there can also make notes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from course import survey

# Who packs many rows into one text moves them all the same.
LETTERS = 500


def connect(path: str | Path | None = None) -> Watched:
    """A watched connection to the database `path`, or to a new private copy of the survey. The file must exist."""
    return survey.connect(path, factory=Watched)


class Watched(sqlite3.Connection):
    """A connection whose cursors note statements and fetches in the list `notes`."""

    def __init__(self, database: str | Path, *args: Any, **kwargs: Any):
        super().__init__(database, *args, **kwargs)
        self.path = Path(database)
        self.notes: list[tuple] = []

    def cursor(self, factory: type[sqlite3.Cursor] | None = None) -> sqlite3.Cursor:
        """A cursor that writes to `notes`; one of another class, where it is asked for, does not."""
        return super().cursor(WatchedCursor if factory is None else factory)

    # The inherited three make their own cursor, past the method above.
    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable) -> sqlite3.Cursor:
        return self.cursor().executemany(sql, parameters)

    def executescript(self, script: str) -> sqlite3.Cursor:
        return self.cursor().executescript(script)

    def backup(self, *args: Any, **kwargs: Any) -> None:
        super().backup(*args, **kwargs)
        cur = super().cursor(sqlite3.Cursor)
        tables = cur.execute("select name from sqlite_master where type = 'table'").fetchall()
        rows = sum(cur.execute(f'select count(*) from "{name}"').fetchone()[0] for (name,) in tables)
        self.notes.append(("fetch", rows))

    @property
    def statements(self) -> list[str]:
        """The SQL of each statement, in order."""
        return [note[1] for note in self.notes if note[0] != "fetch"]

    @property
    def parameters(self) -> list:
        """All values that were bound to statements, in order."""
        return [value for note in self.notes if note[0] != "fetch" for value in _values(note[2])]

    @property
    def rows_fetched(self) -> int:
        """How many rows were handed out."""
        return sum(note[1] for note in self.notes if note[0] == "fetch")

    @property
    def largest_fetch(self) -> int:
        """The largest number of rows that were handed out at once; 0 where there was no fetch."""
        return max((note[1] for note in self.notes if note[0] == "fetch"), default=0)


class WatchedCursor(sqlite3.Cursor):
    """A cursor of a Watched connection."""

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        self.connection.notes.append(("execute", sql, _plain(parameters)))
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable) -> sqlite3.Cursor:
        rows = list(parameters)
        self.connection.notes.append(("executemany", sql, [_plain(row) for row in rows]))
        return super().executemany(sql, rows)

    def executescript(self, script: str) -> sqlite3.Cursor:
        self.connection.notes.append(("executescript", script, ()))
        return super().executescript(script)

    def fetchone(self) -> Any:
        row = super().fetchone()
        self._fetched([] if row is None else [row])
        return row

    def fetchmany(self, size: int | None = None) -> list:
        rows = super().fetchmany(self.arraysize if size is None else size)
        self._fetched(rows)
        return rows

    def fetchall(self) -> list:
        rows = super().fetchall()
        self._fetched(rows)
        return rows

    def __next__(self) -> Any:
        try:
            row = super().__next__()
        except StopIteration:
            self._fetched([])
            raise
        self._fetched([row])
        return row

    def _fetched(self, rows: list) -> None:
        self.connection.notes.append(("fetch", sum(1 + _letters(row) // LETTERS for row in rows)))


def _letters(row: Any) -> int:
    """How long the texts of a row are together. A row may be whatever the connection's `row_factory` makes of it."""
    return sum(len(value) for value in row if isinstance(value, str | bytes)) if isinstance(row, tuple | list) else 0


def _plain(parameters: Any) -> tuple | dict:
    if isinstance(parameters, Mapping):
        return dict(parameters)
    try:
        return tuple(parameters)
    except TypeError:  # neither names nor places: sqlite3 will say so in its own words
        return (parameters,)


def _values(parameters: tuple | dict | list) -> Iterable:
    if isinstance(parameters, list):
        return [value for row in parameters for value in _values(row)]
    return parameters.values() if isinstance(parameters, dict) else parameters

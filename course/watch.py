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
A fetch that found nothing is noted, too: with it, one can tell that the end was reached. What brings rows here without
a cursor is noted as a fetch as well: `backup` and `serialize` as one of all rows, `blobopen` as one of a long text, and
a Python function or aggregate as one of a row for each call that the database makes of it. A row with long texts in it
is noted as several: one more for every LETTERS of them.

The notes are made in the process where the connection is used. Whoever runs code there can also make notes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import partial
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

    def backup(self, *args: Any, name: str = "main", **kwargs: Any) -> None:
        super().backup(*args, name=name, **kwargs)
        self._fetched_all(name)

    def serialize(self, *, name: str = "main") -> bytes:
        content = super().serialize(name=name)
        self._fetched_all(name)
        return content

    def blobopen(self, *args: Any, **kwargs: Any) -> sqlite3.Blob:
        blob = super().blobopen(*args, **kwargs)
        self.notes.append(("fetch", 1 + len(blob) // LETTERS))
        return blob

    def create_function(self, name: str, narg: int, func: Callable | None, **kwargs: Any) -> None:
        super().create_function(name, narg, func and _noting(self.notes, func), **kwargs)

    def create_aggregate(self, name: str, n_arg: int, aggregate_class: Callable | None) -> None:
        super().create_aggregate(name, n_arg, aggregate_class and partial(_Aggregate, self.notes, aggregate_class))

    def create_window_function(self, name: str, num_params: int, aggregate_class: Callable | None, /) -> None:
        made = aggregate_class and partial(_Aggregate, self.notes, aggregate_class)
        super().create_window_function(name, num_params, made)

    def _fetched_all(self, schema: str) -> None:
        cur = super().cursor(sqlite3.Cursor)
        inside = survey.quoted(schema)
        tables = cur.execute(f"select name from {inside}.sqlite_master where type = 'table'").fetchall()
        counts = (
            cur.execute(f"select count(*) from {inside}.{survey.quoted(name)}").fetchone()[0] for (name,) in tables
        )
        self.notes.append(("fetch", sum(counts)))

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
        self.connection.notes.append(("fetch", sum(map(_weight, rows))))


class _Aggregate:
    """What a class of aggregates makes, with a note of each row that it is given."""

    def __init__(self, notes: list[tuple], of: Callable):
        self._of = of()
        self.step = _noting(notes, self._of.step)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._of, name)


def _noting(notes: list[tuple], function: Callable) -> Callable:
    """`function`, with a note of each call as of a row that was fetched."""

    def noting(*values: Any) -> Any:
        notes.append(("fetch", _weight(values)))
        return function(*values)

    return noting


def _weight(row: Any) -> int:
    """As how many rows a row counts."""
    return 1 + _letters(row) // LETTERS


def _letters(row: Any) -> int:
    """How long the texts of a row are together. A row may be whatever the connection's `row_factory` makes of it."""
    if isinstance(row, Mapping):
        row = row.values()
    elif not isinstance(row, tuple | list | sqlite3.Row):
        row = (row,)
    return sum(len(value) for value in row if isinstance(value, str | bytes | bytearray))


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

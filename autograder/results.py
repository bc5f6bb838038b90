"""Results, kept by what they came from: the same cells and files, graded by the same checks, need not be run again.

They lie in a file of their own beside the gradebook, and may be deleted: then everything is run again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import sysconfig
import zlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder import notebook
from autograder.airlock import Graded
from autograder.model import Outcome, Verdict
from autograder.notebook import NotebookNode

# Where in a course's folder lies what is this grader's own.
HIDDEN = ".autograder"
_TABLES = """
create table if not exists result (key text primary key, value blob not null);
create table if not exists applied (
    assignment text, student text, submission text not null, result text not null, seconds real not null,
    primary key (assignment, student)
);
create table if not exists wanted (
    assignment text, student text, notebook text, result text not null, primary key (assignment, student, notebook)
);
create index if not exists wanted_result on wanted (result);
"""


class ResultsError(Exception):
    """The file of results cannot be used. The message names it and says what to do."""


@dataclass(frozen=True)
class Kept:
    """What is kept of a notebook that was graded: itself with outputs, what came of it, what was odd, its seconds."""

    notebook: NotebookNode = field(hash=False)
    outcomes: tuple[Outcome, ...]
    flags: tuple[str, ...]
    seconds: float

    @classmethod
    def of(cls, graded: Graded) -> Kept:
        """The same from what the airlock says."""
        return cls(graded.notebook, graded.result.outcomes, graded.flags, graded.result.seconds)


class Results:
    """A context manager over the file of results at `path`. ResultsError where it cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of_course(cls, root: Path) -> Self:
        """Those of the course in the folder `root`."""
        return cls(root / HIDDEN / "results.db")

    def __enter__(self) -> Self:
        with self._speaking():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path)
            self._db.executescript("pragma journal_mode = wal; pragma synchronous = normal;" + _TABLES)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def find(self, key: str) -> Kept | None:
        """The result that is kept under this key."""
        with self._speaking():
            row = self._db.execute("select value from result where key = ?", (key,)).fetchone()
        return _unpacked(row[0]) if row else None

    def keep(self, results: Mapping[str, Kept]) -> None:
        """Keep results by their keys."""
        rows = [(key, _packed(kept)) for key, kept in results.items()]
        with self._speaking(), self._db:
            self._db.executemany("insert or replace into result values (?, ?)", rows)

    def want(self, assignment: str, student: str, keys: Mapping[str, str]) -> None:
        """Remember by which keys the results of a submission are found, by notebook, instead of those before."""
        rows = [(assignment, student, name, key) for name, key in keys.items()]
        with self._speaking(), self._db:
            self._db.execute("delete from wanted where assignment = ? and student = ?", (assignment, student))
            self._db.executemany("insert into wanted values (?, ?, ?, ?)", rows)

    def prune(self, assignment: str, students: Collection[str]) -> int:
        """Drop the results that no submission of the course wants; how many those were.

        `students` are all who have handed in this assignment. The file uses the room again.
        """
        with self._speaking(), self._db:
            known = self._db.execute("select distinct student from wanted where assignment = ?", (assignment,))
            gone = [(assignment, student) for (student,) in known.fetchall() if student not in students]
            self._db.executemany("delete from wanted where assignment = ? and student = ?", gone)
            return self._db.execute("delete from result where key not in (select result from wanted)").rowcount

    def applied(self, assignment: str) -> dict[str, tuple[str, str]]:
        """Whose results are in the gradebook, by student: what was handed in, and the result, both by their keys."""
        with self._speaking():
            rows = self._db.execute(
                "select student, submission, result from applied where assignment = ?", (assignment,)
            )
            return {student: (submission, result) for student, submission, result in rows}

    def seconds(self, assignment: str) -> dict[str, float]:
        """How long the runs of those took whose results are in the gradebook, by student."""
        with self._speaking():
            return dict(self._db.execute("select student, seconds from applied where assignment = ?", (assignment,)))

    def apply(self, assignment: str, students: Mapping[str, tuple[str, str, float]]) -> None:
        """Remember that these are in the gradebook: the keys as above, and the seconds."""
        rows = [(assignment, student, *keys) for student, keys in students.items()]
        with self._speaking(), self._db:
            self._db.executemany("insert or replace into applied values (?, ?, ?, ?, ?)", rows)

    def _speaking(self) -> _Speaking:
        return _Speaking(self.path)


@dataclass(frozen=True)
class _Speaking:
    path: Path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, (sqlite3.Error, OSError)):
            raise ResultsError(
                f"{self.path}: results cannot be kept there ({error}). Make room, or let it be written; if the file is "
                "broken, delete it: then everything is graded anew."
            ) from error


def key(*parts: object) -> str:
    """A name for what these are: the same for the same, and for nothing else."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False, default=repr).encode()).hexdigest()


def of_cells(book: NotebookNode) -> str:
    """A key for what of a notebook counts when it is graded: its cells, without outputs."""
    return key([[cell.cell_type, cell.source, cell.metadata.get("nbgrader")] for cell in book.cells])


def of_files(files: Mapping[str, bytes]) -> str:
    """A key for files by name."""
    return key({name: hashlib.sha256(content).hexdigest() for name, content in files.items()})


@cache
def environment() -> str:
    """A key for what grades: the interpreter, the packages beside it, this grader and the course's own package."""
    installed = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    course = getattr(find_spec("course"), "submodule_search_locations", None) or ()
    own = [
        (path.name, hashlib.sha256(path.read_bytes()).hexdigest())
        for folder in (Path(__file__).parent, *map(Path, course))
        for pattern in ("*.py", "*.sql")
        for path in sorted(folder.rglob(pattern))
    ]
    return key(sys.version, installed, own)


def _packed(kept: Kept) -> bytes:
    parts: dict[str, Any] = {
        "notebook": kept.notebook,
        "outcomes": [asdict(outcome) for outcome in kept.outcomes],
        "flags": kept.flags,
        "seconds": kept.seconds,
    }
    return zlib.compress(json.dumps(parts, ensure_ascii=False).encode(), 1)


def _unpacked(value: bytes) -> Kept:
    parts = json.loads(zlib.decompress(value))
    outcomes = (Outcome(**{**outcome, "verdict": Verdict(outcome["verdict"])}) for outcome in parts["outcomes"])
    book = notebook.parse(json.dumps(parts["notebook"]), "a kept result")
    return Kept(book, tuple(outcomes), tuple(parts["flags"]), parts["seconds"])

"""The gradebook, held open: what stands in it of one assignment, and the only thing that writes into it.

Rows are nbgrader's own, by the tables of its API. They are read and written for many submissions at a time, in one
transaction: either all that belongs to a submission is in the gradebook, or nothing of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nbgrader.api import Assignment, Base, BaseCell, Gradebook, Notebook
from sqlalchemy import Engine, create_engine, event, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from autograder.meant import meant

from . import rows
from .course import Course
from .errors import BusyError, GradebookError
from .holders import holders
from .rows import Cell, Entry, Standing

# How long to wait for somebody else who is writing.
PATIENCE_SECONDS = 30
# What SQLite says where there is no room, or no permission, to write, and what to do then.
NO_ROOM = ("full", "readonly", "disk I/O")
KEPT = "Results so far are kept: make room, or let it be written, and run this again."
# What nbgrader calls a course to which nobody gave a name.
NO_NAME = ("", "default_course")


@dataclass(frozen=True)
class Page:
    """A notebook's score, and for each of its cells what nbgrader's GetGrades puts into it: score, points, comment.

    `waits` says whether a person has to look at the cell.
    """

    score: float
    max_score: float
    penalty: float
    cells: dict[str, dict[str, Any]]


@dataclass
class Book:
    """A context manager over the gradebook of one assignment. GradebookError where it cannot be used, with reasons.

    `notebooks` are ids by name, `cells` what each notebook consists of; both as the gradebook has them.
    """

    course: Course
    assignment: str

    def __enter__(self) -> Self:
        self.url = self.course.db_url
        self.path = Path(make_url(self.url).database or "") if self.url.startswith("sqlite") else None
        if self.path and not self.path.is_file():
            raise self._unknown(f"{self.path}: there is no gradebook.")
        with self.speaking():
            self._look_at_the_schema()
            self._book = Gradebook(self.url, self.course.course_id)
            self.db = self._book.db
            _be_patient(self._book.engine)
            found = self.db.scalars(select(Assignment).where(Assignment.name == self.assignment)).one_or_none()
            if found is None:
                near = meant(self.assignment, sorted(self.db.scalars(select(Assignment.name))))
                raise self._unknown(f"{self.url}: does not know the assignment {self.assignment!r}. {near}")
            if found.course_id not in {*NO_NAME, self.course.course_id}:
                raise GradebookError(
                    f"{self.url}: is the gradebook of the course {found.course_id!r}, and this one is "
                    f"{self.course.course_id!r}. Set c.CourseDirectory.course_id, or c.CourseDirectory.db_url."
                )
            self.id, self.duedate = found.id, found.duedate
            self.read_structure()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def look_whether_writable(self) -> None:
        """GradebookError where nothing can be written: to be said before a class is graded, and not after."""
        if self.path and not all(os.access(path, os.W_OK) for path in (self.path, self.path.absolute().parent)):
            raise GradebookError(f"{self.path}: may not be written by this user; its folder has to be writable, too.")

    def read_structure(self) -> None:
        """Look again at what the assignment consists of."""
        found = self.db.execute(select(Notebook.name, Notebook.id).where(Notebook.assignment_id == self.id))
        self.notebooks: dict[str, str] = dict(sorted((name, key) for name, key in found))
        self.cells: dict[str, list[Cell]] = {}
        for name, key in self.notebooks.items():
            cells = self.db.scalars(select(BaseCell).where(BaseCell.notebook_id == key).order_by(BaseCell.name))
            self.cells[name] = [Cell(c.id, c.name, c.type, getattr(c, "max_score", None)) for c in cells]

    def standing(self, students: Sequence[str]) -> dict[str, Standing]:
        """What stands in the gradebook, of those among `students` of whom anything does."""
        with self.speaking():
            return rows.standing(self.db, self.id, students)

    def pages(self, students: Sequence[str]) -> dict[str, dict[str, Page]]:
        """What a page of feedback says, by student and notebook, with what persons gave."""
        with self.speaking():
            grades = rows.standing(self.db, self.id, students)
            comments = rows.comments(self.db, self.id, students)
        worth = {(name, cell.name): cell.max_score for name, of in self.cells.items() for cell in of if cell.max_score}
        return {student: _pages(of, comments.get(student, {}), worth) for student, of in grades.items()}

    def known(self, students: Sequence[str]) -> set[str]:
        """Those among `students` who are in the gradebook."""
        with self.speaking():
            return rows.known(self.db, students)

    def write(self, entries: Sequence[Entry]) -> None:
        """Put these into the gradebook, in one transaction. What persons gave is never touched."""
        with self.speaking():
            rows.ensure(self.db, self.id, self.notebooks, self.cells, [entry.student for entry in entries])
            rows.write(self.db, self.id, self.duedate, self.notebooks, entries, self.course.penalty)
            self.db.commit()

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """What the database says, in words. What was not committed is undone."""
        try:
            yield
        except OperationalError as error:
            self._undo()
            said = str(error.orig).strip()
            if "locked" in said:
                who = (self.path and holders(self.path)) or "another program"
                raise BusyError(
                    f"{self.path}: is locked by {who}. Results are kept: run this again when it has ended."
                ) from error
            kept = f" {KEPT}" if any(word in said for word in NO_ROOM) else ""
            raise GradebookError(f"{self.url}: cannot be used ({said}).{kept}") from error
        except SQLAlchemyError as error:
            self._undo()
            said = str(getattr(error, "orig", None) or error).strip()
            raise GradebookError(f"{self.url}: cannot be used as a gradebook ({said}).") from error
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        if hasattr(self, "db"):
            self.db.rollback()

    def _unknown(self, what: str) -> GradebookError:
        return GradebookError(f"{what} Run `nbgrader generate_assignment {self.assignment}` first.")

    def _look_at_the_schema(self) -> None:
        """An older nbgrader has made other tables; what it lacks would be an error in the middle of the work."""
        engine = create_engine(self.url)
        try:
            there = inspect(engine)
            tables = set(there.get_table_names())
            lacking = sorted(Base.metadata.tables.keys() - tables)
            is_other = len(lacking) == len(Base.metadata.tables)
            lacking += [
                f"{name}.{column.name}"
                for name, table in Base.metadata.tables.items()
                if name in tables
                for column in table.columns
                if column.name not in {found["name"] for found in there.get_columns(name)}
            ]
        finally:
            engine.dispose()
        if not tables:
            raise self._unknown(f"{self.url}: is empty.")
        if is_other:
            raise GradebookError(f"{self.url}: is a database, but no gradebook. Look at c.CourseDirectory.db_url.")
        if lacking:
            raise GradebookError(
                f"{self.url}: was made by another version of nbgrader (it has no {', '.join(lacking)}). "
                "Make a copy of it, then run `nbgrader db upgrade`."
            )


def _be_patient(engine: Engine) -> None:
    """Have SQLite wait for who else is writing. A server waits by itself."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA busy_timeout = {1000 * PATIENCE_SECONDS}"))
        engine.dispose()


def _pages(grades: Standing, comments: Standing, worth: dict[tuple[str, str], float]) -> dict[str, Page]:
    pages = {}
    for name in {book for book, _ in (*grades, *comments)}:
        mine = {cell: row for (book, cell), row in grades.items() if book == name}
        said = {cell: row for (book, cell), row in comments.items() if book == name}
        cells: dict[str, dict[str, Any]] = {
            cell: {
                "score": rows.score(row),
                "points": worth.get((name, cell), 0.0),
                "waits": row["needs_manual_grade"],
            }
            for cell, row in mine.items()
        }
        for cell, row in said.items():
            comment = row["manual_comment"] if row["manual_comment"] is not None else row["auto_comment"]
            cells.setdefault(cell, {})["comment"] = comment
        penalty = next((row["penalty"] for row in (*mine.values(), *said.values()) if row["penalty"]), 0.0)
        total = sum(cell.get("score", 0.0) for cell in cells.values())
        pages[name] = Page(total - penalty, sum(cell.get("points", 0.0) for cell in cells.values()), penalty, cells)
    return pages

"""The rows of the gradebook that belong to submissions: read, made where they are missing, changed. Many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader import utils
from nbgrader.api import BaseCell, Comment, Grade, Notebook, Student, SubmittedAssignment, SubmittedNotebook, new_uuid
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from autograder.notebook import NotebookNode

# How many students are asked for in one statement: databases bound its parameters.
AT_ONCE = 500
Row = dict[str, Any]
# Grades of a submission by (notebook, check).
Standing = dict[tuple[str, str], Row]
Penalty = Callable[[str, float, float], float | None]


@dataclass(frozen=True)
class Cell:
    """A cell of the assignment in the gradebook: what a grade, a comment or both belong to."""

    id: str
    name: str
    kind: str
    max_score: float | None

    @property
    def owns(self) -> tuple[type, ...]:
        """The tables in which every submission has a row for it."""
        return {"GradeCell": (Grade,), "SolutionCell": (Comment,), "TaskCell": (Grade, Comment)}.get(self.kind, ())


@dataclass(frozen=True)
class Entry:
    """What is to stand in the gradebook of one submission.

    `graded` are its notebooks as they were graded, by name; `unknown` the checks of each that the grader could not
    tell. Notebooks of the assignment that are not there were not handed in. `again`: what was handed in is what had
    been graded before, so that what a person has seen need not be seen again where it says the same.
    """

    student: str
    timestamp: datetime | None
    graded: dict[str, NotebookNode]
    unknown: dict[str, frozenset[str]] = field(default_factory=dict)
    again: bool = False


def known(db: Session, students: Sequence[str]) -> set[str]:
    """Those among `students` who have a row."""
    return {name for part in _parts(students) for name in db.scalars(select(Student.id).where(Student.id.in_(part)))}


def standing(db: Session, assignment: str, students: Sequence[str]) -> dict[str, Standing]:
    """Their grades in the assignment of this id."""
    return _of_cells(db, Grade, assignment, students)


def comments(db: Session, assignment: str, students: Sequence[str]) -> dict[str, Standing]:
    """The comments on their answers, in the same way."""
    return _of_cells(db, Comment, assignment, students)


def ensure(
    db: Session,
    assignment: str,
    notebooks: Mapping[str, str],
    cells: Mapping[str, Sequence[Cell]],
    students: Sequence[str],
) -> None:
    """Make the rows that nbgrader makes for a new submission, where they are missing: nothing is graded yet."""
    _insert(db, Student, [{"id": name} for name in sorted(set(students) - known(db, students))])
    there = {row.student_id: row.id for row in _submitted(db, assignment, students)}
    new = {name: new_uuid() for name in dict.fromkeys(students) if name not in there}
    _insert(
        db,
        SubmittedAssignment,
        [{"id": key, "assignment_id": assignment, "student_id": name} for name, key in new.items()],
    )
    submissions = there | new
    books = _submitted_notebooks(db, submissions.values())
    rows: dict[type, list[Row]] = {SubmittedNotebook: [], Grade: [], Comment: []}
    for submission in submissions.values():
        for name, notebook in notebooks.items():
            if (submission, name) not in books:
                books[submission, name] = new_uuid()
                key = {"id": books[submission, name], "notebook_id": notebook, "assignment_id": submission}
                rows[SubmittedNotebook].append(key | {"flagged": False})
    have = _cells_with_rows(db, books.values())
    for (_, name), book in books.items():
        for cell in cells.get(name, ()):
            for table in cell.owns:
                if (table, book, cell.id) not in have:
                    key = {"id": new_uuid(), "cell_id": cell.id, "notebook_id": book}
                    rows[table].append(key | ({"needs_manual_grade": True} if table is Grade else {}))
    for table, of in rows.items():
        _insert(db, table, of)


def write(
    db: Session,
    assignment: str,
    duedate: datetime | None,
    notebooks: Mapping[str, str],
    entries: Sequence[Entry],
    penalty: Penalty,
) -> None:
    """Change the rows of these submissions, which are all there. `penalty` says what is taken from a late one."""
    students = [entry.student for entry in entries]
    submitted = {row.student_id: row for row in _submitted(db, assignment, students)}
    books = _submitted_notebooks(db, [row.id for row in submitted.values()])
    grades, said = standing(db, assignment, students), comments(db, assignment, students)
    changes: dict[type, list[Row]] = {Grade: [], Comment: [], SubmittedNotebook: [], SubmittedAssignment: []}
    for entry in entries:
        row = submitted[entry.student]
        if entry.timestamp is not None:
            changes[SubmittedAssignment].append({"key": row.id, "timestamp": entry.timestamp})
        late = _seconds_late(duedate, entry.timestamp or row.timestamp, row.extension)
        for name in notebooks:
            mine = {check: g for (book, check), g in grades.get(entry.student, {}).items() if book == name}
            scored = _scores(entry, name, mine)
            changes[Grade] += scored
            if name not in entry.graded:
                continue
            texts = {cell: c for (book, cell), c in said.get(entry.student, {}).items() if book == name}
            changes[Comment] += _comments(entry.graded[name], texts)
            points = total(mine, {change["key"]: change["auto_score"] for change in scored})
            taken = penalty(entry.student, points, late) if late > 0 else None
            changes[SubmittedNotebook].append({"key": books[row.id, name], "late_submission_penalty": taken})
    for table, of in changes.items():
        _update(db, table, of)


def _scores(entry: Entry, name: str, mine: Mapping[str, Row]) -> list[Row]:
    """The changes of grades, as nbgrader's SaveAutoGrades decides them, and after it what a person is asked."""
    if name not in entry.graded:  # not handed in
        return [{"key": row["id"], "auto_score": 0.0, "needs_manual_grade": False} for row in mine.values()]
    changes = []
    for cell in entry.graded[name].cells:
        check = cell.metadata.get("nbgrader", {}).get("grade_id")
        if not utils.is_grade(cell) or check not in mine:
            continue
        row, (points, _) = mine[check], utils.determine_grade(cell)
        asks = points is None or row["manual_score"] is not None or check in entry.unknown.get(name, ())
        if entry.again and points == row["auto_score"]:
            asks = row["needs_manual_grade"]
        changes.append({"key": row["id"], "auto_score": points, "needs_manual_grade": asks})
    return changes


def _comments(graded: NotebookNode, mine: Mapping[str, Row]) -> list[Row]:
    """What nbgrader says by itself of an answer that nobody touched."""
    changes = []
    for cell in graded.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in mine and (utils.is_solution(cell) or utils.is_task(cell)):
            untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            said = "No response." if untouched and not utils.is_task(cell) else None
            changes.append({"key": mine[name]["id"], "auto_comment": said})
    return changes


def total(mine: Mapping[str, Row], scores: Mapping[str, float | None]) -> float:
    """A notebook's score by its grades, with these new ones by their ids."""
    return sum(score(row | {"auto_score": scores.get(row["id"], row["auto_score"])}) for row in mine.values())


def score(row: Row) -> float:
    """A grade's score, as nbgrader's queries have it: a person's score before the grader's, and extra credit."""
    given = row["manual_score"] if row["manual_score"] is not None else row["auto_score"]
    return 0.0 if given is None else given + (row["extra_credit"] or 0.0)


def _seconds_late(duedate: datetime | None, timestamp: datetime | None, extension: Any) -> float:
    if duedate is None or timestamp is None:
        return 0.0
    return max(0.0, (timestamp - (duedate + extension if extension else duedate)).total_seconds())


def _submitted(db: Session, assignment: str, students: Sequence[str]) -> list[Any]:
    table = SubmittedAssignment.__table__.c
    columns = table.id, table.student_id, table.timestamp, table.extension
    return [
        row
        for part in _parts(students)
        for row in db.execute(select(*columns).where(table.assignment_id == assignment, table.student_id.in_(part)))
    ]


def _submitted_notebooks(db: Session, submissions: Iterable[str]) -> dict[tuple[str, str], str]:
    """Ids by (submission, name of the notebook)."""
    table, notebook = SubmittedNotebook.__table__.c, Notebook.__table__.c
    found = select(table.assignment_id, notebook.name, table.id).join(Notebook, notebook.id == table.notebook_id)
    keys = list(submissions)
    parts = (db.execute(found.where(table.assignment_id.in_(part))) for part in _parts(keys))
    return {(submission, name): key for part in parts for submission, name, key in part}


def _cells_with_rows(db: Session, books: Iterable[str]) -> set[tuple[type, str, str]]:
    keys = list(books)
    return {
        (table, book, cell)
        for table in (Grade, Comment)
        for part in _parts(keys)
        for book, cell in db.execute(select(table.notebook_id, table.cell_id).where(table.notebook_id.in_(part)))
    }


def _of_cells(db: Session, table: type, assignment: str, students: Sequence[str]) -> dict[str, Standing]:
    """The rows of Grade or Comment of these students: by student, then by (notebook, cell)."""
    statement = (
        select(
            *(SubmittedAssignment.student_id, Notebook.name.label("book"), BaseCell.name),
            *(SubmittedNotebook.late_submission_penalty.label("penalty"), *table.__table__.c),
        )
        .join(BaseCell, BaseCell.id == table.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == table.notebook_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .where(SubmittedAssignment.assignment_id == assignment)
    )
    found: dict[str, Standing] = {}
    for part in _parts(students):
        for row in db.execute(statement.where(SubmittedAssignment.student_id.in_(part))).mappings():
            found.setdefault(row["student_id"], {})[row["book"], row["name"]] = dict(row)
    return found


def _parts(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _insert(db: Session, table: type, rows: list[Row]) -> None:
    if rows:
        db.connection().execute(insert(table.__table__), rows)


def _update(db: Session, table: type, rows: list[Row]) -> None:
    if rows:
        columns = table.__table__.c
        values = {columns[name]: bindparam(f"new_{name}") for name in rows[0] if name != "key"}
        statement = update(table.__table__).where(columns.id == bindparam("key")).values(values)
        db.connection().execute(statement, [{k if k == "key" else f"new_{k}": v for k, v in r.items()} for r in rows])

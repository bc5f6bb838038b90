"""An assignment's checks: the gradebook is kept in step with the source, also when students have already handed in.

nbgrader records the cells of an assignment when it is generated, and refuses to add or remove any once there are
submissions. Here a check may be added, removed, edited or given other points at any time. Grades that persons gave are
in the way only of a removal, which is then refused.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from nbgrader import utils
from nbgrader.api import BaseCell, Comment, Grade, GradeCell, SolutionCell, SourceCell, TaskCell, new_uuid
from sqlalchemy import ColumnElement, delete, func, or_, select

from autograder import notebook
from autograder.notebook import NotebookNode

from .book import Book
from .errors import GradebookError

# Tests that nbgrader wrote itself, when the assignment was generated, stand in the gradebook alone.
WRITTEN_BY_NBGRADER = "AUTOTEST"
ADDED, REMOVED, EDITED, RETYPED = "was added", "was removed", "was edited", "is of another kind"


@dataclass(frozen=True)
class Change:
    """A cell in which source and gradebook differ, and how: "was added", "was edited"."""

    notebook: str
    cell: str
    what: str

    @property
    def is_removal(self) -> bool:
        return self.what == REMOVED

    def __str__(self) -> str:
        return f"{self.notebook}/{self.cell} {self.what}"


def released(book: Book, name: str, source: NotebookNode) -> NotebookNode:
    """`source` with which submissions of the notebook `name` are graded: as nbgrader would have recorded it.

    Cells have the checksums by which nbgrader knows an answer that nobody touched.
    """
    prepared, recorded = _given(book, name, source), _recorded(book, name)
    result = copy.deepcopy(source)
    for key, cell in _named(result).items():
        if key not in prepared:
            continue
        there = recorded.get(key)
        old = there is not None and (notebook.of_student(cell) or WRITTEN_BY_NBGRADER in prepared[key].source)
        if not notebook.of_student(cell):
            cell.source = there.source if old else prepared[key].source
        checksum = there.checksum if old else prepared[key].metadata.nbgrader.get("checksum")
        if old and notebook.of_student(cell):  # it holds the points, too: those of now, and the text that was given out
            checksum = utils.compute_checksum(NotebookNode({**cell, "source": there.source}))
        if checksum:
            cell.metadata.nbgrader["checksum"] = checksum
    return result


def compare(book: Book, sources: Mapping[str, NotebookNode]) -> list[Change]:
    """What of the released `sources`, by name, is not in the gradebook, or is something else there.

    GradebookError where it cannot be brought there: what was removed has grades that a person gave.
    """
    changes = []
    for name, source in sources.items():
        recorded, cells = _recorded(book, name), {(cell.name, cell.kind): cell for cell in book.cells[name]}
        named = _named(source)
        for key, cell in named.items():
            there, kinds, points = recorded.get(key), _kinds(cell), notebook.points(cell)
            worth = [cells[key, kind].max_score for kind in kinds if (key, kind) in cells]
            if there is None:
                changes.append(Change(name, key, ADDED))
            elif set(kinds) != {kind for cell_name, kind in cells if cell_name == key}:
                changes.append(Change(name, key, RETYPED))
            elif any(old not in (None, points) for old in worth):
                old = next(old for old in worth if old is not None)
                changes.append(Change(name, key, f"is worth {points:g} points, not {old:g}"))
            elif not notebook.of_student(cell) and (there.source or "").rstrip("\n") != cell.source.rstrip("\n"):
                changes.append(Change(name, key, EDITED))
        gone = {*recorded, *(cell for cell, _ in cells)} - named.keys()
        changes += [Change(name, key, REMOVED) for key in sorted(gone)]
    _guard(book, sources, changes)
    return changes


def adopt(book: Book, sources: Mapping[str, NotebookNode], changes: list[Change]) -> None:
    """Bring these changes into the gradebook, in one transaction."""
    # Of an answer nbgrader records what students are given.
    given = {name: _given(book, name, sources[name]) for name in {change.notebook for change in changes}}
    with book.speaking():
        for change in changes:
            cell = _named(sources[change.notebook]).get(change.cell)
            key = book.notebooks[change.notebook]
            _remove(book, key, change.cell, cell)
            if cell is not None:
                answer = given[change.notebook].get(change.cell) if notebook.of_student(cell) else None
                _record(book, key, change.cell, cell, (answer or cell).source)
        book.db.commit()
        book.read_structure()


def _named(book: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that nbgrader records, by name."""
    tests = utils.is_grade, utils.is_solution, utils.is_locked, utils.is_task
    return {notebook.grade_id(cell): cell for cell in book.cells if any(test(cell) for test in tests)}


def _given(book: Book, name: str, source: NotebookNode) -> dict[str, NotebookNode]:
    """The cells as they are given out. GradebookError where nbgrader would generate nothing from this source."""
    try:
        return _named(book.course.prepared(source))
    except Exception as error:  # nbgrader's steps have errors of many kinds, and not all of their own
        where = book.course.folder("source", ".", book.assignment) / f"{name}.ipynb"
        raise GradebookError(f"{where}: nbgrader would not generate it ({error}).") from error


def _kinds(cell: NotebookNode) -> list[str]:
    """The names of the tables in which nbgrader keeps a cell."""
    tests = {GradeCell: utils.is_grade, SolutionCell: utils.is_solution, TaskCell: utils.is_task}
    return [table.__name__ for table, test in tests.items() if test(cell)]


def _recorded(book: Book, name: str) -> dict[str, SourceCell]:
    found = select(SourceCell).where(SourceCell.notebook_id == book.notebooks[name])
    return {cell.name: cell for cell in book.db.scalars(found)}


def _record(book: Book, key: str, name: str, cell: NotebookNode, text: str) -> None:
    """As nbgrader's SaveCells does it for one cell."""
    for table in (GradeCell, SolutionCell, TaskCell):
        if table.__name__ not in _kinds(cell):
            continue
        found = book.db.scalars(select(table).where(table.notebook_id == key, table.name == name)).one_or_none()
        if found is None:
            found = table(id=new_uuid(), name=name, notebook_id=key)
            book.db.add(found)
        if table is not SolutionCell:
            found.max_score, found.cell_type = notebook.points(cell), cell.cell_type
    there = book.db.scalars(select(SourceCell).where(SourceCell.notebook_id == key, SourceCell.name == name))
    source = there.one_or_none() or SourceCell(id=new_uuid(), name=name, notebook_id=key)
    source.cell_type, source.locked, source.source = cell.cell_type, utils.is_locked(cell), text
    source.checksum = cell.metadata.nbgrader.get("checksum")
    book.db.add(source)


def _remove(book: Book, key: str, name: str, cell: NotebookNode | None) -> None:
    """What is recorded of this name and is no kind of `cell`, with the rows of submissions that belong to it."""
    for gone in book.db.scalars(select(BaseCell).where(*_lost(key, name, cell))).all():
        for table in (Grade, Comment):
            book.db.execute(delete(table).where(table.cell_id == gone.id))
        book.db.expire(gone)
        book.db.delete(gone)
    if cell is None:
        book.db.execute(delete(SourceCell).where(SourceCell.notebook_id == key, SourceCell.name == name))
    book.db.flush()


def _lost(key: str, name: str, cell: NotebookNode | None) -> tuple[ColumnElement[bool], ...]:
    kinds = _kinds(cell) if cell is not None else []
    return BaseCell.notebook_id == key, BaseCell.name == name, BaseCell.type.not_in(kinds)


def _guard(book: Book, sources: Mapping[str, NotebookNode], changes: list[Change]) -> None:
    """What a person gave would be lost with a check."""
    for change in changes:
        cell = _named(sources[change.notebook]).get(change.cell)
        given = or_(Grade.manual_score.is_not(None), Grade.extra_credit.is_not(None))
        mine = _lost(book.notebooks[change.notebook], change.cell, cell)
        count = book.db.scalar(select(func.count()).select_from(Grade).join(BaseCell).where(*mine, given))
        if count:
            what = "was removed from the source" if cell is None else "is worth no points any more"
            raise GradebookError(
                f"{change.notebook}/{change.cell} {what}, and {count} submissions have points in "
                "it that a person gave. Put the check back, or take those points back in formgrader first."
            )

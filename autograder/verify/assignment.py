"""An assignment as its author has it: notebook, release, answers, and which cells make a task. What is broken is left
out, and named, so that everything else can still be looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from autograder import answers, intake, notebook
from autograder.answers import BankError
from autograder.model import Answer
from autograder.notebook import NotebookError, NotebookNode, Role
from autograder.verify.exceptions import Exceptions, ExceptionsError
from autograder.verify.exceptions import read as read_exceptions
from autograder.verify.problem import Problem

PROMPT = "_prompt"


@dataclass(frozen=True)
class Task:
    """The cells of one task, by name: those that the student fills in, and the checks, in their order."""

    name: str
    cells: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True)
class Assignment:
    """What there is of an assignment below the folder of a course.

    `source` and `release` are None where there is no such notebook, or none that can be read; `bank` holds the files
    that can. `problems` are what was found wrong while reading.
    """

    root: Path
    name: str
    source: NotebookNode | None = field(hash=False)
    release: NotebookNode | None = field(hash=False)
    bank: dict[str, tuple[Answer, ...]] = field(hash=False)
    exceptions: Exceptions = field(hash=False, default=Exceptions())
    problems: tuple[Problem, ...] = ()

    @property
    def source_path(self) -> Path:
        return self.root / "source" / self.name / f"{self.name}.ipynb"

    @property
    def release_path(self) -> Path:
        return self.root / "release" / self.name / f"{self.name}.ipynb"

    @property
    def bank_path(self) -> Path:
        return self.root / "tests" / "answers" / self.name

    def near(self, path: Path | str) -> str:
        """A path, which may end in a line, as seen from the folder of the course."""
        return str(path).removeprefix(f"{self.root}/")

    def at(self, cell: str) -> str:
        """Where a cell of the source is."""
        return f"{self.near(self.source_path)}, cell {cell!r}"

    @cached_property
    def cells(self) -> dict[str, NotebookNode]:
        """The cells of the source that have a name, by name."""
        return {notebook.grade_id(cell): cell for cell in self.source.cells if notebook.grade_id(cell)}

    @cached_property
    def points(self) -> dict[str, float]:
        """What each check is worth."""
        return {name: notebook.points(cell) for name, cell in self.cells.items() if notebook.role(cell) is Role.CHECK}

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """The tasks of the source. A cell belongs to the task whose name its own begins with, the longest such."""
        filled = [name for name, cell in self.cells.items() if notebook.role(cell) is Role.ANSWER]
        prompts = [name.removesuffix(PROMPT) for name in self.cells if name.endswith(PROMPT)]
        names = [name for name in filled if name in prompts or not _owner(name, prompts)]
        owned = {name: ([], []) for name in dict.fromkeys([*names, *(_owner(n, prompts) or n for n in filled)])}
        for place, cells in enumerate((filled, self.points)):
            for cell in cells:
                if owner := _owner(cell, owned):
                    owned[owner][place].append(cell)
        return {name: Task(name, tuple(cells), tuple(checks)) for name, (cells, checks) in owned.items()}

    @cached_property
    def reference(self) -> dict[str, str]:
        """The author's own text of the cells that students fill in."""
        return {name: cell.source for name, cell in self.cells.items() if notebook.of_student(cell)}

    def without(self, checks: Collection[str]) -> Assignment:
        """The same without these checks."""
        kept = [cell for cell in self.source.cells if notebook.grade_id(cell) not in checks]
        return replace(self, source=NotebookNode({**self.source, "cells": kept})) if checks else self

    @cached_property
    def files(self) -> dict[str, bytes]:
        """What students get beside the notebook."""
        try:
            found = intake.take(self.release_path.parent).files
        except OSError:
            return {}
        return {name: content for name, content in found.items() if not name.endswith(intake.NOTEBOOK)}


def read(root: Path, name: str) -> Assignment:
    """The assignment `name` of the course in `root`. Whatever is missing or broken is one of its problems."""
    problems: list[Problem] = []
    source = _book(root, root / "source" / name / f"{name}.ipynb", problems, "Write it: CONTRIBUTING says how.")
    release = _book(root, root / "release" / name / f"{name}.ipynb", problems, "Make it: make release")
    folder = root / "tests" / "answers" / name
    bank: dict[str, tuple[Answer, ...]] = {}
    for path in sorted(folder.glob("*.py")):
        try:
            bank[path.stem] = answers.read(path)
        except BankError as error:
            problems.append(_as_said(root, str(error)))
    exceptions = Exceptions()
    try:
        exceptions = read_exceptions(folder)
    except ExceptionsError as error:
        problems.append(_as_said(root, str(error)))
    return Assignment(root, name, source, release, bank, exceptions, tuple(problems))


def _book(root: Path, path: Path, problems: list[Problem], fix: str) -> NotebookNode | None:
    where = str(path.relative_to(root))
    if not path.is_file():
        problems.append(Problem("files", where, "is missing.", fix))
        return None
    try:
        return notebook.read(path)
    except NotebookError as error:
        problems.append(_as_said(root, str(error), getattr(error.__cause__, "lineno", None)))  # where JSON ends
        return None


def _as_said(root: Path, message: str, line: int | None = None) -> Problem:
    """A problem out of an error whose message begins with the file. The line, where the message does not hold it."""
    where, _, what = message.removeprefix(f"{root}/").partition(": ")
    place = f"{where}:{line}" if line else where
    return Problem("files", place, what, "Nothing else of it is looked at until it is mended.")


def _owner(cell: str, tasks) -> str | None:
    """The task that a cell belongs to."""
    found = [task for task in tasks if cell == task or cell.startswith(f"{task}_")]
    return max(found, key=len, default=None)

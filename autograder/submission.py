"""What a student handed in, looked at before it is graded: what can be graded, and what the teacher should know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder import intake, notebook
from autograder.notebook import NotebookError, NotebookNode


@dataclass(frozen=True)
class Submission:
    """A student's folder. `remarks` name file and cell; `problem` says why it cannot be graded, if it cannot."""

    student: str
    folder: Path
    problem: str = ""
    remarks: tuple[str, ...] = ()


def collected(submitted: Path, assignment: str, source: NotebookNode) -> list[Submission]:
    """The submissions to `assignment` below the folder `submitted`, by the names of their students."""
    return [look(path / assignment, source) for path in sorted(submitted.glob("*/")) if (path / assignment).is_dir()]


def look(folder: Path, source: NotebookNode) -> Submission:
    """Whether `<student>/<assignment>` can be graded against `source`, and what is odd about it. Runs nothing."""
    student, name = folder.parent.name, folder.name
    path = folder / f"{name}{intake.NOTEBOOK}"
    try:
        taken = intake.take(folder)
    except OSError as error:
        return Submission(student, folder, f"{folder}: cannot be read ({error.strerror}).")
    refused = tuple(f"{folder}: {reason}" for reason in taken.refused)
    content = taken.notebooks.get(name)
    if content is None:
        others = ", ".join(f"{other}{intake.NOTEBOOK}" for other in taken.notebooks) or "no notebook at all"
        return Submission(student, folder, f"{path}: is missing; there is {others}.", refused)
    try:
        book = notebook.parse(content.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError:
        return Submission(student, folder, f"{path}: is no notebook: its bytes are not UTF-8 text.", refused)
    except NotebookError as error:
        return Submission(student, folder, str(error), refused)
    flags = [f"{path}: {flag}" for flag in notebook.rebuild(source, book).flags]
    return Submission(student, folder, "", (*refused, *flags))

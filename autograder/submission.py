"""What a student handed in, looked at before it is graded: what can be graded, and what the teacher should know."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from autograder import intake, notebook
from autograder.notebook import NotebookError, NotebookNode

EMPTY = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@dataclass(frozen=True)
class Submission:
    """A student's folder. `remarks` name file and cell; `problem` says why it cannot be graded, if it cannot."""

    student: str
    folder: Path
    problem: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandedIn:
    """A student's folder, read: `notebooks` and the `files` beside them, by name, and the `receipt` of when it came.

    What cannot be read counts as a notebook without cells, and is among the `problems`. `remarks` name what is odd.
    """

    student: str
    folder: Path
    notebooks: dict[str, NotebookNode] = field(default_factory=dict, hash=False)
    files: dict[str, bytes] = field(default_factory=dict, hash=False)
    receipt: bytes | None = None
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def read(student: str, folder: Path, names: Iterable[str]) -> HandedIn:
    """What `student` handed in, of the notebooks in `names`. Nothing that lies in the folder raises."""
    try:
        taken = intake.take(folder)
    except OSError as error:
        return HandedIn(student, folder, problems=(f"{folder}: cannot be read ({error.strerror}).",))
    notebooks, problems = {}, []
    for name in names:
        path = folder / f"{name}{intake.NOTEBOOK}"
        content = taken.notebooks.get(name)
        if content is None and not os.path.lexists(path):
            continue
        try:
            if content is None:  # it was refused, and that was said
                raise NotebookError(f"{path}: cannot be taken for a notebook.")
            notebooks[name] = notebook.parse(content.decode("utf-8-sig"), str(path))
        except (UnicodeDecodeError, NotebookError) as error:
            what = error if isinstance(error, NotebookError) else f"{path}: is no notebook: its bytes are no text."
            problems.append(f"{what} It counts as a notebook without cells.")
            notebooks[name] = notebook.parse(EMPTY)
    if not notebooks:
        problems.append(f"{folder}: holds no notebook of the assignment: {', '.join(names)}.")
    files = {name: content for name, content in taken.files.items() if not name.endswith(intake.NOTEBOOK)}
    refused = tuple(f"{folder}: {reason}" for reason in taken.refused)
    return HandedIn(student, folder, notebooks, files, intake.receipt(folder), tuple(problems), refused)


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

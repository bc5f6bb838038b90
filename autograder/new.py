"""A new task: its cells in the source notebook of an assignment, and its file in the answer bank, to be written out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from autograder import notebook
from autograder.notebook import NotebookNode

NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
EMPTY = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
# What is still to be written says so, and `autograder verify` finds it.
TITLE = "# TODO: the title\n\nTODO: how long it takes, what is given, and how it is judged."
SETUP = "from course.check import calling, that"
PROMPT = """## TODO: a title

Write `{task}(…)`: TODO what it is given and what it returns, with an example.

<details><summary><strong>Hint</strong></summary>

TODO: the idea, and not the answer.

</details>"""
ANSWER = '''def {task}(x):
    """TODO: what comes out."""
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION'''
CHECK = """calling({task}, "TODO").returns("a case that students see", hint="what to think of")
### BEGIN HIDDEN TESTS
calling({task}, "TODO").on("what is special about it").returns("a case that they do not see")
### END HIDDEN TESTS"""
BANK = """# Answers to `{task}`, each a cell. Behind its marker stands its idea, in words that a student will read.
# A wrong one names exactly the checks that it fails:
#
#     # %% forgets the unknown  fails=["{task}_values"]
"""


class NewError(Exception):
    """There can be no such task. The message says why, and what to do."""


def task(root: Path, assignment: str, name: str) -> list[Path]:
    """Add a task to an assignment of the course in `root`, made if need be. The files that were written.

    NewError where the task is there already, or a name is none; NotebookError where the source is no notebook.
    """
    if not WORD.fullmatch(name):
        raise NewError(f"{name!r} is no name for a task, which students have to type: a-z, 0-9 and _ alone.")
    source, book = _book(root, assignment)
    there = {notebook.grade_id(cell) for cell in book.cells}
    if taken := sorted(each for each in there if each == name or each.startswith(f"{name}_")):
        raise NewError(f"{source}: has a cell {taken[0]!r} already. Name the task otherwise, or write on there.")
    bank = root / "tests" / "answers" / assignment / f"{name}.py"
    if bank.exists():
        raise NewError(f"{bank}: is there already. Name the task otherwise, or move it away.")
    book.cells += _cells(
        ("markdown", PROMPT, f"{name}_prompt", {"locked": True}),
        ("code", ANSWER, name, {"solution": True}),
        ("code", CHECK, f"{name}_values", {"grade": True, "locked": True, "points": 1}),
        task=name,
    )
    for path in (source, bank):
        path.parent.mkdir(parents=True, exist_ok=True)
    notebook.write(notebook.normal(book), source)
    bank.write_text(BANK.format(task=name), encoding="utf-8")
    return [source, bank]


def tidy(root: Path, assignment: str) -> list[Path]:
    """Put the source of an assignment into normal form; make it where there is none. The file, where it was written."""
    source, book = _book(root, assignment)
    text = notebook.text(notebook.normal(book))
    if source.is_file() and source.read_text(encoding="utf-8") == text:
        return []
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text, encoding="utf-8")
    return [source]


def _book(root: Path, assignment: str) -> tuple[Path, NotebookNode]:
    """The path of the source, and the notebook that is there, or a new one."""
    if not NAME.fullmatch(assignment):
        raise NewError(f"{assignment!r} is no name for an assignment, which is a folder: a-z, 0-9 and _ alone.")
    path = root / "source" / assignment / f"{assignment}.ipynb"
    if path.exists():
        return path, notebook.read(path)
    cells = (("markdown", TITLE, "title", {"locked": True}), ("code", SETUP, "setup", {"locked": True}))
    return path, NotebookNode({**notebook.parse(EMPTY), "cells": _cells(*cells)})


def _cells(*parts: tuple[str, str, str, dict[str, Any]], task: str = "") -> list[NotebookNode]:
    """Cells with nbgrader's marks."""
    plain = dict.fromkeys(("grade", "solution", "locked", "task"), False)
    cells = [
        {
            "cell_type": kind,
            "source": text.replace("{task}", task),
            "metadata": {"nbgrader": plain | {"grade_id": name, "schema_version": 3} | marks},
        }
        for kind, text, name, marks in parts
    ]
    return notebook.parse(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4})).cells

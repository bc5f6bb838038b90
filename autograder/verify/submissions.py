"""What is handed in to prove an assignment: as few submissions as hold everything once, an answer of each task in each.

A task for which nothing is left is as it was released. Whatever is in a submission, its tasks are judged one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TypeVar

from autograder import notebook
from autograder.model import Answer
from autograder.notebook import NotebookNode
from autograder.verify import idle, mutants
from autograder.verify.assignment import Assignment
from autograder.verify.idle import IDLE, Idle
from autograder.verify.mutants import Mutant

REFERENCE, UNTOUCHED = "reference", "untouched"
Of = TypeVar("Of")


@dataclass(frozen=True)
class Submission:
    """A submission with a name, its notebook, and what it holds for which task."""

    name: str
    notebook: NotebookNode = field(hash=False)
    holds: Mapping[str, Answer | Idle | Mutant] = field(hash=False, default_factory=dict)


def reference(assignment: Assignment) -> Submission:
    """The author's own solution."""
    return Submission(REFERENCE, assignment.source)


def untouched(assignment: Assignment) -> Submission:
    """What was released, as it came."""
    return _submission(assignment, UNTOUCHED, {}, {})


def answers(assignment: Assignment) -> list[Submission]:
    """Every answer of the bank that fills cells of its task, and names its checks."""
    columns = {
        name: [
            answer
            for answer in assignment.bank.get(name, ())
            if set(answer.cells) <= set(task.cells) and set(answer.fails) <= set(task.checks)
        ]
        for name, task in assignment.tasks.items()
    }
    packs = _packed(columns)
    texts = [{cell: text for answer in pack.values() for cell, text in answer.cells.items()} for pack in packs]
    return [_submission(assignment, f"answers {n}", *pair) for n, pair in enumerate(zip(texts, packs, strict=True), 1)]


def idlers(assignment: Assignment, *, deadly: bool) -> list[Submission]:
    """Every generic answer, to all tasks at once; those that are deadly, to one task each: they take their time."""
    found = []
    for each in (each for each in IDLE if each.deadly == deadly):
        for names in [[name] for name in assignment.tasks] if deadly else [list(assignment.tasks)]:
            cells = [cell for name in names for cell in assignment.tasks[name].cells]
            texts = {cell: idle.cell(assignment.reference[cell], each) for cell in cells}
            title = f"{each.title}: {names[0]}" if deadly else each.title
            found.append(_submission(assignment, f"idle, {title}", texts, dict.fromkeys(names, each)))
    return found


def mutated(assignment: Assignment) -> list[Submission]:
    """Every mutant of the reference. A task with several answer cells has the others as the author wrote them."""
    columns = {
        name: [mutant for cell in task.cells for mutant in mutants.of(cell, assignment.reference[cell])]
        for name, task in assignment.tasks.items()
    }
    found = []
    for number, pack in enumerate(_packed(columns), 1):
        own = {cell: assignment.reference[cell] for task in pack for cell in assignment.tasks[task].cells}
        texts = own | {mutant.cell: mutant.text for mutant in pack.values()}
        found.append(_submission(assignment, f"mutants {number}", texts, pack))
    return found


def _packed(columns: Mapping[str, Sequence[Of]]) -> list[dict[str, Of]]:
    """The k-th of each column together."""
    rows = zip_longest(*columns.values())
    return [{name: each for name, each in zip(columns, row, strict=True) if each is not None} for row in rows]


def _submission(assignment: Assignment, name: str, texts: Mapping[str, str], holds: Mapping[str, Of]) -> Submission:
    released = assignment.release.cells if assignment.release is not None else ()
    stubs = dict.fromkeys(assignment.reference, "")
    stubs |= {notebook.grade_id(c): c.source for c in released if notebook.grade_id(c) in stubs}
    return Submission(name, notebook.fill(assignment.source, stubs | dict(texts)), holds)

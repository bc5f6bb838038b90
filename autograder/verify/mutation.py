"""How many mutants of the reference the checks of a task kill, and which they let live."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.verify import mutants
from autograder.verify.assignment import Assignment
from autograder.verify.grading import Grades
from autograder.verify.problem import Problem
from autograder.verify.submissions import Submission
from autograder.verify.verdicts import by_check, failed_checks, stale


@dataclass(frozen=True)
class Survivor:
    """A mutant that every check takes for right. `reason` says why that is so, where the author has said it."""

    where: str
    change: str
    diff: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class Tried:
    """What became of the mutants of one task."""

    assignment: str
    task: str
    killed: int
    survivors: tuple[Survivor, ...]

    @property
    def unexplained(self) -> tuple[Survivor, ...]:
        """Those that lack a case, or a reason."""
        return tuple(survivor for survivor in self.survivors if not survivor.reason)

    @property
    def share(self) -> float:
        """The share that was killed, of those that can be."""
        can = self.killed + len(self.unexplained)
        return self.killed / can if can else 1.0


def tried(assignment: Assignment, grades: Grades, submissions: list[Submission]) -> list[Tried]:
    """What became of the mutants, task by task."""
    killed = dict.fromkeys(assignment.tasks, 0)
    survivors: dict[str, list[Survivor]] = {task: [] for task in assignment.tasks}
    for submission in submissions:
        outcomes = by_check(grades.of(assignment, submission))
        for task, mutant in submission.holds.items():
            if failed_checks(assignment, task, outcomes):
                killed[task] += 1
                continue
            diff = tuple(mutants.diff(mutant))
            reason = assignment.exceptions.mutant.get((task, mutant.change), "")
            survivors[task].append(Survivor(assignment.at(mutant.cell), mutant.change, diff, reason))
    return [Tried(assignment.name, task, killed[task], tuple(survivors[task])) for task in assignment.tasks]


def problems(assignment: Assignment, submissions: list[Submission]) -> Iterator[Problem]:
    """Exceptions name mutants that there are. A survivor is no problem: it asks for a case, or for a reason."""
    there = {(task, mutant.change) for submission in submissions for task, mutant in submission.holds.items()}
    for pair in sorted(set(assignment.exceptions.mutant) - there):
        yield stale(assignment, "mutant", pair)

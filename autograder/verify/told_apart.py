"""Which wrong answers of the bank return something of their own: students who make the same mistake are told so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder import ideas
from autograder.model import Answer
from autograder.verify.assignment import Assignment
from autograder.verify.grading import Asked, Grades
from autograder.verify.memory import FOLDER
from autograder.verify.submissions import REFERENCE, Submission

SURVEY = "survey"


@dataclass(frozen=True)
class Apart:
    """The titles of the wrong answers of a task, and of those that are told apart."""

    assignment: str
    task: str
    wrong: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def alike(self) -> tuple[str, ...]:
        """The titles of those that return what another answer returns, or nothing that shows it."""
        return tuple(title for title in self.wrong if title not in self.told)


def asked(assignment: Assignment, submissions: Sequence[Submission]) -> list[Asked]:
    """A survey of what these submissions return."""
    source = ideas.survey(assignment.source, list(assignment.points))
    step = "What answers return"
    return [Asked(assignment, each, step, SURVEY, source, ideas.SURVEY_SECONDS) for each in submissions]


def keep(assignment: Assignment, grades: Grades, submissions: list[Submission]) -> list[Apart]:
    """Write down for the grader what is known of each task. Which wrong answers are told apart."""
    if not submissions:
        return []
    found, known = [], []
    for task in assignment.tasks.values():
        surveyed = []
        for submission in submissions:
            holds = submission.holds.get(task.name)
            if holds is not None or submission.name == REFERENCE:
                title = holds.title if isinstance(holds, Answer) and not holds.right else ""
                surveyed.append((title, grades.of(assignment, submission, SURVEY).replies))
        of_task = ideas.known(task.checks, surveyed)
        known.append(of_task)
        wrong = [(title, replies) for title, replies in surveyed if title]
        told = [title for title, replies in wrong if of_task.title(replies) == title]
        found.append(Apart(assignment.name, task.name, tuple(title for title, _ in wrong), tuple(told)))
    ideas.write(assignment.root / FOLDER / f"{assignment.name}.ideas.json", assignment.source, known)
    return found

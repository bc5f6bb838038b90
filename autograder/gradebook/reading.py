"""Who has which outcome in which check, by the gradebook."""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Grade, Gradebook
from sqlalchemy.exc import SQLAlchemyError

from autograder.model import Outcome, Verdict

from .errors import GradebookError

SQLITE = "sqlite:///"


def outcomes(db_url: str, assignment: str) -> dict[str, tuple[Outcome, ...]]:
    """What the checks of `assignment` said, by student, both in the order of their names.

    Students without a submission are not among them. GradebookError where there is no gradebook at `db_url`:
    nbgrader would make an empty one.
    """
    if db_url.startswith(SQLITE) and not Path(db_url.removeprefix(SQLITE)).is_file():
        raise GradebookError(f"{db_url}: there is no gradebook. Run `nbgrader generate_assignment {assignment}` first.")
    try:
        with Gradebook(db_url) as gradebook:
            return {
                submission.student_id: tuple(
                    sorted((_outcome(grade) for book in submission.notebooks for grade in book.grades), key=_name)
                )
                for submission in sorted(gradebook.assignment_submissions(assignment), key=lambda s: s.student_id)
            }
    except SQLAlchemyError as error:
        raise GradebookError(f"{db_url}: cannot be read as a gradebook ({error}).") from error


def _name(outcome: Outcome) -> str:
    return outcome.check


def _outcome(grade: Grade) -> Outcome:
    """A grade in the terms of this grader. What waits for a person, and nobody has graded, is unknown."""
    if grade.manual_score is None and (grade.auto_score is None or grade.needs_manual_grade):
        verdict = Verdict.UNKNOWN
    else:
        verdict = Verdict.PASSED if grade.score >= grade.max_score else Verdict.FAILED
    return Outcome(grade.name, verdict, float(grade.score), float(grade.max_score))

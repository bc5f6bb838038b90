"""nbgrader's gradebook is read as nbgrader means it."""

import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import gradebook
from autograder.gradebook import GradebookError
from autograder.model import Outcome, Verdict

# nbgrader's own way of making a submission in a gradebook.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
CHECKS = {"b_values": 2, "a_values": 3, "a_safe": 1}


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> str:
    """A gradebook in which two students have submitted, and each grade is of another kind."""
    url = f"sqlite:///{tmp_path_factory.mktemp('gradebook') / 'gradebook.db'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/bin:/bin")  # nbgrader calls alembic by name
        Gradebook(url).close()
    with Gradebook(url) as book:
        book.add_assignment("toy")
        book.add_notebook("toy", "toy")
        for name, points in CHECKS.items():
            book.add_grade_cell(name, "toy", "toy", max_score=points, cell_type="code")
        for student in ("bola", "ada", "chen"):
            book.add_student(student)
        for student in ("bola", "ada"):
            book.add_submission("toy", student)
        grades = {name: book.find_grade(name, "toy", "toy", "ada") for name in CHECKS}
        grades["b_values"].auto_score, grades["b_values"].needs_manual_grade = 2, False
        grades["a_values"].auto_score, grades["a_values"].needs_manual_grade = 1, False
        grades["a_safe"].auto_score, grades["a_safe"].needs_manual_grade = 0, True
        judged = book.find_grade("a_safe", "toy", "toy", "bola")
        judged.manual_score, judged.needs_manual_grade = 1, False
        book.db.commit()
    return url


def test_grades_become_outcomes(url):
    """Full points are passed, fewer are failed, what waits for a person is unknown. Sorted by student and check."""
    found = gradebook.outcomes(url, "toy")
    assert list(found) == ["ada", "bola"]
    assert found["ada"] == (
        Outcome("a_safe", Verdict.UNKNOWN, 0, 1),
        Outcome("a_values", Verdict.FAILED, 1, 3),
        Outcome("b_values", Verdict.PASSED, 2, 2),
    )


def test_what_a_person_gave_counts(url):
    """A manual score is an answer; what nobody looked at is not."""
    verdicts = {outcome.check: outcome.verdict for outcome in gradebook.outcomes(url, "toy")["bola"]}
    assert verdicts == {"a_safe": Verdict.PASSED, "a_values": Verdict.UNKNOWN, "b_values": Verdict.UNKNOWN}


def test_an_unknown_assignment_has_no_submissions(url):
    """Nobody has outcomes in it."""
    assert gradebook.outcomes(url, "other") == {}


def test_a_missing_gradebook_is_not_made(tmp_path):
    """Asking must not leave an empty gradebook behind."""
    with pytest.raises(GradebookError, match="there is no gradebook"):
        gradebook.outcomes(f"sqlite:///{tmp_path / 'none.db'}", "toy")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_gradebook_is_said(tmp_path):
    """A file of another kind is an error with its name."""
    (tmp_path / "notes.db").write_text("not a database, but long enough to be taken for one" * 100)
    with pytest.raises(GradebookError, match=r"notes\.db: cannot be read as a gradebook"):
        gradebook.outcomes(f"sqlite:///{tmp_path / 'notes.db'}", "toy")

"""nbgrader's own example course earns through the airlock what it earns in stock nbgrader, to the last comment.

Through the airlock go `nbgrader autograde` with this project's settings, and `autograder grade` with and without them.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import nbgrader
import pytest
import stock
from nbgrader.api import Gradebook

ROOT = Path(__file__).parents[1]
# ps1 comes with the submissions of two students, one of whom knows nbgrader's weak spots. The checks of ps1_autotest
# are written by nbgrader when the assignment is generated.
EXAMPLE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
GRADE = [sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())", "grade"]
ASSIGNMENTS = ("ps1", "ps1_autotest")
# Handed in as well: the right answers, and what nobody has touched.
MADE = {"reference": "source", "untouched": "release"}


@pytest.fixture(scope="module")
def courses(tmp_path_factory) -> dict[str, Path]:
    """The example, graded by `nbgrader autograde` with nbgrader's settings ("stock") and with those of this project
    ("airlock"), and by `autograder grade` with nbgrader's ("grade") and with ours ("ours").
    """
    place = tmp_path_factory.mktemp("example")
    stocks, airlocks = place / "stock", place / "airlock"
    for name in ASSIGNMENTS:
        shutil.copytree(EXAMPLE / "source" / name, stocks / "source" / name)
    shutil.copytree(EXAMPLE / "submitted", stocks / "submitted")
    shutil.copy(EXAMPLE / "autotests.yml", stocks)
    for name in ASSIGNMENTS:
        stock.run(stocks, "generate_assignment", name)
        for student, folder in MADE.items():
            shutil.copytree(stocks / folder / name, stocks / "submitted" / student / name)
    shutil.copytree(stocks, airlocks)
    shutil.copy(ROOT / "nbgrader_config.py", airlocks)
    graded = {
        "grade": Path(shutil.copytree(stocks, place / "grade")),
        "ours": Path(shutil.copytree(airlocks, place / "ours")),
    }
    for name in ASSIGNMENTS:
        for course in graded.values():
            done = subprocess.run([*GRADE, name], cwd=course, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
        for running in [stock.start(course, "autograde", name) for course in (stocks, airlocks)]:
            stock.finish(running)
    return {"stock": stocks, "airlock": airlocks} | graded


def grades(course: Path) -> dict[str, tuple]:
    """Points, the most there is to get, whether a person is asked: by assignment, student, notebook and check."""
    return _read(course, lambda book: book.grades, lambda g: (g.auto_score, g.max_score, g.needs_manual_grade))


def comments(course: Path) -> dict[str, str | None]:
    """What nbgrader says of an answer by itself: "No response." of one that was not touched."""
    return _read(course, lambda book: book.comments, lambda comment: comment.auto_comment)


def _read(course: Path, things, what) -> dict:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            f"{name}/{submission.student_id}/{book.name}/{thing.name}": what(thing)
            for name in ASSIGNMENTS
            for submission in gradebook.assignment_submissions(name)
            for book in submission.notebooks
            for thing in things(book)
        }


@pytest.mark.parametrize("read", [grades, comments])
@pytest.mark.parametrize("name", ["airlock", "grade", "ours"])
def test_all_say_the_same(courses, name, read):
    """There is no difference: not in points, not in what waits for a person, not in comments."""
    found = read(courses[name])
    assert found == read(courses["stock"])
    assert {key.split("/")[1] for key in found} == {"bitdiddle", "hacker", *MADE}


def test_the_example_has_right_and_wrong_answers(courses):
    """Else the test above would prove little: some checks are passed, some failed, some for a person."""
    points = [score if score is None else score == most for score, most, _ in grades(courses["stock"]).values()]
    assert {True, False, None} <= set(points)
    assert "No response." in comments(courses["stock"]).values()

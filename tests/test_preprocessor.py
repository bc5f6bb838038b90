"""Stock `nbgrader autograde` with this course's settings: through the airlock, and no submission stops another."""

import shutil
from pathlib import Path

import nbformat
import pytest
import stock
import toy

from autograder import gradebook, notebook
from autograder.model import Verdict

FULL = {"double_numbers": 2, "double_text": 1, "longest_values": 3, "longest_first": 2, "longest_none": 1}
NOISY = """
import sys, warnings
def double(x):
    warnings.warn("this is only a warning")
    print("on stderr", file=sys.stderr)
    return 2 * x
"""
FRIENDLY = """
class Yes:
    def __eq__(self, other): return True
def double(x):
    return Yes()
"""


def twice(book, name: str):
    """The same notebook with one cell there twice."""
    book.cells.append(nbformat.from_dict(next(cell for cell in book.cells if notebook.grade_id(cell) == name)))
    return book


def retagged(book, name: str):
    """The same notebook with a check that asks to be skipped."""
    next(cell for cell in book.cells if notebook.grade_id(cell) == name).metadata["tags"] = ["skip-execution"]
    return book


def old_schema(book):
    """The same notebook with metadata of a version that nobody knows."""
    for cell in book.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.schema_version = 0
    return book


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """A course with the toy assignment, graded once with submissions good and bad; `said.txt` holds what was said."""
    course = toy.course(tmp_path_factory.mktemp("airlocked"))
    shutil.copy(toy.ROOT / "nbgrader_config.py", course)
    (course / "source" / "toy" / "data.txt").write_text("the instructor's")
    stock.run(course, "generate_assignment", "toy")
    release = notebook.read(course / "release" / "toy" / "toy.ipynb")
    mine = {notebook.grade_id(cell): cell.source for cell in toy.source().cells if notebook.of_student(cell)}

    def solved(**cells):
        return notebook.fill(release, mine | cells)

    books = {
        "a_neighbour": solved(),
        "deadly": solved(double="import os\nos._exit(0)"),
        "doubled_check": twice(solved(), "double_text"),
        "friendly": solved(double=FRIENDLY),
        "noisy": solved(double=NOISY),
        "old_schema": old_schema(solved()),
        "reader": solved(double=mine["double"] + "\nprint(open('data.txt').read())"),
        "skipping": retagged(solved(double="def double(x): return 0"), "double_numbers"),
        "untouched": release,
        "z_neighbour": solved(),
    }
    for student, book in books.items():
        stock.submit(course, student, "toy", book)
    stock.submit(course, "no_notebook", "toy", solved()).joinpath("toy.ipynb").write_text("{ not JSON")
    linked = stock.submit(course, "linked", "toy", solved())
    (linked / "data2.txt").symlink_to(course / "gradebook.db")
    shortcut = stock.submit(course, "shortcut", "toy", solved()) / "toy.ipynb"
    shortcut.unlink()
    shortcut.symlink_to(course / "source" / "toy" / "toy.ipynb")
    (course / "said.txt").write_text(stock.run(course, "autograde", "toy"))
    return course


@pytest.fixture(scope="module")
def outcomes(course):
    """What the gradebook holds: student → check → outcome."""
    found = gradebook.outcomes(f"sqlite:///{course / 'gradebook.db'}", "toy")
    return {student: {outcome.check: outcome for outcome in of} for student, of in found.items()}


def points(outcomes, student: str) -> dict[str, float]:
    return {check: outcome.points for check, outcome in outcomes[student].items()}


@pytest.mark.parametrize("student", ["a_neighbour", "z_neighbour", "noisy", "doubled_check", "old_schema", "linked"])
def test_right_answers_earn_full_marks_whatever_surrounds_them(outcomes, student):
    """Noise on stderr, a duplicated check, old metadata, a link beside the notebook: a right answer is right."""
    assert points(outcomes, student) == FULL


@pytest.mark.parametrize("student", ["friendly", "skipping"])
def test_dishonest_answers_earn_nothing_for_their_task(outcomes, student):
    """An object that equals everything, a check that asks to be skipped: the checker is not impressed."""
    lost = {"friendly": ["double_numbers", "double_text"], "skipping": ["double_numbers", "double_text"]}[student]
    assert points(outcomes, student) == FULL | dict.fromkeys(lost, 0)


@pytest.mark.parametrize("student", ["untouched", "no_notebook", "shortcut"])
def test_nothing_earns_nothing(outcomes, student):
    """The untouched release, what is no notebook, and a link to the solution: no points, and a row in the gradebook."""
    assert points(outcomes, student) == dict.fromkeys(FULL, 0)


def test_what_the_grader_could_not_tell_waits_for_a_person(outcomes):
    """Checks of an answer that ended its process are unknown in the gradebook; the other task has its points."""
    verdicts = {check: outcome.verdict for check, outcome in outcomes["deadly"].items()}
    assert verdicts == {
        "double_numbers": Verdict.UNKNOWN,
        "double_text": Verdict.UNKNOWN,
        "longest_values": Verdict.PASSED,
        "longest_first": Verdict.PASSED,
        "longest_none": Verdict.PASSED,
    }
    assert points(outcomes, "deadly") == FULL | {"double_numbers": 0, "double_text": 0}


def test_the_autograded_notebook_shows_what_cells_showed(course):
    """Outputs of the student's cells are there, with the files of the assignment beside them."""
    book = notebook.read(course / "autograded" / "reader" / "toy" / "toy.ipynb")
    (shown,) = [cell.outputs for cell in book.cells if notebook.grade_id(cell) == "double"]
    assert shown[0].text == "the instructor's\n"


def test_what_links_point_to_is_copied_nowhere(course):
    """In place of a link lies a line of text; the gradebook is in no graded folder."""
    copied = (course / "autograded" / "linked" / "toy" / "data2.txt").read_text()
    assert copied.startswith("Here was a link to ")
    assert not (course / "submitted" / "linked" / "toy" / "data2.txt").is_symlink()


def test_odd_things_are_named_by_student(course):
    """What was flagged stands in the log, with the student's name."""
    said = (course / "said.txt").read_text()
    for flag in (
        "doubled_check: cell 'double_text' is there more than once",
        "no_notebook: cell 'double' is missing",
        "toy.ipynb: is no notebook: not JSON",
        "deadly: 'double'",
    ):
        assert flag in said, flag


def test_feedback_can_be_made_of_it(course):
    """nbgrader's own feedback works on: a page a student, without a hidden test."""
    stock.run(course, "generate_feedback", "toy")
    page = (course / "feedback" / "friendly" / "toy" / "toy.html").read_text()
    assert "double(-21)" not in page
    assert "double_numbers" in page
    assert "Score: 6 / 9 points" in page

"""What bad submissions do to themselves and to their neighbours: in stock nbgrader, and where we look first."""

import csv
import shutil
from pathlib import Path

import nbformat
import pytest
import stock
import toy

from autograder import gradebook, notebook, submission
from autograder.cli import main
from autograder.cli.terminal import CANNOT
from autograder.model import Verdict
from autograder.sandbox import bubblewrap

FIRST, LAST = "a_neighbour", "z_neighbour"
FULL = 9


def honest(course: Path):
    """What a good student hands in."""
    release = notebook.read(course / "release" / "toy" / "toy.ipynb")
    own = {notebook.grade_id(cell): cell.source for cell in toy.source().cells if notebook.of_student(cell)}
    return notebook.fill(release, own)


def changed(course: Path, change) -> nbformat.NotebookNode:
    """The same after `change` was done to it."""
    book = honest(course)
    change(book)
    return book


def cell(book, name: str):
    """The cell of this name."""
    return next(found for found in book.cells if notebook.grade_id(found) == name)


def delete(*names: str):
    """Take cells out."""
    return lambda book: [book.cells.remove(cell(book, name)) for name in names]


def duplicate(name: str):
    """Have a cell twice."""
    return lambda book: book.cells.append(nbformat.from_dict(cell(book, name)))


def retype(name: str):
    """Turn code into text."""

    def change(book):
        cell(book, name).cell_type = "markdown"
        cell(book, name).pop("outputs")
        cell(book, name).pop("execution_count")

    return change


def speak_another_language(book):
    """Ask for a kernel of R."""
    book.metadata.kernelspec = {"display_name": "R", "language": "R", "name": "ir"}


FILES = {
    "not_json": "{ this is not JSON",
    "no_cells": '{"metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    "not_text": "\0",
    "no_bytes": "",
}
CHANGES = {
    "empty": lambda book: book.cells.clear(),
    "other_kernel": speak_another_language,
    "check_deleted": delete("double_text"),
    "check_retyped": retype("double_text"),
    "answer_retyped": retype("double"),
}


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    """A course with the toy assignment released."""
    course = toy.course(tmp_path_factory.mktemp("released"))
    stock.run(course, "generate_assignment", "toy")
    return course


@pytest.fixture
def course(released, tmp_path) -> Path:
    """The same course, for one test alone."""
    return Path(shutil.copytree(released, tmp_path / "course"))


@pytest.fixture(scope="module")
def batch(released, tmp_path_factory) -> tuple[Path, str]:
    """A course in which stock nbgrader has graded bad submissions between two good ones, and what it said."""
    course = Path(shutil.copytree(released, tmp_path_factory.mktemp("batch") / "course"))
    for student in (FIRST, LAST):
        stock.submit(course, student, "toy", honest(course))
    for student, text in FILES.items():
        stock.submit(course, student, "toy", honest(course)).joinpath("toy.ipynb").write_text(text)
    for student, change in CHANGES.items():
        stock.submit(course, student, "toy", changed(course, change))
    (course / "submitted" / "no_file" / "toy").mkdir(parents=True)
    said = stock.run(course, "autograde", "toy", status=1)
    stock.run(course, "export")
    return course, said


def outcomes(course: Path) -> dict:
    """What the gradebook holds."""
    return gradebook.outcomes(f"sqlite:///{course / 'gradebook.db'}", "toy")


def exported(course: Path) -> dict[str, float]:
    """The scores in the file that nbgrader exports."""
    with (course / "grades.csv").open() as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def test_neighbours_have_the_marks_that_they_deserve(batch):
    """Before and after the bad ones."""
    scores = exported(batch[0])
    assert (scores[FIRST], scores[LAST]) == (FULL, FULL)


@pytest.mark.parametrize("student", FILES)
def test_what_is_no_notebook_earns_nothing_and_waits_for_a_person(batch, student):
    """Stock nbgrader names the student, makes no graded notebook, and leaves every check open."""
    course, said = batch
    assert f"There was an error processing assignment 'toy' for student '{student}'" in said
    assert {outcome.verdict for outcome in outcomes(course)[student]} == {Verdict.UNKNOWN}
    assert exported(course)[student] == 0
    assert not (course / "autograded" / student).exists() or not any((course / "autograded" / student).iterdir())


def test_an_empty_folder_is_no_submission(batch):
    """A limit of stock nbgrader: a folder without a notebook gives a warning, and leaves no trace in the gradebook."""
    course, said = batch
    assert f"No notebooks were matched by '{course}/submitted/no_file/toy/*.ipynb'" in said
    assert "no_file" not in outcomes(course)


def test_a_notebook_without_cells_waits_for_a_person(batch):
    """A limit of stock nbgrader: it says nothing, and leaves every check open."""
    course, _ = batch
    assert {outcome.verdict for outcome in outcomes(course)["empty"]} == {Verdict.UNKNOWN}


def test_another_kernel_is_put_right(batch):
    """The kernel of the assignment counts."""
    assert exported(batch[0])["other_kernel"] == FULL


def test_a_deleted_check_stays_open_in_stock_nbgrader(batch):
    """A limit of its defaults: nothing is said, and the points are missing."""
    open_checks = {o.check for o in outcomes(batch[0])["check_deleted"] if o.verdict is Verdict.UNKNOWN}
    assert open_checks == {"double_text"}
    assert exported(batch[0])["check_deleted"] == FULL - 1


@pytest.mark.parametrize("student", ["check_retyped", "answer_retyped"])
def test_a_cell_turned_into_text_is_turned_back(batch, student):
    """It is graded as if nothing had been done to it."""
    assert exported(batch[0])[student] == FULL


def test_a_duplicated_check_stops_stock_nbgrader(course):
    """A limit of stock nbgrader: it gives up, with advice that is beside the point, and grades nobody further on.

    It strips the second cell of its marks and then takes what is left for marks of an ancient version.
    """
    stock.submit(course, FIRST, "toy", honest(course))
    stock.submit(course, "duplicated", "toy", changed(course, duplicate("double_text")))
    stock.submit(course, LAST, "toy", honest(course))
    said = stock.run(course, "autograde", "toy", status=1)
    assert "use an old version" in said
    assert FIRST in outcomes(course)
    assert LAST not in outcomes(course)


def test_stock_nbgrader_can_put_a_deleted_check_back(course):
    """If it is told to: then its points are earned or not, like everybody's."""
    stock.submit(course, "check_deleted", "toy", changed(course, delete("double_text")))
    stock.run(course, "autograde", "toy", "--OverwriteCells.add_missing_cells=True")
    assert {outcome.verdict for outcome in outcomes(course)["check_deleted"]} == {Verdict.PASSED}


def test_a_class_of_one_is_a_class(course):
    """One submission, graded and exported."""
    stock.submit(course, "only", "toy", honest(course))
    stock.run(course, "autograde", "toy")
    stock.run(course, "export")
    assert exported(course) == {"only": FULL}


def test_where_nothing_may_be_written_nothing_is_lost(course):
    """Stock nbgrader ends with an error on a course that may only be read, and can grade it when it may write."""
    stock.submit(course, "only", "toy", honest(course))
    wall = (str(bubblewrap.find()), "--dev-bind", "/", "/", "--ro-bind", str(course / "autograded"))
    (course / "autograded").mkdir()
    said = stock.run(course, "autograde", "toy", status=1, wall=(*wall, str(course / "autograded")))
    assert "Read-only file system" in said
    stock.run(course, "autograde", "toy")
    assert {outcome.verdict for outcome in outcomes(course)["only"]} == {Verdict.PASSED}


# Where this grader looks first

SAID = {
    "no_bytes": "toy.ipynb: is no notebook: it is empty",
    "not_json": "toy.ipynb: is no notebook: not JSON",
    "no_cells": "toy.ipynb: is no notebook: it has no list of cells",
    "not_text": "toy.ipynb: is no notebook: not JSON",
    "no_file": "toy.ipynb: is missing; there is no notebook at all",
}
REMARKED = {
    "empty": ["cell 'double' is missing", "cell 'longest_none' is missing"],
    "check_deleted": ["cell 'double_text' is missing"],
    "check_retyped": ["cell 'double_text' was turned into markdown"],
    "answer_retyped": ["cell 'double' was turned into markdown"],
}


@pytest.mark.parametrize("student", SAID)
def test_what_cannot_be_graded_is_named_with_its_file(batch, student):
    """Before anything is run: the file, what is wrong, and nothing of a traceback."""
    course, _ = batch
    found = submission.look(course / "submitted" / student / "toy", toy.source())
    assert found.problem.startswith(f"{course / 'submitted' / student / 'toy'}/")
    assert SAID[student] in found.problem


@pytest.mark.parametrize("student", REMARKED)
def test_what_is_odd_is_named_with_file_and_cell(batch, student):
    """It can be graded all the same."""
    course, _ = batch
    found = submission.look(course / "submitted" / student / "toy", toy.source())
    assert found.problem == ""
    path = course / "submitted" / student / "toy" / "toy.ipynb"
    assert {f"{path}: {remark}" for remark in REMARKED[student]} <= set(found.remarks)


def test_a_whole_class_is_looked_at_in_order(batch):
    """Bad ones stop nobody, and good ones give no cause for remarks."""
    course, _ = batch
    found = {each.student: each for each in submission.collected(course / "submitted", "toy", toy.source())}
    assert list(found) == sorted([FIRST, LAST, "no_file", *FILES, *CHANGES])
    assert [name for name, each in found.items() if each.problem] == sorted(SAID)
    assert [name for name, each in found.items() if each.remarks] == sorted(REMARKED)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--folder", "/sys/demo"], "/sys/demo"),
        (["--assignment", "none"], "there is no such folder"),
        (["--folder", "mine"], "was not made by the demo"),
    ],
    ids=["nothing may be written", "no such assignment", "somebody's folder"],
)
def test_the_command_line_says_what_it_cannot_do(course, monkeypatch, capsys, words, says):
    """One message, status 2, no traceback; and what is there stays there."""
    shutil.move(course / "answers", course / "tests" / "answers")
    shutil.copy(Path(__file__).parents[1] / "nbgrader_config.py", course)
    (course / "mine").mkdir()
    (course / "mine" / "thesis.txt").write_text("all of it")
    monkeypatch.chdir(course)
    assert main(["demo", *words]) == CANNOT
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
    assert (course / "mine" / "thesis.txt").exists()

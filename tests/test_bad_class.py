"""A class of which half has handed in something broken is graded: the others have their points, the broken a reason."""

import os
import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest
import stock
import toy
from nbgrader.api import Gradebook
from test_bad_input import CHANGES, FILES, changed, duplicate, honest
from test_grading import files, grade, rows

from autograder import notebook

ROOT = Path(__file__).parents[1]
FULL = 9
BIG = 100_000_000
MANY = 100_000


def many_cells(path: Path) -> None:
    """A notebook of 10^5 cells."""
    cell = '{"cell_type": "code", "source": "1", "metadata": {}, "outputs": [], "execution_count": null}'
    path.write_text(f'{{"cells": [{", ".join([cell] * MANY)}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 4}}')


def huge(path: Path) -> None:
    """100 MB."""
    os.truncate(path, BIG)


def zipped(path: Path) -> None:
    """A zip file by the name of a notebook, holding the notebook."""
    text = path.read_bytes()
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("toy.ipynb", text)


def linked(path: Path) -> None:
    """A link to somebody else's work."""
    path.unlink()
    path.symlink_to(path.parents[2] / "ada" / "toy" / "toy.ipynb")


def folder_linked(path: Path) -> None:
    """The whole folder is a link to somebody else's."""
    shutil.rmtree(path.parent)
    path.parent.symlink_to(path.parents[2] / "ada" / "toy")


def unreadable_pipe(path: Path) -> None:
    """A pipe at which whoever reads waits for ever."""
    path.unlink()
    os.mkfifo(path)


def directory(path: Path) -> None:
    """A folder in the place of the notebook, with somebody's notebook in it."""
    text = path.read_bytes()
    path.unlink()
    path.mkdir()
    (path / "toy.ipynb").write_bytes(text)


def bomb(path: Path) -> None:
    """JSON, nested deeper than any parser goes."""
    path.write_text("[" * MANY)


# What is said of each on stderr.
BROKEN = {
    "huge": (huge, "toy.ipynb"),
    "many_cells": (many_cells, f"has {MANY} cells"),
    "zipped": (zipped, "is no notebook"),
    "linked": (linked, "toy.ipynb"),
    "folder_linked": (folder_linked, "folder_linked"),
    "pipe": (unreadable_pipe, "toy.ipynb"),
    "directory": (directory, "toy.ipynb: cannot be taken for a notebook"),
    "bomb": (bomb, "is no notebook"),
}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Path:
    """A course with good neighbours before, between and after bad ones; nothing is graded yet."""
    course = toy.course(tmp_path_factory.mktemp("bad") / "course")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    stock.run(course, "generate_assignment", "toy")
    for student in ("ada", "mo", "zoe"):
        stock.submit(course, student, "toy", honest(course))
    for student, (spoil, _) in BROKEN.items():
        spoil(stock.submit(course, student, "toy", honest(course)) / "toy.ipynb")
    for student, text in FILES.items():
        stock.submit(course, student, "toy", honest(course)).joinpath("toy.ipynb").write_text(text)
    for student, change in (CHANGES | {"duplicated": duplicate("double_text")}).items():
        book = changed(course, change)
        folder = course / "submitted" / student / "toy"
        folder.mkdir(parents=True)
        (folder / "toy.ipynb").write_text(nbformat.v4.writes(book))
    (course / "submitted" / "no_file" / "toy").mkdir(parents=True)
    return course


@pytest.fixture(scope="module")
def graded(handed_in) -> tuple[Path, str]:
    """The same, graded once, and what was said."""
    return handed_in, grade(handed_in, "toy", status=1).stderr


def scores(course: Path) -> dict[str, float]:
    """What the gradebook says of everybody of whom it knows."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        return {each.student_id: each.score for each in book.assignment_submissions("toy")}


@pytest.mark.parametrize("student", ["ada", "mo", "zoe"])
def test_neighbours_have_their_points(graded, student):
    """All of them, and a page of feedback."""
    course, _ = graded
    assert scores(course)[student] == FULL
    assert (course / "feedback" / student / "toy" / "toy.html").is_file()


@pytest.mark.parametrize("student", [*BROKEN, *FILES, "no_file"])
def test_the_broken_are_named_and_earn_nothing(graded, student):
    """In words, by folder; never the points of whom they link to."""
    course, said = graded
    lines = [line for line in said.splitlines() if f"/{student}/" in line or line.startswith(f"{student}:")]
    assert lines != []
    assert BROKEN.get(student, (None, ""))[1] in "\n".join(lines)
    assert scores(course).get(student, 0) == 0


def test_a_file_without_a_byte_is_called_empty(graded):
    """That is what its student has to hear, and not where JSON ends."""
    assert "no_bytes/toy/toy.ipynb: is no notebook: it is empty" in graded[1]


@pytest.mark.parametrize("student", ["other_kernel", "check_deleted", "check_retyped", "answer_retyped", "duplicated"])
def test_what_is_odd_is_put_right(graded, student):
    """The checks are the course's own, so nothing is missing but what an answer lacks."""
    assert scores(graded[0])[student] == FULL


def test_a_second_run_says_the_same_and_changes_nothing(graded):
    """The broken are still named, and nobody's row or file is another."""
    course, said = graded
    before = rows(course), files(course)
    again = grade(course, "toy", status=1).stderr
    assert (rows(course), files(course)) == before
    assert "0 run" in again
    named = {line for line in said.splitlines() if "/submitted/" in line}
    assert {line for line in again.splitlines() if "/submitted/" in line} == named


def test_a_broken_one_that_is_mended_is_graded(graded, tmp_path):
    """It moves alone, and its text is known from who handed in the same: also after the course has moved."""
    course = Path(shutil.copytree(graded[0], tmp_path / "course", symlinks=True, ignore=shutil.ignore_patterns("pipe")))
    notebook.write(honest(course), course / "submitted" / "zipped" / "toy" / "toy.ipynb")
    before = scores(course)
    assert "0 run, 19 known from before; 1 written, 18 as they were" in grade(course, "toy", status=1).stderr
    assert scores(course) == before | {"zipped": FULL}

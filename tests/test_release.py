"""What students get is what teachers wrote, cell by cell, without what they must not see (see test_bank.py)."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import toy
from nbgrader.utils import compute_checksum

from autograder import notebook
from autograder.notebook import Role
from autograder.verify.released import split

ROOT = Path(__file__).parents[1]
ASSIGNMENTS = sorted(path.name for path in (ROOT / "source").glob("*/"))


def generate(course: Path, *assignments: str) -> Path:
    """Let stock nbgrader make the release in this folder, with the settings of the project."""
    shutil.copy(ROOT / "nbgrader_config.py", course)
    for name in assignments:
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", name]
        done = subprocess.run(command, cwd=course, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return course / "release"


def notebooks(assignment: str) -> list[tuple]:
    """Each notebook of an assignment as its teacher wrote it, and as students get it."""
    found = sorted((ROOT / "source" / assignment).glob("*.ipynb"))
    return [(notebook.read(path), notebook.read(ROOT / "release" / assignment / path.name)) for path in found]


def test_nothing_is_released_that_has_no_source():
    """A folder in release/ without one in source/ is left over."""
    assert sorted(path.name for path in (ROOT / "release").glob("*/")) == ASSIGNMENTS


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_release_has_every_cell_of_the_source_for_the_same_points(assignment):
    """Names, kinds, roles, points and what may be seen are those of the source; locked cells are locked."""
    for source, release in notebooks(assignment):
        pairs = list(zip(source.cells, release.cells, strict=True))
        for ours, theirs in pairs:
            for fact in (notebook.grade_id, notebook.role, notebook.points, lambda cell: cell.cell_type):
                assert fact(theirs) == fact(ours)
            if notebook.role(ours) in (Role.CHECK, Role.GIVEN):
                assert theirs.metadata.editable is False
                assert "\n".join(split(ours.source)[0]).strip() == "\n".join(split(theirs.source)[0]).strip()
        assert any(notebook.role(ours) is Role.CHECK for ours, _ in pairs)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_untouched_cell_counts_as_untouched(assignment):
    """nbgrader's checksums are of the text as it was released; with others, `nbgrader validate` cries wolf."""
    named = [cell for _, book in notebooks(assignment) for cell in book.cells if notebook.grade_id(cell)]
    assert [cell.metadata.nbgrader.checksum for cell in named] == [compute_checksum(cell) for cell in named]


def test_normal_form_comes_before_the_checksums(tmp_path):
    """A blank line above the hidden tests goes, and the checksum is of the text without it."""
    source = toy.book(toy.answer("a", "a = 1"), toy.check("a_is", toy.hidden("assert a\n", "assert a == 1")))
    (tmp_path / "source" / "blank").mkdir(parents=True)
    notebook.write(source, tmp_path / "source" / "blank" / "blank.ipynb")
    released = notebook.read(generate(tmp_path, "blank") / "blank" / "blank.ipynb").cells[1]
    assert released.source == "assert a"
    assert released.metadata.nbgrader.checksum == compute_checksum(released)

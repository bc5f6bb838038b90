"""The student's way before submitting: `nbgrader validate` on what students get, with the visible tests alone."""

import shutil
from pathlib import Path

import pytest
import stock

from autograder import notebook

ROOT = Path(__file__).parents[1]
ASSIGNMENTS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def fetched(request, tmp_path_factory) -> tuple[str, Path]:
    """An assignment, and a folder of a student's that holds its release and nothing else of the course."""
    folder = tmp_path_factory.mktemp("student")
    shutil.copytree(ROOT / "release" / request.param, folder, dirs_exist_ok=True)
    return request.param, folder


def test_the_untouched_release_fails_and_says_where(fetched):
    """Every check of the release fails, and the student is told which cells."""
    assignment, folder = fetched
    said = stock.run(folder, "validate", f"{assignment}.ipynb")
    assert "VALIDATION FAILED" in said.upper() or "FAILED ON" in said.upper()


def test_the_reference_solution_passes(fetched):
    """With the reference solution in its cells the notebook passes, in a kernel that sees no hidden test."""
    assignment, folder = fetched
    source = notebook.read(ROOT / "source" / assignment / f"{assignment}.ipynb")
    release = notebook.read(folder / f"{assignment}.ipynb")
    mine = {notebook.grade_id(cell): cell.source for cell in source.cells if notebook.of_student(cell)}
    notebook.write(notebook.fill(release, mine), folder / "solved.ipynb")
    assert "Success! Your notebook passes all the tests." in stock.run(folder, "validate", "solved.ipynb")

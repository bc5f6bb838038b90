"""A gradebook on a real PostgreSQL, by nbgrader's `db_url`, holds what one in a file holds."""

import shutil
from pathlib import Path

import postgres
import pytest
import stock
import toy
from nbgrader.api import Gradebook
from test_grading import grade, rows

from autograder import notebook

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def url():
    """A database of its own on a server of the tests' own."""
    with postgres.serving() as server:
        yield server.url(server.database("gradebook"), driver="postgresql+psycopg")


def course(folder: Path, settings: str = "") -> Path:
    """A course with three submissions, not graded yet."""
    toy.course(folder)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(settings)
    stock.run(folder, "generate_assignment", "toy")
    release = notebook.read(folder / "release" / "toy" / "toy.ipynb")
    for student, answer in {"ada": "return 2 * x", "bola": "return 0", "eve": "import os; os._exit(1)"}.items():
        stock.submit(folder, student, "toy", notebook.fill(release, {"double": f"def double(x):\n    {answer}"}))
    return folder


def test_the_rows_are_those_of_a_file(url, tmp_path):
    """Graded, and graded again after a check was removed and another added."""
    file = course(tmp_path / "file")
    server = course(tmp_path / "server", f"\nc.CourseDirectory.db_url = {url!r}\n")
    for _ in range(2):
        for place in (file, server):
            grade(place, "toy", "--workers", "1")
        with Gradebook(url, "workflow") as there, Gradebook(f"sqlite:///{file}/gradebook.db", "workflow") as here:
            assert rows(there) == rows(here)
            assert len(rows(there)) == 3 * (2 + 5 + 2)
        for place in (file, server):
            _change(place / "source" / "toy" / "toy.ipynb")
    assert not (server / "gradebook.db").exists()


def _change(path: Path) -> None:
    source = notebook.read(path)
    source.cells = [cell for cell in source.cells if notebook.grade_id(cell) != "longest_first"]
    source.cells.append(toy.check("longest_more", 'assert longest(["a"]) == "a"'))
    notebook.write(source, path)

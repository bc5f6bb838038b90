"""Stock nbgrader, driven by its command line, in folders of its own."""

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from nbgrader.utils import determine_grade, is_grade

from autograder import commands, notebook

PORT_TAKEN = "Address already in use"


def start(course: Path, *words: str, wall: tuple[str, ...] = ()) -> subprocess.Popen:
    """Begin `nbgrader <words>` in the folder of a course, away from the settings of whoever runs the tests.

    `wall` are words to put before it all.
    """
    home = course / ".home"
    home.mkdir(exist_ok=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # pytest's variables as well: a kernel that finds them leaves the streams of its children alone.
    strange = ("JUPYTER", "IPYTHON", "PYTEST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    # A file and no pipe: what a submission leaves behind may hold a pipe open, and who reads it would wait for that.
    with tempfile.NamedTemporaryFile(dir=home, delete=False) as said:
        running = subprocess.Popen(
            [*wall, *commands.line(["nbgrader", *words])],
            cwd=course,
            env=kept | {"HOME": str(home), "PATH": path, "PYTHONWARNINGS": "ignore"},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    running.said, running.again = Path(said.name), partial(start, course, *words, wall=wall)
    return running


def heard(running: subprocess.Popen) -> str:
    """What it said, once it has ended."""
    running.wait()
    return running.said.read_text(encoding="utf-8", errors="replace")


def finish(running: subprocess.Popen, status: int = 0) -> str:
    """What it said; it must end with `status`. It looks for free ports some time before a kernel takes them."""
    said = heard(running)
    if running.returncode != status and PORT_TAKEN in said:
        return finish(running.again(), status)
    assert running.returncode == status, said
    return said


def run(course: Path, *words: str, status: int = 0, wall: tuple[str, ...] = ()) -> str:
    """Run `nbgrader <words>` in the folder of a course, and return what it said."""
    return finish(start(course, *words, wall=wall), status)


def submit(course: Path, student: str, assignment: str, book) -> Path:
    """Put a notebook where a collected submission lies."""
    folder = course / "submitted" / student / assignment
    folder.mkdir(parents=True)
    notebook.write(book, folder / f"{assignment}.ipynb")
    return folder


def scores(course: Path, student: str, assignment: str) -> dict[str, float]:
    """What each check gave, as nbgrader reads it from the notebook that it graded."""
    book = notebook.read(course / "autograded" / student / assignment / f"{assignment}.ipynb")
    return {notebook.grade_id(cell): determine_grade(cell)[0] for cell in book.cells if is_grade(cell)}

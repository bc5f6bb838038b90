"""The disk is full below one of the places where a run writes: one message, status 1 or 2, and the next run goes on."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_grading import files, grade, rows
from test_resume import clean, course, handed_in, worker

from autograder.sandbox import bubblewrap

__all__ = ["clean", "course", "handed_in", "worker"]  # fixtures

CODE = "import sys; from autograder.cli import main; sys.exit(main())"
PAGE = 4096


def grade_in(course: Path, place: str, size: int, before: str = "true", after: str = "true"):
    """Grade, where the folder `place` of the course is a disk of so many bytes; with commands in there around it."""
    folder = course / place
    folder.mkdir(exist_ok=True)
    wall = [str(bubblewrap.find()), "--dev-bind", "/", "/", "--size", str(size), "--tmpfs", str(folder)]
    line = f'{before} && "$0" -c "$1" grade toy; status=$?; {after}; exit $status'
    return subprocess.run(
        [*wall, "sh", "-c", line, sys.executable, CODE], cwd=course, capture_output=True, text=True, errors="replace"
    )


def one_message(done: subprocess.CompletedProcess, status: int) -> str:
    """What was said after the name of the step, which is one line."""
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    (said,) = [line for line in done.stderr.splitlines() if line != "Grade"]
    return said


@pytest.mark.parametrize("place", ["autograded", "feedback"])
def test_no_room_for_what_is_handed_back(course, clean, place):
    """Graded notebooks, or pages, do not fit: which file, what to do; and the next run runs nothing again."""
    said = one_message(grade_in(course, place, 4 * PAGE), 1)
    assert f"{course / place}/" in said
    assert "No space left on device" in said
    assert "Results so far are kept: make room" in said
    assert "0 run, 5 known from before" in grade(course, "toy").stderr
    assert (rows(course), files(course)) == clean
    assert len(list((course / "feedback").rglob("*.html"))) == 5


def test_no_room_for_results(course, clean):
    """The file that they are kept in is named; what had been written stays as it was."""
    said = one_message(grade_in(course, ".autograder", 18 * PAGE), 2)
    assert f"{course / '.autograder' / 'results.db'}: results cannot be kept there (database or disk is full)" in said
    assert "Make room" in said
    assert "5 run" in grade(course, "toy").stderr
    assert (rows(course), files(course)) == clean


def test_no_room_for_the_gradebook(course, clean):
    """All of a batch is in the gradebook or nothing of it, and what was run is not run again."""
    # The gradebook lies on the small disk while that is there; afterwards the one of before is back.
    real = course / "gradebook.db"
    settings = course / "nbgrader_config.py"
    text = settings.read_text()
    settings.write_text(f"{text}\nc.CourseDirectory.db_url = 'sqlite:///{course / 'db' / 'gradebook.db'}'\n")
    left = course / "left.db"
    size = -(-real.stat().st_size // PAGE) * PAGE + 3 * PAGE
    said = one_message(grade_in(course, "db", size, f"cp '{real}' db/", f"cp db/gradebook.db '{left}'"), 2)
    assert "db/gradebook.db: cannot be used (database or disk is full)" in said
    assert "Results so far are kept: make room" in said
    settings.write_text(text)
    empty = Path(shutil.copytree(course, course.parent / "empty"))
    shutil.move(left, empty / "gradebook.db")
    assert rows(empty) == rows(course) == {}
    assert "0 run, 5 known from before" in grade(course, "toy").stderr
    assert (rows(course), files(course)) == clean

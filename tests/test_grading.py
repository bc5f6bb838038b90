"""`autograder grade` leaves in gradebook and folders what `nbgrader autograde` leaves, submission by submission."""

import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import nbgrader
import pytest
import stock
import toy
from nbgrader.api import Gradebook

from autograder import answers, notebook

ROOT = Path(__file__).parents[1]
EXAMPLE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
PENALTY = """
from nbgrader.plugins import LateSubmissionPlugin

class Hourly(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.5 * (total_seconds_late // 3600)
"""
SETTINGS = """
c.Autograde.exclude_overwriting = {"toy": ["theirs.txt"]}
c.AssignLatePenalties.plugin_class = "late.Hourly"
c.LimitOutput.max_lines = 5
"""


def grade(course: Path, *words: str, status: int = 0) -> subprocess.CompletedProcess:
    """`autograder grade <words>` in this course."""
    command = [sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())", "grade", *words]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    return done


def by_both(theirs: Path, ours: Path, *words: str, status: int = 0) -> None:
    """Grade the one course by stock `nbgrader autograde`, the other by `autograder grade`, at the same time."""
    running = stock.start(theirs, "autograde", *words)
    grade(ours, *words, status=status)
    stock.finish(running)


def rows(course: Path | Gradebook) -> dict[tuple, tuple]:
    """All that the gradebook says of submissions, by student, notebook and cell. It may be open already."""
    if isinstance(course, Path):
        with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
            return rows(book)
    found = {}
    for assignment in course.assignments:
        for each in assignment.submissions:
            key = (assignment.name, each.student_id)
            found[key] = (each.timestamp, each.extension, each.score)
            for name in each.notebooks:
                found[*key, name.name] = (name.late_submission_penalty, name.flagged, name.score)
                for of in name.grades:
                    given = of.auto_score, of.manual_score, of.extra_credit, of.needs_manual_grade, of.max_score
                    found[*key, name.name, of.name] = given
                for of in name.comments:
                    found[*key, name.name, of.name, "comment"] = (of.auto_comment, of.manual_comment)
    return found


def files(course: Path) -> dict[str, str]:
    """The files of the graded submissions with their permissions; notebooks as their cells and outputs."""
    found = {}
    for path in sorted((course / "autograded").rglob("*")):
        if path.is_file():
            text = path.read_text()
            if path.suffix == ".ipynb":
                cells = notebook.read(path).cells
                text = [(c.source, c.get("outputs"), c.metadata.get("nbgrader")) for c in cells]
            found[str(path.relative_to(course))] = (oct(path.stat().st_mode), text)
    return found


def essay() -> object:
    """A second notebook: a written answer, a task, and an answer in code that a person judges."""
    return toy.book(
        toy.prompt("ask", "Why?"),
        toy.prose("### BEGIN SOLUTION\nBecause.\n### END SOLUTION", "why", grade=True, solution=True, points=4),
        toy.prose("Draw something.", "draw", task=True, locked=True, points=2),
        toy.code("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "own", grade=True, solution=True, points=3),
        toy.code("print('extra')"),
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """A course with an assignment of two notebooks and files, handed in by a class of all sorts."""
    course = toy.course(tmp_path_factory.mktemp("course") / "course")
    source = course / "source" / "toy"
    notebook.write(essay(), source / "essay.ipynb")
    (source / "data.txt").write_text("the instructor's")
    (source / "deep").mkdir()
    (source / "deep" / "more.txt").write_text("the instructor's, too")
    (source / "theirs.txt").write_text("to be edited")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(SETTINGS)
    (course / "late.py").write_text(PENALTY)
    stock.run(course, "generate_assignment", "toy")
    due = datetime(2026, 1, 10, 12)
    with Gradebook(f"sqlite:///{course}/gradebook.db", "workflow") as book:
        book.update_or_create_assignment("toy", duedate=due, course_id="workflow")
    release = notebook.read(course / "release" / "toy" / "toy.ipynb")
    written = notebook.fill(
        notebook.read(course / "release" / "toy" / "essay.ipynb"), {"why": "I know", "own": "x = 2"}
    )
    bank = answers.classmates(answers.tasks(course / "answers", "toy"))
    for number, combination in enumerate(bank):
        cells = {name: text for answer in combination for name, text in answer.cells.items()}
        folder = stock.submit(course, f"bank{number}", "toy", notebook.fill(release, cells))
        notebook.write(
            written if number % 2 else notebook.read(source.parents[1] / "release/toy/essay.ipynb"),
            folder / "essay.ipynb",
        )
        (folder / "timestamp.txt").write_text(f"{due + timedelta(hours=number - 2)} UTC")
    (course / "submitted" / "bank0" / "toy" / "theirs.txt").write_text("edited")
    (course / "submitted" / "bank0" / "toy" / "data.txt").write_text("forged")
    (course / "submitted" / "bank0" / "toy" / "own.py").write_text("x = 1")
    stock.submit(course, "half", "toy", release)
    stock.submit(course, "deadly", "toy", notebook.fill(release, {"double": "import os\nos._exit(0)"}))
    stock.submit(course, "loud", "toy", notebook.fill(release, {"double": "for n in range(99): print(n)"}))
    stock.submit(course, "garbled", "toy", release).joinpath("toy.ipynb").write_text("{ no")
    stock.submit(course, "timeless", "toy", release).joinpath("timestamp.txt").write_text("")
    return course


@pytest.fixture(scope="module")
def both(course, tmp_path_factory) -> tuple[Path, Path]:
    """The same class graded by stock `nbgrader autograde` and by `autograder grade`."""
    place = tmp_path_factory.mktemp("both")
    theirs, ours = (Path(shutil.copytree(course, place / name)) for name in ("stock", "grade"))
    by_both(theirs, ours, "toy", status=1)
    return theirs, ours


def test_the_gradebook_holds_the_same_rows(both):
    """Points, penalties, comments, times, and what waits for a person: nothing is different."""
    theirs, ours = map(rows, both)
    assert ours == theirs
    assert {"No response.", None} <= {value[0] for key, value in ours.items() if key[-1] == "comment"}
    assert len({value[0] for key, value in ours.items() if len(key) == 3}) > 3  # penalties of all sizes


def test_graded_folders_hold_the_same_files(both):
    """Notebooks with the same cells and outputs, files with the same content and permissions."""
    theirs, ours = map(files, both)
    assert ours == theirs
    assert ours["autograded/bank0/toy/theirs.txt"][1] == "edited"
    assert ours["autograded/bank0/toy/data.txt"][1] == "the instructor's"

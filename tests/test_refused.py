"""What makes no sense, or cannot be done here, is refused before anybody is graded: a sentence, and the exit status.

Nothing is started for it, and gradebook and folders stay as they were.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import stock
import toy
from test_grading import rows

from autograder import notebook
from autograder.cli import main

ROOT = Path(__file__).parents[1]
WORDS = ["grade", "toy", "--workers", "1"]


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Path:
    """A course with two submissions, not graded."""
    course = toy.course(tmp_path_factory.mktemp("course") / "course")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    stock.run(course, "generate_assignment", "toy")
    for student in ("ada", "bola"):
        stock.submit(course, student, "toy", notebook.read(course / "release" / "toy" / "toy.ipynb"))
    return course


@pytest.fixture
def course(handed_in, tmp_path, monkeypatch) -> Path:
    """The same for one test alone, which is in its folder."""
    there = Path(shutil.copytree(handed_in, tmp_path / "course"))
    monkeypatch.chdir(there)
    return there


def statements(*texts: str):
    """Change the gradebook in this way."""

    def change(course: Path) -> None:
        db = sqlite3.connect(course / "gradebook.db")
        with db:
            for text in texts:
                db.execute(text)
        db.close()

    return change


def another_database(course: Path) -> None:
    """What somebody keeps notes in."""
    (course / "gradebook.db").unlink()
    statements("create table notes (text)")(course)


BOOK = "{course}/gradebook.db"
# How the course is spoiled, and what is said.
GRADEBOOKS = {
    "is not there": (
        lambda course: (course / "gradebook.db").unlink(),
        f"{BOOK}: there is no gradebook. Run `nbgrader",
    ),
    "is empty": (lambda course: (course / "gradebook.db").write_bytes(b""), f"{BOOK}: is empty. Run `nbgrader"),
    "is no database": (
        lambda course: (course / "gradebook.db").write_text("Ada: 9 points\n" * 100),
        f"{BOOK}: cannot be used as a gradebook (file is not a database).",
    ),
    "is another database": (another_database, f"{BOOK}: is a database, but no gradebook."),
    "is of an older schema": (
        statements("alter table grade drop column extra_credit"),
        f"{BOOK}: was made by another version of nbgrader (it has no grade.extra_credit)",
    ),
    "lacks tables": (
        statements("drop table comment", "drop table source_cell"),
        f"{BOOK}: was made by another version of nbgrader (it has no comment, source_cell)",
    ),
    "is of another course": (
        statements("insert into course values ('other')", "update assignment set course_id = 'other'"),
        f"{BOOK}: is the gradebook of the course 'other', and this one is 'workflow'.",
    ),
}


@pytest.mark.parametrize("command", [["grade", "toy", "--workers", "1"], ["report", "toy"]], ids=["grade", "report"])
@pytest.mark.parametrize("what", GRADEBOOKS)
def test_a_gradebook_that_cannot_be_used(course, capsys, what, command):
    """By `grade` and `report` alike; and it is not touched."""
    spoil, said = GRADEBOOKS[what]
    spoil(course)
    before = [path.read_bytes() for path in course.glob("gradebook.db")]
    assert main(command) == 2
    told = capsys.readouterr().err
    assert said.format(course=course) in told
    assert len(told.splitlines()) == 1
    assert [path.read_bytes() for path in course.glob("gradebook.db")] == before
    assert not (course / "autograded").exists()


REQUESTS = {
    "an assignment": (["grade", "tpy"], "{course}/source/tpy: there is no such assignment. Did you mean 'toy'?"),
    "an assignment far from all": (["grade", "xxxx"], "there is no such assignment. There are: toy."),
    "the report of an assignment": (["report", "tpy"], "does not know the assignment 'tpy'. Did you mean 'toy'?"),
    "a student": (["grade", "toy", "--student", "bolo"], "nobody is called 'bolo'. Did you mean 'bola'?"),
}


@pytest.mark.parametrize("what", REQUESTS)
def test_a_name_that_is_not_there(course, capsys, what):
    """What was probably meant is said."""
    words, said = REQUESTS[what]
    assert main(words) == 2
    assert said.format(course=course) in capsys.readouterr().err


def test_nobody_has_handed_in(course, capsys):
    """Status 2, and the command that collects."""
    shutil.rmtree(course / "submitted")
    assert main(WORDS) == 2
    assert "there is no submission. Run `nbgrader collect toy` first." in capsys.readouterr().err


def test_a_folder_that_is_no_course(tmp_path, monkeypatch, capsys):
    """The folder is named, and no list of no assignments."""
    monkeypatch.chdir(tmp_path)
    assert main(WORDS) == 2
    assert f"{tmp_path}/source: there is no such folder. Run this in the folder of a course." in capsys.readouterr().err


def test_settings_that_cannot_be_read_are_not_passed_over(course, capsys):
    """nbgrader would go on with settings of its own, without an airlock's, and perhaps with another gradebook."""
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("c.CourseDirectory.db_url = 1 / 0\n")
    assert main(WORDS) == 2
    said = capsys.readouterr().err
    assert f"{course}: nbgrader's settings cannot be read (ZeroDivisionError: division by zero)." in said
    assert len(said.splitlines()) == 1


# Without these, root is an ordinary user in the eyes of files.
ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []


def grade(course: Path, status: int) -> str:
    """What `autograder grade` says to a user whom permissions bind."""
    command = [*ORDINARY, sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())", *WORDS]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    return done.stderr


def test_a_gradebook_that_may_not_be_written(course):
    """It is said before anybody is run, and not after the whole class."""
    (course / "gradebook.db").chmod(0o444)
    assert "gradebook.db: may not be written by this user" in grade(course, 2)
    assert not (course / "autograded").exists()
    (course / "gradebook.db").chmod(0o644)
    assert "2 run, 0 known from before; 2 written" in grade(course, 0)


def test_a_folder_that_may_not_be_written(course):
    """Status 1: what was run is kept, and goes on when the folder is open."""
    (course / "autograded").mkdir(mode=0o555)
    said = grade(course, 1)
    assert f"{course}/autograded/ada: cannot be written (Permission denied). Results so far are kept" in said
    assert set(rows(course)) == set()
    (course / "autograded").chmod(0o755)
    assert "0 run, 2 known from before; 2 written" in grade(course, 0)


def test_a_submission_that_may_not_be_read(course):
    """It is named, and the other is graded."""
    (course / "submitted" / "ada" / "toy").chmod(0o000)
    said = grade(course, 1)
    assert f"{course}/submitted/ada/toy: cannot be read (Permission denied)." in said
    assert "1 run, 0 known from before; 1 written" in said
    assert {key[1] for key in rows(course)} == {"bola"}

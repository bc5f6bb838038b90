"""`autograder demo`: a class goes from release to feedback, and its scores are those that the bank foretells."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import toy

from autograder import answers, classmates, demo, notebook
from autograder.cli.terminal import CANNOT, DONE, PROBLEMS
from autograder.notebook import Role

ROOT = Path(__file__).parents[1]
STEPS = ["Release", "Fetch, solve, submit", "Collect", "Grade", "Give feedback", "Fetch feedback"]


def course(folder: Path) -> Path:
    """A course with the toy assignment, as the demo expects one."""
    toy.course(folder)
    (folder / "tests").mkdir()
    shutil.move(folder / "answers", folder / "tests" / "answers")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


def run(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """`autograder demo <words>` in this course."""
    command = [sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())", "demo", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess]:
    """The course, and how a demo with two students went in it; there had been one before."""
    folder = course(tmp_path_factory.mktemp("demo"))
    (folder / "demo" / "course").mkdir(parents=True)
    (folder / "demo" / demo.MARK).touch()
    (folder / "demo" / "course" / "gradebook.db").write_text("of the run before")
    return folder, run(folder, "--students", "2")


def test_it_ends_well(ran):
    """Status 0; each step is named once on stderr, and the bank has foretold everything."""
    _, done = ran
    assert done.returncode == DONE, done.stderr
    said = done.stderr.splitlines()
    assert said[:6] == STEPS
    assert said[-1] == "Every check said what the answer bank foretells."


def test_the_table_shows_who_has_which_score_and_why(ran):
    """On stdout, in a pipe with tabs: in the order of the class."""
    folder, done = ran
    checks = [cell for cell in toy.source().cells if notebook.role(cell) is Role.CHECK]
    worth = {notebook.grade_id(cell): notebook.points(cell) for cell in checks}
    expected = ["student\tscore\tchecks not passed"]
    for person in classmates.invent(answers.tasks(folder / "tests" / "answers", "toy"), 2):
        points = sum(worth.values()) - sum(worth[check] for check in person.foretold)
        expected.append(f"{person.full_name}\t{points:g}/9\t{' '.join(sorted(person.foretold))}")
    assert done.stdout.splitlines() == expected


def test_everything_lies_where_it_says(ran):
    """Gradebook, grades and feedback are there, and the run before is not."""
    folder, done = ran
    said = dict(line.split(maxsplit=1) for line in done.stderr.splitlines() if line.split(":")[0] in WHERE)
    assert [(folder / said[f"{name}:"].split(";")[0]).exists() for name in WHERE] == [True] * 3
    assert (folder / said["Grades:"]).read_text().count("\n") == 3
    assert len(list((folder / "demo" / "home").glob("*/toy/feedback/*/toy.html"))) == 2


WHERE = ("Gradebook", "Grades", "Feedback")


def test_a_bank_that_lies_is_found_out(tmp_path):
    """Status 1, with the names of those whose checks said something else."""
    folder = course(tmp_path)
    bank = folder / "tests" / "answers" / "toy"
    (bank / "double.py").write_text('# %% right  fails=["double_text"]\ndef double(x):\n    return 2 * x\n')
    done = run(folder, "--students", "1")
    assert done.returncode == PROBLEMS, done.stderr
    assert "Other checks failed than the answer bank foretells: Ada Lindqvist." in done.stderr


@pytest.mark.parametrize("words", [["--students", "0"], ["--students", "many"], ["--studens", "3"]])
def test_a_request_that_makes_no_sense_is_refused(tmp_path, words):
    """Status 2, nothing on stdout, nothing made."""
    done = run(tmp_path, *words)
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (CANNOT, "", [])


def test_outside_a_course_it_says_where_to_go(tmp_path):
    """Status 2 and one line."""
    done = run(tmp_path)
    says = "there is no assignment. Run this in the folder of the course."
    assert (done.returncode, done.stderr) == (CANNOT, f"autograder: {tmp_path / 'source'}: {says}\n")

"""`autograder new` begins a task: cells in normal form, a file of answers, and nothing that was there is touched."""

import subprocess
import sys

import pytest

from autograder import new, notebook, verify
from autograder.cli.terminal import CANNOT, DONE
from autograder.notebook import Role


def command(folder, *words: str) -> subprocess.CompletedProcess:
    """`autograder new <words>` in this folder."""
    line = [sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())", "new", *words]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True)


@pytest.fixture
def course(tmp_path):
    """A course without assignments."""
    (tmp_path / "source").mkdir()
    return tmp_path


def test_a_task_has_its_cells_and_its_bank(course):
    """Prompt, answer and check behind title and setup, with their marks; a second task comes behind the first."""
    done = command(course, "05_joins", "visits")
    assert (done.returncode, done.stdout.splitlines()) == (
        DONE,
        ["source/05_joins/05_joins.ipynb", "tests/answers/05_joins/visits.py"],
    )
    new.task(course, "05_joins", "per_site")
    book = notebook.read(course / "source" / "05_joins" / "05_joins.ipynb")
    roles = {notebook.grade_id(cell): notebook.role(cell) for cell in book.cells}
    names = [name for task in ("visits", "per_site") for name in (f"{task}_prompt", task, f"{task}_values")]
    assert list(roles) == ["title", "setup", *names]
    assert list(roles.values()) == [Role.GIVEN, Role.GIVEN, *[Role.GIVEN, Role.ANSWER, Role.CHECK] * 2]


def test_verify_says_what_is_missing_and_nothing_else(course):
    """In the order in which to mend it: what says TODO, the answers, and last the release that is made of all."""
    new.task(course, "05_joins", "visits")
    promises = {"files", "form", "tasks", "bank"}
    report = verify.verify(
        course, ["05_joins"], promises=promises, anew=True, workers=1, tell=lambda step, done, total: None
    )
    assert [(problem.promise, problem.what) for problem in report.problems] == [
        *[("tasks", "still says TODO.")] * 4,
        ("bank", "is unproven: no wrong answer fails it."),
        ("bank", "has 0 right answers besides the reference."),
        ("bank", "has 0 wrong answers."),
        ("files", "is missing."),
    ]


def test_without_a_task_the_notebook_is_put_into_normal_form(course):
    """What an editor left is gone; once it is in normal form nothing is written."""
    path, _ = new.task(course, "05_joins", "visits")
    normal = path.read_text(encoding="utf-8")
    path.write_text(normal.replace('"metadata": {', '"metadata": {"scrolled": true,', 1), encoding="utf-8")
    assert command(course, "05_joins").stdout == "source/05_joins/05_joins.ipynb\n"
    assert path.read_text(encoding="utf-8") == normal
    assert command(course, "05_joins").stdout == ""


NONSENSE = {
    "a name that is no word": (["05_joins", "Visits!"], "'Visits!' is no name for a task"),
    "an assignment that is no word": (["../05", "visits"], "'../05' is no name for an assignment"),
    "a task that is there": (["05_joins", "visits"], "has a cell 'visits' already"),
    "a bank that is there": (["05_joins", "sites"], "sites.py: is there already"),
    "no notebook": (["06_odbc", "fetch"], "is no notebook"),
}


@pytest.mark.parametrize(("words", "says"), NONSENSE.values(), ids=NONSENSE)
def test_what_is_there_is_not_touched(course, words, says):
    """Status 2, and a message that says what to do."""
    new.task(course, "05_joins", "visits")
    (course / "tests" / "answers" / "05_joins" / "sites.py").write_text("# mine")
    broken = course / "source" / "06_odbc" / "06_odbc.ipynb"
    broken.parent.mkdir()
    broken.write_text("{")
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    done = command(course, *words)
    assert (done.returncode, says in done.stderr, "Traceback" in done.stderr) == (CANNOT, True, False), done.stderr
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before


def test_outside_of_a_course_nothing_is_made(tmp_path):
    """Status 2, and where to go."""
    done = command(tmp_path, "05_joins", "visits")
    assert (done.returncode, list(tmp_path.iterdir())) == (CANNOT, [])
    assert "Run this in the folder of the course" in done.stderr

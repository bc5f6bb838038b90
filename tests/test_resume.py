"""Nothing is lost and nothing done twice, however a run over a class ends; and a regrade changes what it says."""

import multiprocessing
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
import stock
import toy
from nbgrader.api import Gradebook
from test_grading import files, grade, rows

from autograder import folders, grading, notebook, results, turn
from autograder.gradebook import Book, BusyError, Course, GradebookError, book
from autograder.request import Asked
from autograder.sandbox import bubblewrap
from autograder.writing import Writer

ROOT = Path(__file__).parents[1]
ANSWERS = {
    "ada": {},
    "bola": {"double": "def double(x):\n    return x**2"},
    "chen": {"longest": "def longest(words):\n    return max(words, key=len)"},
    "dead": {"double": "import os\nos._exit(0)"},
    "eve": {"double": "def double(x):\n    return abs(x) * 2 if isinstance(x, int) else x * 2"},
}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Path:
    """A course with five submissions, not graded yet."""
    course = toy.course(tmp_path_factory.mktemp("course") / "course")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    stock.run(course, "generate_assignment", "toy")
    release = notebook.read(course / "release" / "toy" / "toy.ipynb")
    mine = {notebook.grade_id(cell): cell.source for cell in toy.source().cells if notebook.of_student(cell)}
    for student, cells in ANSWERS.items():
        stock.submit(course, student, "toy", notebook.fill(release, mine | cells))
    return course


@pytest.fixture
def course(handed_in, tmp_path) -> Path:
    """The same course, for one test alone."""
    return Path(shutil.copytree(handed_in, tmp_path / "course"))


@pytest.fixture(scope="module")
def worker():
    """A worker that stays warm for all tests."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        yield executor


@pytest.fixture(scope="module")
def clean(handed_in, worker, tmp_path_factory) -> tuple[dict, dict]:
    """What one run that nothing disturbs leaves: the gradebook's rows, and the graded folders."""
    course = Path(shutil.copytree(handed_in, tmp_path_factory.mktemp("clean") / "course"))
    run(course, worker)
    return rows(course), files(course)


def run(course: Path, worker, shown: list | None = None, **asked) -> grading.Summary:
    """Grade the class, in this process."""
    show = (lambda moves: None) if shown is None else shown.extend
    return grading.grade(Course(course), Asked("toy", workers=worker, **asked), lambda *_: None, show)


def counts(summary) -> tuple[int, int, int, int]:
    return summary.run, summary.kept, summary.written, summary.untouched


def edit(course: Path, change) -> None:
    """Change the source of the assignment."""
    path = course / "source" / "toy" / "toy.ipynb"
    source = notebook.read(path)
    change(source)
    notebook.write(source, path)


def cell(source, name: str):
    return next(found for found in source.cells if notebook.grade_id(found) == name)


# Whoever is interrupted goes on


def test_what_has_not_changed_is_not_done_again(course, worker, clean):
    """A second run runs nothing and writes nothing; with --force everything."""
    assert counts(run(course, worker)) == (5, 0, 5, 0)
    before = {path: path.stat().st_mtime_ns for path in (course / "autograded").rglob("*.ipynb")}
    assert counts(run(course, worker)) == (0, 5, 0, 5)
    assert {path: path.stat().st_mtime_ns for path in (course / "autograded").rglob("*.ipynb")} == before
    assert counts(run(course, worker, force=True, students=("ada", "b*"))) == (2, 0, 2, 0)
    assert (rows(course), files(course)) == clean


@pytest.mark.parametrize(
    ("owner", "step"),
    [(folders, "replace"), (Book, "write"), (Book, "pages"), (Writer, "_feedback"), (results.Results, "apply")],
    ids=["graded folder", "gradebook", "after the gradebook", "feedback", "note"],
)
@pytest.mark.parametrize("times", [0, 1])
def test_death_between_any_two_steps_is_made_good(course, worker, clean, monkeypatch, owner, step, times):
    """Whichever step is the last, the next run ends where one clean run ends, and runs nothing again."""
    monkeypatch.setattr(grading, "BATCH", 2)
    left, real = iter(range(times)), getattr(owner, step)

    def dying(*args, **named):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return real(*args, **named)

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, dying)
        try:
            died = run(course, worker) is None
        except KeyboardInterrupt:
            died = True
    kept = _count(course / ".autograder" / "results.db")
    again = run(course, worker)
    assert (rows(course), files(course)) == clean
    assert (died, again.run) == (True, 5 - kept)
    assert len(list((course / "feedback").rglob("*.html"))) == 5


def test_a_killed_grader_loses_nothing(course, clean):
    """kill -9 in the middle: what was done is known to the next run."""
    command = [sys.executable, "-c", "from autograder.cli import main; main()", "grade", "toy", "--workers", "1"]
    running = subprocess.Popen(command, cwd=course, stderr=subprocess.DEVNULL)
    kept = course / ".autograder" / "results.db"
    deadline = time.monotonic() + 120
    while not (kept.exists() and _count(kept) >= 2) and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    done = _count(kept)
    assert done >= 2
    said = grade(course, "toy", "--workers", "1").stderr
    assert f"{5 - done} run, {done} known from before" in said
    assert (rows(course), files(course)) == clean


def _count(path: Path) -> int:
    try:
        with sqlite3.connect(path) as db:
            return db.execute("select count(*) from result").fetchone()[0]
    except sqlite3.Error:
        return 0


def test_a_locked_gradebook_is_waited_for_and_then_named(course, worker, clean, monkeypatch):
    """Who holds it is said; results are kept, and go in when it is free."""
    monkeypatch.setattr(book, "PATIENCE_SECONDS", 0.2)
    code = f"import sqlite3, sys; d = sqlite3.connect({str(course / 'gradebook.db')!r}); input(); "
    code += "d.execute('begin exclusive'); print(1, flush=True); sys.stdin.read()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    holder = subprocess.Popen([sys.executable, "-c", code], **pipes)
    real = Book.known

    def hold(self, students):
        found = real(self, students)
        self.db.rollback()
        holder.stdin.write("\n")
        holder.stdin.flush()
        holder.stdout.readline()
        return found

    monkeypatch.setattr(Book, "known", hold)
    try:
        with pytest.raises(BusyError, match=rf"locked by .*process {holder.pid}"):
            run(course, worker)
    finally:
        holder.communicate()
    monkeypatch.undo()
    assert run(course, worker).run == 0
    assert (rows(course), files(course)) == clean


def test_a_full_disk_is_said_and_costs_nothing(course, clean):
    """Graded notebooks do not fit: status 1, what to do, and the next run, with room, ends well."""
    (course / "autograded").mkdir()
    wall = [str(bubblewrap.find()), "--dev-bind", "/", "/", "--size", "16384", "--tmpfs", str(course / "autograded")]
    command = [*wall, sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())"]
    done = subprocess.run([*command, "grade", "toy"], cwd=course, capture_output=True, text=True)
    assert (done.returncode, "No space left on device" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    assert "0 run" in grade(course, "toy").stderr
    assert (rows(course), files(course)) == clean


def test_two_graders_do_not_meet(course):
    """The second is told who is at it: status 2."""
    with turn.taken(course / ".autograder" / "turn"):
        said = grade(course, "toy", status=2).stderr
    assert "is grading this course" in said
    assert "process" in said


# A check is changed


def harder(source):
    cell(source, "double_text").source = 'assert double("ab") == "ab" * 2 and double(3) != 9'


def test_a_dry_run_shows_who_moves_and_writes_no_grade(course, worker, clean):
    """By how much, and because of which check; then the real run writes it without running anything again."""
    run(course, worker)
    edit(course, lambda source: setattr(cell(source, "double_text"), "source", "assert double(-1) == -2"))
    shown = []
    found = run(course, worker, shown, dry_run=True)
    assert [(m.student, m.before, m.after, m.checks) for m in shown] == [
        ("eve", 7, 6, (("double_text", 1, 0),))
    ] or shown
    assert {move.student for move in shown} == {"eve"}
    assert (counts(found)[0], found.written) == (5, 0)
    assert rows(course) == clean[0]
    after = run(course, worker)
    assert (after.run, after.written) == (0, 5)
    changed = {key for key, value in rows(course).items() if value != clean[0][key]}
    assert ("toy", "eve", "toy", "double_text") in changed
    assert {key[1] for key in changed} == {"eve"}


def test_a_check_can_be_added_removed_and_given_other_points(course, worker):
    """The gradebook has the new checks for everybody, and of the old ones nothing."""
    run(course, worker)

    def change(source):
        source.cells.remove(cell(source, "longest_first"))
        cell(source, "double_text").metadata.nbgrader.points = 5
        source.cells.append(toy.check("longest_more", 'assert longest(["a"]) == "a"', 2))

    edit(course, change)
    found = run(course, worker)
    assert [str(change) for change in found.changes] == [
        "toy/double_text is worth 5 points, not 1",
        "toy/longest_more was added",
        "toy/longest_first was removed",
    ]
    graded = {key[3]: value for key, value in rows(course).items() if key[1] == "ada" and len(key) == 4}
    assert {name: (value[0], value[4]) for name, value in graded.items()} == {
        "double_numbers": (2, 2),
        "double_text": (5, 5),
        "longest_values": (3, 3),
        "longest_none": (1, 1),
        "longest_more": (2, 2),
    }
    assert counts(run(course, worker)) == (0, 5, 0, 5)


def test_what_a_person_gave_stays(course, worker):
    """Scores, extra credit, comments; and what a person has looked at waits no more, where it says the same."""
    run(course, worker)
    with Gradebook(f"sqlite:///{course}/gradebook.db", "workflow") as gradebook:
        mine = gradebook.find_grade("double_numbers", "toy", "toy", "bola")
        mine.manual_score, mine.extra_credit, mine.needs_manual_grade = 1.5, 0.25, False
        gradebook.find_grade("double_text", "toy", "toy", "dead").needs_manual_grade = False
        gradebook.find_comment("double", "toy", "toy", "bola").manual_comment = "Nearly."
        gradebook.db.commit()
    edit(course, lambda source: setattr(cell(source, "longest_none"), "source", "assert longest([]) != 1"))
    shown = []
    run(course, worker, shown)
    found = rows(course)
    assert found["toy", "bola", "toy", "double_numbers"] == (0, 1.5, 0.25, False, 2)
    assert found["toy", "bola", "toy", "double", "comment"] == (None, "Nearly.")
    assert found["toy", "dead", "toy", "double_text"][3] is False
    assert "Nearly." in (course / "feedback" / "bola" / "toy" / "toy.html").read_text()
    edit(course, lambda source: source.cells.remove(cell(source, "double_numbers")))
    with pytest.raises(GradebookError, match=r"double_numbers was removed.*1 submissions have points"):
        run(course, worker)
    assert rows(course) == found


def test_one_new_submission_is_run_alone(course, worker):
    """Of five, the one that was handed in again."""
    run(course, worker)
    path = course / "submitted" / "bola" / "toy" / "toy.ipynb"
    notebook.write(notebook.fill(notebook.read(path), {"double": "def double(x):\n    return 2 * x"}), path)
    shown = []
    assert counts(run(course, worker, shown)) == (1, 4, 1, 4)
    assert [(move.student, move.before, move.after) for move in shown] == [("bola", 6, 9)]

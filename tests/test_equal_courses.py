"""From equal courses `autograder grade` and stock `nbgrader autograde` make equal gradebooks, in every table.

The courses are the one that `nbgrader quickstart` makes, with the submissions that nbgrader brings and others made of
them, and a part of this course's own bank. Stock nbgrader runs with its own preprocessors, without an airlock.
"""

import shutil
import sqlite3
import stat
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import nbgrader
import pytest
import stock
from nbgrader.api import Gradebook
from test_grading import PENALTY, by_both

from autograder import notebook
from autograder.folders import GROUP_SHARED
from autograder.verify import assignment, submissions

# nbgrader's own way of making a submission in a gradebook.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
ROOT = Path(__file__).parents[1]
EXAMPLE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
DUE = datetime(2015, 2, 2, 15)
SETTINGS = """
c.CourseDirectory.groupshared = True
c.Autograde.exclude_overwriting = {"ps1": ["notes.txt"]}
c.AssignLatePenalties.plugin_class = "late.Hourly"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.log"]
"""
AGAIN = "bitdiddle"
# Who is graded again by force, as a pattern: three of the class, among them the one of AGAIN.
FORCED = "[bho]*"
# So many submissions of the bank of 04_sql, each with an answer to every task.
PART = 4


def dump(course: Path) -> dict[str, list[str]]:
    """All rows of all tables of a gradebook. In the place of each id stands what it is the id of."""
    with sqlite3.connect(course / "gradebook.db") as db:
        db.row_factory = sqlite3.Row
        names = [row[0] for row in db.execute("select name from sqlite_master where type = 'table'")]
        tables = {name: [dict(row) for row in db.execute(f'select * from "{name}"')] for name in names}
        leads = {
            name: {key["from"]: key["table"] for key in db.execute(f'pragma foreign_key_list("{name}")')}
            for name in names
        }
    by_id = {name: {row["id"]: row for row in rows} for name, rows in tables.items() if rows and "id" in rows[0]}

    @cache
    def means(table: str, key: str) -> str:
        return said(table, by_id[table][key])

    def said(table: str, row: dict) -> str:
        return ", ".join(f"{column}: ({value(table, column, row)})" for column in sorted(row.keys() - own(table)))

    def own(table: str) -> set[str]:
        """Ids that are drawn by lot; a student's and a course's are chosen, and one that leads elsewhere is a name."""
        return set() if table in ("student", "course") or "id" in leads[table] else {"id"}

    def value(table: str, column: str, row: dict) -> object:
        known = by_id.get(leads[table].get(column), {})  # some lead nowhere: to a course without a name
        return means(leads[table][column], row[column]) if row[column] in known else row[column]

    return {table: sorted(said(table, row) for row in rows) for table, rows in tables.items()}


def modes(course: Path) -> dict[str, int]:
    """The permissions of what was graded, folders and files."""
    paths = [course / "autograded", *(course / "autograded").rglob("*")]
    return {str(path.relative_to(course)): stat.S_IMODE(path.stat().st_mode) for path in sorted(paths)}


def with_differences(theirs: dict[str, int]) -> dict[str, int]:
    """The permissions that this grader leaves, made of those that stock nbgrader leaves.

    There is one difference: stock nbgrader opens `autograded/` and `autograded/<student>/<assignment>/` to the group,
    but not the folder between the two. Another teacher can then grade no other assignment of that student.
    """
    return {name: mode | (GROUP_SHARED if len(Path(name).parts) == 2 else 0) for name, mode in theirs.items()}


def texts(course: Path) -> dict[str, bytes]:
    """The files beside the graded notebooks."""
    paths = (path for path in (course / "autograded").rglob("*") if path.is_file() and path.suffix != ".ipynb")
    return {str(path.relative_to(course)): path.read_bytes() for path in sorted(paths)}


def assert_equal(theirs: Path, ours: Path) -> None:
    """Every table of the gradebook, the files beside the graded notebooks."""
    for table, found in dump(ours).items():
        assert found == dump(theirs)[table]
    assert texts(ours) == texts(theirs)


def hand_in(course: Path, student: str, like: str, hours: float | None) -> Path:
    """A submission like that of one of nbgrader's two students, so many hours after the due date."""
    folder = Path(shutil.copytree(EXAMPLE / "submitted" / like / "ps1", course / "submitted" / student / "ps1"))
    (folder / "timestamp.txt").unlink()
    if hours is not None:
        (folder / "timestamp.txt").write_text(f"{DUE + timedelta(hours=hours)} UTC")
    return folder


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Path:
    """The course of `nbgrader quickstart`, generated; a class of all sorts has handed in."""
    place = tmp_path_factory.mktemp("quickstart")
    stock.run(place, "quickstart", "course101")
    course = place / "course101"
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + SETTINGS)
    (course / "late.py").write_text(PENALTY)
    for name in ("notes.txt", "data.csv"):
        (course / "source" / "ps1" / name).write_text(f"the instructor's {name}")
    stock.run(course, "generate_assignment", "ps1")
    with Gradebook(f"sqlite:///{course}/gradebook.db", "course101") as book:
        book.update_or_create_assignment("ps1", duedate=DUE)
        for student in ("bitdiddle", "hacker", "extended"):
            book.update_or_create_student(student, first_name="Ben", last_name="B.", email="b@example.org")
        book.update_or_create_student("absent")
        book.update_or_create_submission("ps1", "extended")
        book.grant_extension("ps1", "extended", hours=2)
    for student in ("bitdiddle", "hacker"):
        shutil.copytree(EXAMPLE / "submitted" / student / "ps1", course / "submitted" / student / "ps1")
    hand_in(course, "early", "bitdiddle", -0.5)
    hand_in(course, "late", "bitdiddle", 1.5)
    hand_in(course, "very late", "hacker", 99)
    hand_in(course, "extended", "bitdiddle", 3.5)
    hand_in(course, "timeless", "hacker", None)
    (hand_in(course, "one of two", "bitdiddle", 2) / "problem1.ipynb").unlink()
    more = hand_in(course, "more", "hacker", 0)
    for name in ("notes.txt", "data.csv", "own.py", "run.log", "deep/er/own.txt"):
        (more / name).parent.mkdir(parents=True, exist_ok=True)
        (more / name).write_text(f"the student's {name}")
    shutil.copy(more / "problem2.ipynb", more / "problem3.ipynb")
    for student, folder in {"reference": "source", "untouched": "release"}.items():
        shutil.copytree(course / folder / "ps1", course / "submitted" / student / "ps1")
    return course


@pytest.fixture(scope="module")
def both(handed_in, tmp_path_factory) -> tuple[Path, Path]:
    """The class graded by stock `nbgrader autograde` and by `autograder grade`."""
    place = tmp_path_factory.mktemp("both")
    theirs, ours = (Path(shutil.copytree(handed_in, place / name)) for name in ("stock", "grade"))
    by_both(theirs, ours, "ps1")
    return theirs, ours


def test_the_example_course_has_the_same_rows_and_permissions(both):
    """And the same files beside the graded notebooks."""
    theirs, ours = both
    assert_equal(theirs, ours)
    assert modes(ours) == with_differences(modes(theirs))
    assert {name for name, found in dump(both[1]).items() if not found} == set()


def test_what_was_graded_is_worth_comparing(both):
    """Else the test above would prove little: there are penalties, points of all sizes, and people are asked."""
    with sqlite3.connect(both[1] / "gradebook.db") as db:
        penalties = {row[0] for row in db.execute("select late_submission_penalty from submitted_notebook")}
        points = {row[0] for row in db.execute("select auto_score from grade")}
        asked = {row[0] for row in db.execute("select needs_manual_grade from grade")}
        comments = {row[0] for row in db.execute("select auto_comment from comment")}
    assert len(penalties - {None}) >= 3
    assert {None, 0, 1} <= points
    assert (asked, comments) == ({0, 1}, {None, "No response."})
    more = both[1] / "autograded" / "more" / "ps1"
    assert (more / "notes.txt").read_text() == "the student's notes.txt"
    assert (more / "data.csv").read_text() == "the instructor's data.csv"
    assert not (more / "problem3.ipynb").exists()


def _judge(course: Path) -> None:
    """What a teacher does in formgrader: points, extra credit, comments, a flag."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "course101") as book:
        given = book.find_grade("correct_squares", "problem1", "ps1", AGAIN)
        given.manual_score, given.extra_credit, given.needs_manual_grade = 0.5, 0.25, False
        book.find_comment("squares", "problem1", "ps1", AGAIN).manual_comment = "See me."
        book.find_submission_notebook("problem2", "ps1", "hacker").flagged = True
        book.db.commit()


def test_handed_in_again_and_forced(both, tmp_path):
    """A newer submission of somebody whom a person has graded; then the whole class with --force."""
    courses = [Path(shutil.copytree(course, tmp_path / course.name)) for course in both]
    for course in courses:
        _judge(course)
        folder = course / "submitted" / AGAIN / "ps1"
        path = folder / "problem1.ipynb"
        notebook.write(notebook.fill(notebook.read(path), {"squares": "def squares(n):\n    return [1]"}), path)
        folder.joinpath("timestamp.txt").write_text(f"{DUE + timedelta(hours=12)} UTC")
    theirs, ours = courses
    before = dump(ours)
    for how in ([], ["--force", f"--student={FORCED}"]):
        by_both(theirs, ours, "ps1", *how)
        assert_equal(theirs, ours)
        assert modes(ours) == with_differences(modes(theirs))
        assert dump(ours) != before


@pytest.fixture(scope="module")
def sql(tmp_path_factory) -> tuple[Path, Path]:
    """Part of the bank of 04_sql, right and wrong, each answer among right ones; graded by both."""
    place = tmp_path_factory.mktemp("sql")
    theirs, ours = place / "stock", place / "grade"
    one = assignment.read(ROOT, "04_sql")
    shutil.copytree(one.source_path.parent, theirs / "source" / "04_sql")
    stock.run(theirs, "generate_assignment", "04_sql")
    for each in [submissions.reference(one), submissions.untouched(one), *submissions.answers(one)[:PART]]:
        stock.submit(theirs, each.name, "04_sql", each.notebook)
    shutil.copytree(theirs, ours)
    by_both(theirs, ours, "04_sql")
    return theirs, ours


def test_the_bank_has_the_same_rows(sql):
    """And the same permissions; there is no group."""
    theirs, ours = sql
    assert_equal(theirs, ours)
    assert modes(ours) == modes(theirs)

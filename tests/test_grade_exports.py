"""Grades for Canvas and Moodle: by nbgrader's own command, exact, and harmless in a spreadsheet."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
import stock
from nbgrader.api import Gradebook

from autograder.exports import harmless

FORMULA = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def course(tmp_path) -> Path:
    """A gradebook of two assignments; Ada was late, Bob has handed in nothing, Eve has a name like a formula."""
    stock.run(tmp_path, "db", "student", "list")  # makes it
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as book:
        for name, points in (("one", 10), ("two", 4)):
            book.add_assignment(name, duedate=datetime(2026, 1, 10))
            book.add_notebook("book", name)
            book.add_grade_cell("task", "book", name, max_score=points, cell_type="code")
        book.add_student("ada", first_name="Ada", last_name="Åström, jr", email="ada@school.example", lms_user_id="17")
        book.add_student("bob")
        book.add_student("eve", first_name='"x"', last_name=FORMULA, email="+1@evil.example")
        for student, score, penalty, waits in (("ada", 8.25, 0.5, False), ("eve", 3, 5, True)):
            book.add_submission("one", student)
            mine = book.find_submission_notebook("book", "one", student)
            mine.late_submission_penalty = penalty
            grade = book.find_grade("task", "book", "one", student)
            grade.auto_score, grade.needs_manual_grade = score, waits
        book.db.commit()
    return tmp_path


def table(path: Path) -> list[list[str]]:
    """What a reader of CSV finds in a file."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_canvas_gets_its_columns_and_points(course):
    """Head, points possible, one line a student; penalties taken off, and never below 0."""
    said = stock.run(course, "export", "--exporter=autograder.exports.Canvas")
    assert table(course / "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "one", "two"],
        ["Points Possible", "", "", "", "", "10", "4"],
        ["bob", "", "", "bob", "", "", ""],
        [f'\'{FORMULA}, "x"', "", "", "eve", "", "0", ""],
        ["Åström, jr, Ada", "17", "", "ada", "", "7.75", ""],
    ]
    assert "one waits for a person in formgrader: eve" in said


def test_moodle_gets_its_columns(course):
    """By user name; only what is asked for, and where it is asked for."""
    words = "--exporter=autograder.exports.Moodle", "--assignment", "['one']", "--student", "['ada','eve']", "--to"
    stock.run(course, "export", *words, "mine.csv")
    assert table(course / "mine.csv") == [
        ["Username", "First name", "Last name", "Email address", "one"],
        ["eve", '"x"', f"'{FORMULA}", "'+1@evil.example", "0"],
        ["ada", "Ada", "Åström, jr", "ada@school.example", "7.75"],
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--assignment", "['three']"], "The gradebook knows no assignment three. There are: one, two."),
        (["--student", "['zoe']"], "The gradebook knows no student zoe. There are: ada, bob, eve."),
        (["--to", "/sys/grades.csv"], "/sys/grades.csv: the grades cannot be written ("),
    ],
)
def test_what_cannot_be_exported_is_said(course, words, says):
    """In one line, without a traceback."""
    said = stock.run(course, "export", "--exporter=autograder.exports.Moodle", *words, status=1)
    assert (says in said, "Traceback" in said) == (True, False), said


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "  =1"])
def test_formulas_are_text(text):
    """Whatever a spreadsheet takes for one."""
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "O'Hara", "a=b", "a-b", "x@y.example"])
def test_other_text_stays(text):
    """As it is."""
    assert harmless(text) == text

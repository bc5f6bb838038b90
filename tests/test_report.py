"""How a class fared: exact numbers, as a table, as JSON and as a page that runs nothing and loads nothing."""

import json
import shutil
import statistics
from pathlib import Path

import pytest
import stock
import toy

from autograder import grading, notebook, report
from autograder.cli import main
from autograder.cli.terminal import CANNOT, DONE
from autograder.gradebook import Book, Course
from autograder.request import Asked

ROOT = Path(__file__).parents[1]
SIGN = "def double(x):\n    return abs(x) * 2 if isinstance(x, int) else x * 2"
ANSWERS = {
    "ada": {},
    "bola": {"double": "def double(x):\n    return x**2"},
    "chen": {"longest": "def longest(words):\n    return max(words, key=len)"},
    "dead": {"double": "import os\nos._exit(0)"},
    "eve": {"double": SIGN},
    "flo": {"double": SIGN},
}
# Points by student, of the checks in their order: 2, 1, 3, 2 and 1.
POINTS = {
    "ada": (2, 1, 3, 2, 1),
    "bola": (0, 0, 3, 2, 1),
    "chen": (2, 1, 3, 2, 0),
    "dead": (0, 0, 3, 2, 1),
    "eve": (0, 1, 3, 2, 1),
    "flo": (0, 1, 3, 2, 1),
}


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    """A course in which six have handed in and nothing is graded."""
    course = toy.course(tmp_path_factory.mktemp("released") / "course")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    stock.run(course, "generate_assignment", "toy")
    release = notebook.read(course / "release" / "toy" / "toy.ipynb")
    mine = {notebook.grade_id(cell): cell.source for cell in toy.source().cells if notebook.of_student(cell)}
    for student, cells in ANSWERS.items():
        stock.submit(course, student, "toy", notebook.fill(release, mine | cells))
    return course


@pytest.fixture(scope="module")
def course(released, tmp_path_factory) -> Path:
    """The same course, graded."""
    course = Path(shutil.copytree(released, tmp_path_factory.mktemp("graded") / "course"))
    grading.grade(Course(course), Asked("toy"), lambda *_: None, lambda _: None)
    return course


@pytest.fixture(scope="module")
def found(course) -> report.Report:
    """Its numbers, with made-up seconds."""
    with Book(Course(course), "toy") as book:
        return report.of(Course(course), book, {"ada": 1.0, "eve": 3.0})


def test_scores_are_those_of_the_gradebook(found):
    """By name; and who waits for a person, for what."""
    assert {student.name: student.score for student in found.students} == {n: sum(p) for n, p in POINTS.items()}
    assert [(student.name, student.waits) for student in found.waiting] == [("dead", ("double_numbers", "double_text"))]
    assert [student.name for student in found.slowest] == ["eve", "ada"]


def test_checks_have_facility_and_discrimination(found):
    """In the order of the notebook: the mean share of points, and the correlation with all other checks."""
    assert [(check.name, check.passed, check.students, check.max_score) for check in found.checks] == [
        ("double_numbers", 2, 6, 2),
        ("double_text", 4, 6, 1),
        ("longest_values", 6, 6, 3),
        ("longest_first", 6, 6, 2),
        ("longest_none", 5, 6, 1),
    ]
    columns = list(zip(*POINTS.values(), strict=True))
    for place, check in enumerate(found.checks):
        rest = [sum(points) - points[place] for points in POINTS.values()]
        same = len(set(columns[place])) == 1
        expected = None if same else pytest.approx(statistics.correlation(columns[place], rest))
        assert (check.name, check.discrimination) == (check.name, expected)
        assert check.facility == pytest.approx(statistics.fmean(columns[place]) / check.max_score)


def test_the_same_wrong_answers_stand_together(found):
    """The largest group first; students by name."""
    together = {(cluster.check, cluster.students) for cluster in found.clusters}
    assert ("double_numbers", ("bola", "eve", "flo")) in together  # the first wrong number fails all three
    assert ("longest_none", ("chen",)) in together
    sizes = [len(cluster.students) for cluster in found.clusters]
    assert sizes == sorted(sizes, reverse=True)


def test_mistakes_are_counted_by_student():
    """Who made one in two checks made it once; what the bank does not know is none."""
    known = [
        report.Cluster("a", "x", ("ada", "bola"), "prints"),
        report.Cluster("b", "y", ("bola", "chen"), "prints"),
        report.Cluster("b", "z", ("dead",), "squares"),
        report.Cluster("c", "", ("eve",)),
    ]
    assert list(report.Report("toy", (), (), tuple(known)).mistakes.items()) == [("prints", 3), ("squares", 1)]


def test_json_is_all_of_it(course, monkeypatch, capsys):
    """On stdout, and nothing else there."""
    monkeypatch.chdir(course)
    assert main(["report", "toy", "--json"]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert {student["name"]: student["score"] for student in found["students"]} == {
        name: sum(points) for name, points in POINTS.items()
    }
    assert (found["mean"], found["median"], found["max_score"]) == (pytest.approx(43 / 6), 7, 9)
    assert all(student["seconds"] > 0 for student in found["students"])


def test_the_table_is_for_other_programs_in_a_pipe(course, monkeypatch, capsys):
    """Fields between tabs on stdout; what is to be known besides on stderr."""
    monkeypatch.chdir(course)
    assert main(["report", "toy"]) == DONE
    said = capsys.readouterr()
    assert said.out.splitlines()[:2] == ["check\tpassed\tpoints given\ttells apart", "double_numbers\t2/6\t33%\t0.00"]
    assert "dead waits for a person: double_numbers, double_text" in said.err
    assert "3 the same in double_numbers" in said.err


def test_the_page_shows_everybody_and_leads_to_them(course, monkeypatch):
    """Every link to a page of feedback leads to a file, seen from where the page lies."""
    monkeypatch.chdir(course)
    (course / "deep").mkdir()
    assert main(["report", "toy", "--html", "deep/report.html"]) == DONE
    html = (course / "deep" / "report.html").read_text()
    for student in ANSWERS:
        link = f"../feedback/{student}/toy/toy.html"
        assert f'href="{link}"' in html
        assert (course / "deep" / link).is_file()


def test_nothing_of_a_student_becomes_part_of_the_page():
    """Names and messages are text; the page forbids scripts to itself besides."""
    evil = "<script>alert(1)</script>"
    student = report.numbers.Student(f'"{evil}', 1, 2)
    cluster = report.Cluster(evil, evil, (f'"{evil}', "b"), evil)
    html = report.page(report.Report(evil, (student,), (), (cluster,)), [evil])
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 5
    assert "default-src 'none'" in html


@pytest.mark.parametrize("kind", ["unknown", "ungraded", "unwritable"])
def test_what_cannot_be_reported_is_said(course, released, monkeypatch, capsys, kind):
    """Status 2, and what to do."""
    monkeypatch.chdir(released if kind == "ungraded" else course)
    words, says = {
        "unknown": (["toys"], "does not know the assignment 'toys'"),
        "ungraded": (["toy"], "Run `autograder grade toy` first"),
        "unwritable": (["toy", "--html", "/sys/report.html"], "/sys/report.html: cannot be written"),
    }[kind]
    assert main(["report", *words]) == CANNOT
    said = capsys.readouterr()
    assert (says in said.err, said.out) == (True, "")


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("one line", None),
        ("\n".join("abcdefgh"), None),
        ("\n".join("abcdefghi"), "\n".join("abcdefgh")),
        ("word " * 150 + "end", "word " * 119 + "word"),
        ("x" * 601, "x" * 600),
    ],
)
def test_what_a_check_said_is_cut_between_lines_or_words_and_all_there(said, start):
    """Of a long message the start is shown, and all of it when one asks."""
    cluster = report.numbers.Cluster("double_text", said, ("ada", "bola"))
    text = report.page(report.numbers.Report("toy", (), (), (cluster,)), ["toy"])
    if start is None:
        assert f'<div class="said">{said}</div>' in text
        assert '<details class="said">' not in text
    else:
        assert f'<span class="start">{start} … </span>' in text
        assert f"</summary>{said}</details>" in text

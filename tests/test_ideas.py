"""A submission that returns what a known wrong answer returns is told which mistake that is, and no other is."""

import html
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import stock

from autograder import answers, gradebook, ideas, notebook, verify
from autograder.airlock import Airlock
from autograder.cli.terminal import DONE
from autograder.ideas import Ideas
from autograder.model import Outcome, Result, Verdict
from autograder.report.numbers import MISTAKE
from autograder.verify.memory import FOLDER
from autograder.verify.released import split

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "04_sql"
WRONG = {
    (task, answer.title): answer
    for task, of in answers.tasks(ROOT / "tests" / "answers", ASSIGNMENT).items()
    for answer in of
    if answer.fails
}
TASKS = tuple(dict.fromkeys(task for task, _ in WRONG))
# How a page of feedback names a mistake.
SAID = r"<b>Mistake.</b> it gives the same results as an answer that \*(.*?)\*</p>"
# Mistakes of their own: each fails checks that answers of the bank fail, too, and returns something else.
HONEST = {
    "people": """
def people(conn):
    return conn.execute("select * from Person order by personal desc, ident").fetchall()
""",
    "readings": """
def readings(conn, person, quant):
    sql = "select taken, abs(reading) from Survey where person = ? and quant = ?"
    return conn.execute(sql, (person, quant)).fetchall()
""",
    "not_by": """
def not_by(conn, person):
    sql = "select taken, person, quant, round(reading, 1) from Survey where person is not ?"
    return conn.execute(sql, (person,)).fetchall()
""",
    "outliers": """
def outliers(conn):
    sql = "select taken, reading from Survey where quant = 'sal' and abs(reading) > 1.5"
    return conn.execute(sql).fetchall()
""",
    "suspect_dates": '''
def suspect_dates(conn):
    sql = """select distinct visit.ident from Visited visit join Visited later
             on later.ident between visit.ident + 1 and visit.ident + 5 where visit.dated > later.dated"""
    return [number for (number,) in conn.execute(sql)]
''',
    "batches": """
def batches(conn, sql, params, n):
    cur = conn.execute(sql, params)
    while rows := cur.fetchmany(n):
        yield rows[::-1]
""",
}


@pytest.fixture(scope="module")
def proven(tmp_path_factory):
    """A copy of the course, in which `autograder verify` has looked at what wrong answers return; and what it says."""
    course = tmp_path_factory.mktemp("course")
    for folder in ("source", "release", "tests/answers"):
        shutil.copytree(ROOT / folder / ASSIGNMENT, course / folder / ASSIGNMENT)
    report = verify.verify(
        course, [ASSIGNMENT], promises={"ideas"}, anew=True, workers=2, tell=lambda step, done, total: None
    )
    return course, {(each.task, title) for each in report.apart for title in each.told}


def mates() -> dict[str, dict[str, str]]:
    """A class in which everybody makes a mistake in each task: its title, by student and task.

    Every mistake is made by somebody, beside others than those beside which it was looked at.
    """
    tasks = {task: [title for of, title in WRONG if of == task] for task, _ in WRONG}
    several = {
        f"s{n:02}": {task: titles[-n % len(titles)] for task, titles in tasks.items()} for n in range(most(tasks))
    }
    return several | {"first": {task: titles[0] for task, titles in tasks.items()}}


def most(tasks: dict[str, list[str]]) -> int:
    """How many titles the task has that has most."""
    return max(map(len, tasks.values()))


CLASS = mates()


def command(course: Path, *words: str) -> subprocess.CompletedProcess:
    """`autograder <words>` in the folder of the course."""
    line = [sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())", *words]
    return subprocess.run(line, cwd=course, capture_output=True, text=True)


@pytest.fixture(scope="module")
def graded(proven) -> Path:
    """The course, after `autograder grade` has graded the class, and one more who makes mistakes of their own."""
    course, _ = proven
    shutil.copy(ROOT / "nbgrader_config.py", course)
    stock.run(course, "generate_assignment", "--force", ASSIGNMENT)
    release = notebook.read(course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    for student, made in CLASS.items():
        texts = {cell: text for pair in made.items() for cell, text in WRONG[pair].cells.items()}
        stock.submit(course, student, ASSIGNMENT, notebook.fill(release, texts))
    stock.submit(course, "honest", ASSIGNMENT, notebook.fill(release, HONEST))
    done = command(course, "grade", ASSIGNMENT)
    assert done.returncode == DONE, done.stderr
    return course


@pytest.fixture(scope="module")
def named(graded) -> dict[tuple[str, str], dict[str, str]]:
    """What the page of feedback calls the mistake in each check that a student failed, by student and task."""
    found = {}
    for student, outcomes in gradebook.outcomes(f"sqlite:///{graded / 'gradebook.db'}", ASSIGNMENT).items():
        page = (graded / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
        for outcome in (each for each in outcomes if each.verdict is Verdict.FAILED):
            _, _, rest = page.partition(f'<code class="name">{outcome.check}</code>')
            (title,) = re.findall(SAID, rest.partition("</li>")[0]) or [""]
            task = max((task for task in TASKS if outcome.check.startswith(f"{task}_")), key=len, default="")
            found.setdefault((student, task), {})[outcome.check] = html.unescape(title)
    return found


@pytest.mark.parametrize(("task", "title"), WRONG, ids=lambda part: part)
def test_a_known_mistake_is_named_by_its_title(task, title, proven, named):
    """On each check that failed, where it can be told apart; where several return the same, none is named."""
    _, told = proven
    expected = {title if (task, title) in told else ""}
    makers = [student for student, made in CLASS.items() if made[task] == title]
    assert [set(named[student, task].values()) for student in makers] == [expected] * len(makers)


def test_where_several_fit_none_is_named(proven):
    """Three ways of losing the unknown return the same, whatever they are asked."""
    _, told = proven
    titles = ("asks what differs, and loses the unknown", "asks NOT IN, and loses the unknown")
    assert [("not_by", title) in told for title in titles] == [False, False]


def test_the_report_counts_who_made_which_mistake(proven, graded):
    """On the terminal, as JSON and on the page: those that can be told apart, and nothing of any other."""
    _, told = proven
    pairs = [
        (title, student) for student, made in CLASS.items() for task, title in made.items() if (task, title) in told
    ]
    expected = Counter(title for title, _ in set(pairs))
    page = graded / "report.html"
    done = command(graded, "report", ASSIGNMENT, "--html", str(page))
    said = re.findall(r"^(\d+) made the mistake: (.*)$", done.stderr, re.MULTILINE)
    assert {title: int(count) for count, title in said} == expected
    assert json.loads(command(graded, "report", ASSIGNMENT, "--json").stdout)["mistakes"] == expected
    rows = re.findall(r'<span class="count">(\d+)</span></td><td>(.*?)</td>', page.read_text(encoding="utf-8"))
    assert {html.unescape(title): int(count) for count, title in rows} == expected


def test_no_page_shows_what_is_hidden(graded):
    """A mistake is named without the inputs that showed it, and without the answer of the bank."""
    source = notebook.read(graded / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    hidden = [line for cell in source.cells for line in split(cell.source)[1] if len(line) > 30]
    assert hidden
    for student in CLASS:
        page = (graded / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
        page = html.unescape(page)
        made = "".join(text for pair in CLASS[student].items() for text in WRONG[pair].cells.values())
        assert [line for line in hidden if line in page and line not in made] == []


def test_most_mistakes_can_be_told_apart(proven):
    """Those that cannot return what others return, what the right answer returns, or nothing."""
    _, told = proven
    assert len(told) >= 0.75 * len(WRONG)
    assert ("readings", "doubles the quotes by hand") not in told  # it returns what is right


def test_the_cell_of_the_check_says_it_in_the_words_of_the_title(proven):
    """Below its own message, where feedback and report find it; it holds neither code nor hidden inputs."""
    course, _ = proven
    source = notebook.read(course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    title = "forgets the quantity"
    with Airlock() as plain, Airlock(ideas=course / FOLDER) as knowing:
        books = [
            airlock.grade(source, notebook.fill(source, WRONG["readings", title].cells)).notebook
            for airlock in (plain, knowing)
        ]
    said = [
        next(cell.outputs[0].evalue for cell in book.cells if notebook.grade_id(cell) == "readings_values")
        for book in books
    ]
    assert said[1] == f"{said[0]}\n  mistake:   it gives the same results as an answer that *{title}*"
    assert MISTAKE.search(said[1])[1] == title


@pytest.mark.parametrize("task", HONEST)
def test_another_mistake_is_not_named(task, named):
    """It shares the verdict with known ones, and not what it returns."""
    assert set(named["honest", task].values()) == {""}


REPLIES = {"a": ["1", "1"], "b": ["2", "2"]}
OTHERS = {"a": ["1", "1"], "b": ["3", "3"]}
ORDER = {"a": ["4", "1"], "b": ["2", "2"]}


def test_what_two_answers_return_names_none():
    """Nor does what a right answer returns, or one that answers nothing."""
    assert ideas.known("ab", [("x", REPLIES), ("y", OTHERS)]).title(OTHERS) == "y"
    assert ideas.known("ab", [("x", REPLIES), ("y", REPLIES)]).title(REPLIES) == ""
    assert ideas.known("ab", [("x", REPLIES), ("", REPLIES)]).title(REPLIES) == ""


def test_the_order_of_rows_counts_only_where_it_tells():
    """Rows in another order are the same mistake, unless that order is one of its own."""
    assert ideas.known("ab", [("x", REPLIES)]).title(ORDER) == "x"
    assert ideas.known("ab", [("x", REPLIES), ("y", ORDER)]).title(ORDER) == "y"
    assert ideas.known("ab", [("x", REPLIES), ("y", ORDER)]).title({**ORDER, "a": ["5", "1"]}) == ""


def test_where_a_check_did_not_listen_nothing_is_known():
    """A side was lost: what came until then depends on the time that it took."""
    assert ideas.known("ab", [("x", REPLIES)]).title({"a": ["1", "1"]}) == ""
    assert ideas.known("ab", [("x", {"a": ["1", "1"]})]).title({"a": ["1", "1"]}) == ""


def test_what_is_known_of_another_source_is_not_used(proven, tmp_path):
    """Checks that have changed ask for something else; a file that cannot be read is none."""
    source = notebook.read(proven[0] / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    failed = Result(tuple(Outcome(f"people_{what}", Verdict.FAILED, 0, 2) for what in ("rows", "order")))
    known = Ideas(proven[0] / FOLDER)
    assert [task.checks for task in known.worth_a_survey(source, failed)] == [("people_rows", "people_order")]
    other = notebook.fill(source, {"people_rows": "calling(people, survey.connect()).returns([])"})
    assert known.worth_a_survey(other, failed) == []
    (tmp_path / "broken.ideas.json").write_text("{")
    assert Ideas(tmp_path).worth_a_survey(source, failed) == []
    assert Ideas(None).worth_a_survey(source, failed) == []

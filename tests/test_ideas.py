"""A submission that returns what a known wrong answer returns is told which mistake that is, and no other is."""

import shutil
from pathlib import Path

import pytest

from autograder import answers, ideas, notebook, verify
from autograder.airlock import Airlock
from autograder.ideas import Ideas
from autograder.model import Outcome, Result, Verdict
from autograder.report.numbers import MISTAKE
from autograder.verify.memory import FOLDER

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "04_sql"
WRONG = {
    (task, answer.title): answer
    for task, of in answers.tasks(ROOT / "tests" / "answers", ASSIGNMENT).items()
    for answer in of
    if answer.fails
}
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


@pytest.fixture(scope="module")
def graded(proven) -> dict[tuple[str, str], tuple[Outcome, ...]]:
    """What the checks say of each wrong answer in a submission, and of the honest mistakes, by task and title."""
    course, _ = proven
    source = notebook.read(course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    release = notebook.read(course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    tasks = {task: [title for of, title in WRONG if of == task] for task, _ in WRONG}
    classes = [{task: title for task, (title, *_) in tasks.items()}]
    # Other neighbours than those that they had when they were looked at.
    for number in range(max(map(len, tasks.values()))):
        classes.append({task: titles[-number % len(titles)] for task, titles in tasks.items()})
    found = {}
    with Airlock(ideas=course / FOLDER) as airlock:
        for mates in classes:
            texts = {cell: text for pair in mates.items() for cell, text in WRONG[pair].cells.items()}
            outcomes = airlock.grade(source, notebook.fill(release, texts)).result.outcomes
            found |= {pair: _of(pair[0], outcomes) for pair in mates.items()}
        outcomes = airlock.grade(source, notebook.fill(release, HONEST)).result.outcomes
        found |= {(task, "honest"): _of(task, outcomes) for task in HONEST}
    return found


def _of(task: str, outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    return tuple(outcome for outcome in outcomes if outcome.check.startswith(f"{task}_"))


@pytest.mark.parametrize(("task", "title"), WRONG, ids=lambda part: part)
def test_a_known_mistake_is_named_by_its_title(task, title, proven, graded):
    """On each check that failed, where it can be told apart; where several return the same, none is named."""
    _, told = proven
    expected = {title if (task, title) in told else ""}
    assert {outcome.idea for outcome in graded[task, title] if outcome.verdict is Verdict.FAILED} == expected


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
def test_another_mistake_is_not_named(task, graded):
    """It shares the verdict with known ones, and not what it returns."""
    outcomes = graded[task, "honest"]
    assert Verdict.FAILED in {outcome.verdict for outcome in outcomes}
    assert {outcome.idea for outcome in outcomes} == {""}


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

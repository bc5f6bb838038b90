"""The promises of this course are kept: `autograder verify` says so, and nbgrader's own commands give the same."""

import shutil
from pathlib import Path

import pytest
import stock

from autograder import verify
from autograder.pool import processors
from autograder.verify import assignment, submissions
from autograder.verify.problem import Problem
from autograder.verify.submissions import REFERENCE, UNTOUCHED

ROOT = Path(__file__).parents[1]
ASSIGNMENTS = verify.names(ROOT)
# What is no promise but a report, what test_lessons.py holds, and what takes so long that `make verify` holds it: the
# whole bank once more in stock nbgrader, with other seeds and on a busy machine. Of one assignment it is held here.
ELSEWHERE = {"mutants", "deadly", "ideas", "lessons", "stock", "repeated"}
WHOLE_BANK = "04_sql"
# A submission to one of these starts dozens of interpreters, and takes as long as twenty of another's. Here they have
# the promises that need few submissions; the others are for `make verify`, as well.
SLOW = ("02_environments", "03_rebuild", "07_scripts", "08_gil")
OF_MANY = {"answers", "messages"}
# By stock nbgrader's own commands go one that needs next to nothing and one with files, git and processes; with all
# others, too, `make verify` goes through its preprocessors.
IN_STOCK = ("05_joins", "10_git")


def looked_at(names: list[str], promises: set[str]) -> verify.Report:
    """What is found in this course; what was found right before, and has not changed since, is not run again."""
    return verify.verify(
        ROOT, names, promises=promises, anew=False, workers=processors(), tell=lambda step, done, total: None
    )


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    """All that is found here, of every assignment."""
    held = set(verify.PROMISES) - ELSEWHERE
    quick = looked_at([name for name in ASSIGNMENTS if name not in SLOW], held)
    return [*quick.problems, *looked_at(list(SLOW), held - OF_MANY).problems]


def test_there_is_an_assignment():
    """Else everything below would be proven of nothing."""
    assert set(ASSIGNMENTS) > {*SLOW, WHOLE_BANK, *IN_STOCK}


@pytest.mark.parametrize("promise", sorted({*verify.PROMISES, "exceptions"} - ELSEWHERE))
def test_a_promise_is_kept(promise, problems):
    """By every assignment; `autograder verify --thorough` shows the same with what to do."""
    assert "\n".join(str(problem) for problem in problems if problem.promise == promise) == ""


def test_the_bank_earns_the_same_in_stock_nbgrader():
    """Every answer to one assignment, right or wrong, in every check."""
    found = looked_at([WHOLE_BANK], {"stock"})
    assert "\n".join(str(problem) for problem in found.problems) == ""


def test_what_ends_its_process_earns_nothing():
    """In every check of one assignment; with the others that takes minutes, and `make verify` does it."""
    found = looked_at([WHOLE_BANK], {"deadly"})
    assert "\n".join(str(problem) for problem in found.problems) == ""


@pytest.fixture(scope="module")
def stock_scores(tmp_path_factory) -> dict[tuple[str, str], dict[str, float]]:
    """What stock `nbgrader autograde` gives to the reference and to the release as it came, two courses at a time."""
    halves = [tmp_path_factory.mktemp("course") for _ in range(2)]
    books = {}
    for number, name in enumerate(IN_STOCK):
        one, half = assignment.read(ROOT, name), halves[number % 2]
        shutil.copytree(one.source_path.parent, half / "source" / name)
        for submission in (submissions.reference(one), submissions.untouched(one)):
            folder = stock.submit(half, submission.name, name, submission.notebook)
            shutil.copytree(
                one.release_path.parent, folder, ignore=shutil.ignore_patterns("*.ipynb"), dirs_exist_ok=True
            )
            books[name, submission.name] = half
    for command in ("generate_assignment", "autograde"):
        for first in range(0, len(IN_STOCK), 2):
            pair = [(name, halves[number]) for number, name in enumerate(IN_STOCK[first : first + 2])]
            for running in [stock.start(half, command, name) for name, half in pair]:
                stock.finish(running)
    return {(name, student): stock.scores(half, student, name) for (name, student), half in books.items()}


@pytest.mark.parametrize("name", IN_STOCK)
def test_stock_nbgrader_gives_full_marks_to_the_reference_and_nothing_for_nothing(name, stock_scores):
    """By its own command line, from generate_assignment to the notebook that it graded."""
    points = assignment.read(ROOT, name).points
    assert stock_scores[name, REFERENCE] == points
    assert stock_scores[name, UNTOUCHED] == dict.fromkeys(points, 0)

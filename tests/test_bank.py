"""The answer bank proves the checks, and the checks prove the bank: in stock nbgrader's kernels, and in the airlock."""

import shutil
from pathlib import Path

import pytest
import stock

from autograder import answers, intake, notebook
from autograder.airlock import Airlock
from autograder.notebook import Role

ROOT = Path(__file__).parents[1]
BANK = ROOT / "tests" / "answers"
ASSIGNMENTS = sorted(path.name for path in (ROOT / "source").glob("*/"))
ANSWERS = [answer for name in ASSIGNMENTS for of in answers.tasks(BANK, name).values() for answer in of]
TASKS = list(dict.fromkeys((answer.assignment, answer.task) for answer in ANSWERS))
REFERENCE, UNTOUCHED = "reference", "untouched"
# Checks that give other points through the airlock than in stock nbgrader, by (assignment, title of the answer, check),
# each with its reason.
DIFFERENT: dict[tuple[str, str, str], str] = {}


def source(assignment: str):
    """The notebook as its teacher wrote it."""
    return notebook.read(ROOT / "source" / assignment / f"{assignment}.ipynb")


def worth(assignment: str) -> dict[str, float]:
    """The points of each check."""
    return {
        notebook.grade_id(cell): notebook.points(cell)
        for cell in source(assignment).cells
        if notebook.role(cell) is Role.CHECK
    }


def checks(assignment: str, task: str) -> set[str]:
    """The checks of a task: those that bear its name, and no longer one's."""
    longer = [other for _, other in TASKS if other != task and other.startswith(f"{task}_")]
    named = (name for name in worth(assignment) if name.startswith(f"{task}_"))
    return {name for name in named if not name.startswith(tuple(f"{other}_" for other in longer))}


def students(assignment: str) -> dict[str, list[answers.Answer]]:
    """Who hands in which answers: few submissions that hold every answer of the bank."""
    return {f"s{n:02}": list(mate) for n, mate in enumerate(answers.classmates(answers.tasks(BANK, assignment)))}


def submissions(assignment: str) -> dict:
    """The notebooks that are handed in, by student; with them the reference, and the release as it came."""
    release = notebook.read(ROOT / "release" / assignment / f"{assignment}.ipynb")
    own = {notebook.grade_id(cell): cell.source for cell in source(assignment).cells if notebook.of_student(cell)}
    books = {REFERENCE: notebook.fill(release, own), UNTOUCHED: release}
    for student, chosen in students(assignment).items():
        texts = {cell: text for answer in chosen for cell, text in answer.cells.items()}
        books[student] = notebook.fill(release, texts)
    return books


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> dict[tuple[str, str], dict[str, float]]:
    """What each check gave to each submission, by assignment and student: all are graded here, two at a time."""
    halves = [tmp_path_factory.mktemp("course") for _ in range(2)]
    shutil.copytree(ROOT / "source", halves[0] / "source")
    for assignment in ASSIGNMENTS:
        stock.run(halves[0], "generate_assignment", assignment)
    shutil.copytree(halves[0], halves[1], dirs_exist_ok=True)
    results = {}
    for assignment in ASSIGNMENTS:
        books = submissions(assignment)
        for number, (student, book) in enumerate(books.items()):
            folder = stock.submit(halves[number % 2], student, assignment, book)
            data = shutil.ignore_patterns("*.ipynb")
            shutil.copytree(ROOT / "release" / assignment, folder, ignore=data, dirs_exist_ok=True)
        for running in [stock.start(half, "autograde", assignment) for half in halves]:
            stock.finish(running)
        for number, student in enumerate(books):
            results[assignment, student] = stock.scores(halves[number % 2], student, assignment)
    return results


@pytest.fixture(scope="module")
def through_airlock() -> dict[tuple[str, str], dict[str, float]]:
    """The same submissions, graded where student code and checks are apart."""
    with Airlock() as airlock:
        return {
            (assignment, student): {
                outcome.check: outcome.points
                for outcome in airlock.grade(source(assignment), book, data(assignment)).result.outcomes
            }
            for assignment in ASSIGNMENTS
            for student, book in submissions(assignment).items()
        }


def data(assignment: str) -> dict[str, bytes]:
    """The files that students get beside the notebook."""
    files = intake.take(ROOT / "release" / assignment).files
    return {name: content for name, content in files.items() if not name.endswith(intake.NOTEBOOK)}


def named(answer: answers.Answer) -> str:
    """How a test calls an answer."""
    return f"{answer.assignment}/{answer.task}/{answer.title}"


@pytest.mark.parametrize("answer", ANSWERS, ids=named)
def test_an_answer_fails_exactly_the_checks_that_it_names(answer, graded):
    """A right one earns full marks in its task; a wrong one fails what its `fails` says, and nothing else."""
    full, of_task = worth(answer.assignment), checks(answer.assignment, answer.task)
    for student in (name for name, chosen in students(answer.assignment).items() if answer in chosen):
        got = graded[answer.assignment, student]
        assert {name for name in of_task if got[name] < full[name]} == set(answer.fails), answer.where


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_airlock_gives_the_same_points(assignment, graded, through_airlock):
    """To every submission in every check; where it does not, there is a reason."""
    titles = {student: {of.task: of.title for of in chosen} for student, chosen in students(assignment).items()}
    found = {
        (
            assignment,
            next((title for task, title in named.items() if check in checks(assignment, task)), student),
            check,
        )
        for student, named in {REFERENCE: {}, UNTOUCHED: {}, **titles}.items()
        for check, points in graded[assignment, student].items()
        if through_airlock[assignment, student][check] != points
    }
    assert found == {key for key in DIFFERENT if key[0] == assignment}


@pytest.mark.parametrize(("assignment", "task"), TASKS)
def test_a_task_has_enough_answers(assignment, task):
    """At least three right ones, counting the reference, and four wrong ones."""
    right = [answer.right for answer in ANSWERS if (answer.assignment, answer.task) == (assignment, task)]
    assert right.count(True) + 1 >= 3
    assert right.count(False) >= 4


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_answer_cell_has_answers(assignment):
    """Each file of the bank belongs to a task, and each task to a file; every cell that it fills is there."""
    cells = {notebook.grade_id(cell) for cell in source(assignment).cells if notebook.role(cell) is Role.ANSWER}
    filled = {cell for answer in ANSWERS if answer.assignment == assignment for cell in answer.cells}
    assert filled == cells
    of_tasks = [checks(assignment, task) for name, task in TASKS if name == assignment]
    assert set.union(*of_tasks) == set(worth(assignment))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_check_is_failed_by_some_answer(assignment):
    """A check that no wrong answer fails is unproven: add the answer, or drop the check."""
    failed = {name for answer in ANSWERS if answer.assignment == assignment for name in answer.fails}
    assert failed == set(worth(assignment))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_reference_earns_full_marks(assignment, graded):
    """What the teacher wrote passes every check."""
    assert graded[assignment, REFERENCE] == worth(assignment)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_untouched_release_earns_nothing(assignment, graded):
    """No points for handing in what was fetched."""
    assert graded[assignment, UNTOUCHED] == dict.fromkeys(worth(assignment), 0)

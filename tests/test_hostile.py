"""Hostile submissions get the marks that they deserve, and nothing else; stock nbgrader shows that they bite."""

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import arena
import pytest
import stock
from nbgrader.api import Gradebook, MissingEntry

from autograder import notebook

HOSTILE = arena.submissions()
FIRST, LAST = "a00_honest", "z99_honest"


@dataclass(frozen=True)
class Graded:
    """A class that was graded: the folder of its course, and the points of each task by student and task."""

    course: Path
    marks: dict[str, dict[str, float]]

    def artefacts(self, student: str) -> bytes:
        """All that was kept of a student's submission, one after the other; but not the text of the checks."""
        found = b""
        for path in sorted((self.course / "autograded" / student).rglob("*")):
            if path.suffix == ".ipynb":
                book = notebook.read(path)
                for cell in book.cells:
                    cell.source = "" if notebook.role(cell) is notebook.Role.CHECK else cell.source
                found += notebook.text(book).encode()
            elif path.is_file():
                found += path.read_bytes()
        return found


def read_marks(course: Path, assignment: str) -> dict[str, dict[str, float]]:
    """The points of each task by student, as the gradebook has them; nobody whose submission was not graded."""
    marks = {}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        for folder in sorted((course / "autograded").glob(f"*/{assignment}")):
            student = folder.parent.name
            try:
                found = gradebook.find_submission_notebook(assignment, assignment, student).grades
            except MissingEntry:
                continue
            points = {grade.name: (grade.auto_score or 0) + (grade.extra_credit or 0) for grade in found}
            marks[student] = arena.by_task(points)
    return marks


@pytest.fixture(scope="module")
def place():
    """A folder for courses that everybody may look into, as a course on a server may be."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def canaries(place):
    """What must be alive in the end."""
    with arena.Canaries(place) as living:
        yield living


@pytest.fixture(scope="module")
def template(place, canaries) -> Path:
    """A course with its assignments released by nbgrader, and nobody in it yet."""
    course = place / "template"
    for name, source in arena.ASSIGNMENTS.items():
        (course / "source" / name).mkdir(parents=True)
        notebook.write(source(), course / "source" / name / f"{name}.ipynb")
    (course / "password.txt").write_text(canaries.secret)
    stock.run(course, "db", "upgrade")
    for running in [stock.start(course, "generate_assignment", name) for name in arena.ASSIGNMENTS]:
        stock.finish(running)
    return course


def enrol(template: Path, canaries: arena.Canaries, name: str, submissions) -> Path:
    """A course called `name` with these submissions, an honest one before them and an honest one behind."""
    course = template.with_name(name)
    shutil.copytree(template, course, symlinks=True)
    neighbours = {(student, s.assignment) for s in submissions for student in (FIRST, LAST)}
    honest = {(student, name): arena.honest(name) for student, name in sorted(neighbours)}
    for (student, assignment), submission in (honest | {(s.name, s.assignment): s for s in submissions}).items():
        release = notebook.read(course / "release" / assignment / f"{assignment}.ipynb")
        folder = course / "submitted" / student / assignment
        arena.hand_in(submission, release, folder, canaries.found(course, student))
    return course


# --- the same submissions, graded by stock nbgrader

BITING = [submission for submission in HOSTILE if submission.stock is not None]


@pytest.fixture(scope="module")
def bitten(template, canaries) -> dict[str, bool]:
    """Whether each submission that bites stock nbgrader did so; two classes are graded at a time."""
    in_class = [s for s in BITING if not s.alone and s.stock != "stops the class"]
    forging = [s for s in in_class if s.name.startswith("a")]
    classes = [forging, [s for s in in_class if s not in forging], *([s] for s in BITING if s not in in_class)]

    def grade(number: int) -> dict[str, bool]:
        course = enrol(template, canaries, f"stock{number}", classes[number])
        stock.start(course, "autograde", "small").communicate()
        graded = Graded(course, read_marks(course, "small"))
        return {submission.name: bites(submission, graded, canaries) for submission in classes[number]}

    with ThreadPoolExecutor(2) as workers:
        return {name: found for part in workers.map(grade, range(len(classes))) for name, found in part.items()}


def bites(submission: arena.Submission, graded: Graded, canaries: arena.Canaries) -> bool:
    """Whether a submission does to stock nbgrader what it says."""
    got = graded.marks.get(submission.name, {})
    match submission.stock:
        case {"*": total}:
            return sum(got.values()) == total
        case dict(points):
            return {task: got.get(task) for task in points} == points
        case "stops the class":
            return LAST not in graded.marks
        case "shows the secret":
            return canaries.secret.encode() in graded.artefacts(submission.name)
        case "shows the gradebook":
            return b"SQLite format 3" in graded.artefacts(submission.name)
        case "shows the hidden inputs":
            return any(str(n).encode() in graded.artefacts(submission.name) for n in arena.HIDDEN_NUMBERS)
        case "leaves a process":
            return canaries.survivors(submission.name) != []
        case "puts a script into the feedback":
            stock.run(graded.course, "generate_feedback", submission.assignment, "--student", submission.name)
            page = graded.course / "feedback" / submission.name / "small" / "small.html"
            return "<script>siskin()" in page.read_text()
    raise AssertionError(f"{submission.name}: STOCK says {submission.stock!r}, which nothing here looks for")


@pytest.mark.parametrize("submission", BITING, ids=lambda s: s.name)
def test_stock_nbgrader_is_bitten(submission, bitten):
    """What is tried works where checks run in the student's kernel. If it did not, it would prove little elsewhere."""
    assert bitten[submission.name]

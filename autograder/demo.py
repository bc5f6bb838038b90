"""A class in a folder, from release to feedback, by nbgrader's own command line.

Its students are other users of this machine, with homes of their own. What they hand in comes from the answer bank,
so that each score is known before it is given.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder import answers, classmates, commands, gradebook, notebook, submission
from autograder.classmates import Classmate
from autograder.model import Outcome, Tell, Verdict
from autograder.sandbox import users
from autograder.sandbox.users import Accounts, User

MARK = ".made-by-autograder-demo"
AT_ONCE = 2


class DemoError(Exception):
    """The demo cannot go on. The message says where, what, and what to do."""


@dataclass(frozen=True)
class Row:
    """How one of the class fared, and the pages of feedback that came back."""

    student: Classmate
    outcomes: tuple[Outcome, ...]
    feedback: tuple[Path, ...]

    @property
    def failed(self) -> list[str]:
        """The checks that were not passed."""
        return [outcome.check for outcome in self.outcomes if outcome.verdict is not Verdict.PASSED]

    @property
    def as_foretold(self) -> bool:
        """Whether these are the checks that the answer bank says."""
        return bool(self.outcomes) and set(self.failed) == self.student.foretold


@dataclass(frozen=True)
class Place:
    """Where the class meets: a folder with the teacher's course, the exchange, and the homes of the students."""

    folder: Path
    assignment: str

    @property
    def course(self) -> Path:
        return self.folder / "course"

    @property
    def exchange(self) -> Path:
        return self.folder / "exchange"

    @property
    def gradebook(self) -> Path:
        return self.course / "gradebook.db"

    @property
    def grades(self) -> Path:
        return self.course / "grades.csv"

    def book(self, step: str) -> notebook.NotebookNode:
        """The assignment's notebook, as it is in `source` or in `release`."""
        return notebook.read(self.course / step / self.assignment / f"{self.assignment}.ipynb")

    def command(self, name: str, *options: str) -> list[str]:
        """The words of a command of nbgrader's that is about the assignment and knows the exchange."""
        return ["nbgrader", name, self.assignment, "--course=workflow", f"--Exchange.root={self.exchange}", *options]


def run(root: Path, place: Place, size: int, tell: Tell) -> tuple[list[Row], list[str]]:
    """Let a class of `size` go through the assignment of the course in `root`; the folder of `place` is made anew.

    Returns how each student fared, and what was odd about submissions. DemoError where something cannot be done,
    BankError where the bank cannot be used, SandboxError where other users cannot be made.
    """
    students = classmates.invent(answers.tasks(root / "tests" / "answers", place.assignment), size)
    _furnish(root, place)
    accounts = users.enrol(place.folder / "home", [(student.name, student.full_name) for student in students])
    people = list(zip(students, accounts.users, strict=True))
    teacher, everybody = partial(_teach, place, tell), partial(_each, people, tell)

    roll = _roll(place, students)
    teacher("Release", [roll, place.command("generate_assignment"), place.command("release_assignment")])
    everybody("Fetch, solve, submit", partial(_hand_in, place, accounts))
    # Whether everybody handed in for themselves is told by who owns it, and only root's students own anything.
    owners = f"--ExchangeCollect.check_owner={os.geteuid() == 0}"
    teacher("Collect", [place.command("collect", owners)], wrap=partial(users.knowing, accounts))
    found = submission.collected(place.course / "submitted", place.assignment, place.book("source"))
    teacher("Grade", [place.command("autograde")], counted="Autograding", total=size)
    back = [place.command("generate_feedback"), place.command("release_feedback")]
    teacher("Give feedback", [*back, ["nbgrader", "export", f"--to={place.grades}"]], counted="Converting", total=size)
    everybody("Fetch feedback", partial(_fetch_feedback, place, accounts))

    outcomes = gradebook.outcomes(f"sqlite:///{place.gradebook}", place.assignment)
    pages = {user.name: (user.home / place.assignment / "feedback").rglob("*.html") for user in accounts.users}
    rows = [Row(each, outcomes.get(each.name, ()), tuple(sorted(pages[each.name]))) for each in students]
    return rows, [remark for each in found for remark in (*filter(None, [each.problem]), *each.remarks)]


def _furnish(root: Path, place: Place) -> None:
    """A new folder with a copy of the course's assignment and settings. What somebody else made is left alone."""
    source = root / "source" / place.assignment
    if not (source / f"{place.assignment}.ipynb").is_file():
        raise DemoError(f"{source}: there is no such assignment. Run this in the course's folder, or name another.")
    if place.folder.exists() and not (place.folder / MARK).exists():
        raise DemoError(f"{place.folder}: was not made by the demo, and would be deleted. Name another: --folder")
    try:
        if place.folder.exists():
            shutil.rmtree(place.folder)
        place.course.mkdir(parents=True)
        (place.folder / MARK).touch()
        shutil.copytree(source, place.course / "source" / place.assignment)
        shutil.copy(root / "nbgrader_config.py", place.course)
    except OSError as error:
        message = f"{error.filename}: {error.strerror}. Name a folder in which you may write: --folder"
        raise DemoError(message) from error


def _roll(place: Place, students: Sequence[Classmate]) -> list[str]:
    """The list of the class as a file, and the command that puts it into the gradebook."""
    path = place.course / "students.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "first_name", "last_name"])
        rows.writerows([student.name, *student.full_name.split(maxsplit=1)] for student in students)
    return ["nbgrader", "db", "student", "import", path.name]


def _teach(
    place: Place,
    tell: Tell,
    step: str,
    of: Sequence[Sequence[str]],
    *,
    counted: str = "",
    total: int = 1,
    wrap: Callable[[list[str]], list[str]] = list,
) -> None:
    """Run the teacher's commands. How far they are is told by the lines that hold the word `counted`."""
    begun = 0

    def heard(said: str) -> None:
        nonlocal begun
        if counted and counted in said:
            tell(step, begun, total)
            begun += 1

    tell(step, 0, total)
    _run("the teacher", wrap(commands.line(*of)), place.course, heard=heard)
    tell(step, total, total)


def _each(people: Sequence[tuple[Classmate, User]], tell: Tell, step: str, do: Callable[..., None]) -> None:
    """Let every student do something, a few at a time."""
    tell(step, 0, len(people))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done, _ in enumerate(pool.map(do, people), 1):
            tell(step, done, len(people))


def _hand_in(place: Place, accounts: Accounts, who: tuple[Classmate, User]) -> None:
    """Fetch the assignment, fill in the answers, submit. Every fifth student has submitted too early before."""
    student, user = who
    notebook.write(notebook.fill(place.book("release"), student.cells), user.home / "solved.ipynb")
    solve = ["cp", "solved.ipynb", f"{place.assignment}/{place.assignment}.ipynb"]
    submit = place.command("submit")
    early = [submit] if accounts.users.index(user) % 5 == 1 else []
    _as(user, place, accounts, place.command("fetch_assignment"), *early, solve, submit)


def _fetch_feedback(place: Place, accounts: Accounts, who: tuple[Classmate, User]) -> None:
    """Fetch the pages that came back."""
    _as(who[1], place, accounts, place.command("fetch_feedback"))


def _as(user: User, place: Place, accounts: Accounts, *of: Sequence[str]) -> None:
    """Run commands as this user, who sees its home and the exchange."""
    words = users.command(accounts, user, commands.line(*of), shared=[place.exchange])
    _run(user.full_name, words, place.folder, environment=users.environment(user))


def _run(who: str, words: Sequence[str], folder: Path, **named) -> None:
    try:
        commands.run(words, folder, **named)
    except commands.CommandError as error:
        raise DemoError(f"A command of {who} failed. Its last lines were:\n{error}") from error

"""From release to feedback and back: a class of three, nbgrader's own commands, and real other users."""

import csv
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import stock
import toy

from autograder import answers, commands, gradebook, notebook
from autograder.model import Answer, Verdict
from autograder.notebook import Role
from autograder.sandbox import users

ROOT = Path(__file__).parents[1]
PEOPLE = [("ada", "Ada Lindqvist"), ("bola", "Bola Adeyemi"), ("chen", "Chen Wei")]
# What each of them hands in, by the titles in the bank of `toy.py`: first, and a little later.
FIRST = {"ada": (), "bola": ("knows numbers alone", "max with a default"), "chen": ("adds", "a loop")}
LATER = {
    "ada": ("multiplies", "a stable sort"),
    "bola": ("squares", "takes the last of several"),
    "chen": ("forgets the sign", "forgets the empty list"),
}


@dataclass(frozen=True)
class Class:
    """A course, its exchange, its students, and what the commands said, by who ran them."""

    folder: Path
    accounts: users.Accounts
    said: dict[str, str] = field(default_factory=dict)

    @property
    def course(self) -> Path:
        return self.folder / "course"

    @property
    def exchange(self) -> Path:
        return self.folder / "exchange"

    def words(self, *words: str) -> list[str]:
        """A command of nbgrader's that knows the exchange."""
        return ["nbgrader", *words, "--course=workflow", f"--Exchange.root={self.exchange}"]

    def teach(self, *of: list[str], wrap=list) -> None:
        """Run the teacher's commands."""
        heard = []
        commands.run(wrap(commands.line(*of)), self.course, heard=heard.append)
        self.said["teacher"] = self.said.get("teacher", "") + "".join(heard)

    def study(self, user: users.User, *of: list[str]) -> None:
        """Run a student's commands."""
        heard = []
        words = users.command(self.accounts, user, commands.line(*of), shared=[self.exchange])
        commands.run(words, self.folder, users.environment(user), heard.append)
        self.said[user.name] = self.said.get(user.name, "") + "".join(heard)

    def everybody(self, study) -> None:
        """Two students at a time."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(study, self.accounts.users))


def chosen(course: Path, titles: tuple[str, ...]) -> list[Answer]:
    """The answers of these titles."""
    bank = answers.tasks(course / "answers", "toy")
    return [answer for of in bank.values() for answer in of if answer.title in titles]


def foretold(here: Class, student: str) -> dict[str, float]:
    """What each check must give to a student, by the bank: the later submission counts."""
    failed = {check for answer in chosen(here.course, LATER[student]) for check in answer.fails}
    checks = [cell for cell in toy.source().cells if notebook.role(cell) is Role.CHECK]
    return {notebook.grade_id(c): 0 if notebook.grade_id(c) in failed else notebook.points(c) for c in checks}


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Class:
    """The class after it went all the way."""
    folder = tmp_path_factory.mktemp("class")
    toy.course(folder / "course")
    shutil.copy(ROOT / "nbgrader_config.py", folder / "course")
    here = Class(folder, users.enrol(folder / "home", PEOPLE))
    here.teach(here.words("generate_assignment", "toy"), here.words("release_assignment", "toy"))
    release = notebook.read(here.course / "release" / "toy" / "toy.ipynb")

    def hand_in(user: users.User) -> None:
        for number, titles in enumerate((FIRST[user.name], LATER[user.name])):
            cells = {cell: text for answer in chosen(here.course, titles) for cell, text in answer.cells.items()}
            notebook.write(notebook.fill(release, cells), user.home / f"solved_{number}.ipynb")
        fetch, submit = here.words("fetch_assignment", "toy"), here.words("submit", "toy")
        solve = [["cp", f"solved_{number}.ipynb", "toy/toy.ipynb"] for number in range(2)]
        here.study(user, here.words("list"), fetch, solve[0], submit, solve[1], submit, here.words("list", "--cached"))

    here.everybody(hand_in)
    owners = f"--ExchangeCollect.check_owner={os.geteuid() == 0}"
    here.teach(here.words("collect", "toy", owners), wrap=lambda words: users.knowing(here.accounts, words))
    export = ["nbgrader", "export", "--to=grades.csv"]
    feedback = here.words("generate_feedback", "toy"), here.words("release_feedback", "toy")
    here.teach(here.words("autograde", "toy"), *feedback, export)
    here.everybody(lambda user: here.study(user, here.words("fetch_feedback", "toy")))
    return here


STUDENTS = [name for name, _ in PEOPLE]


@pytest.mark.parametrize("student", STUDENTS)
def test_the_gradebook_holds_what_the_answers_deserve(student, graded):
    """Check by check; and of two submissions the later one counts, also where the first was better."""
    found = gradebook.outcomes(f"sqlite:///{graded.course / 'gradebook.db'}", "toy")[student]
    assert {outcome.check: outcome.points for outcome in found} == foretold(graded, student)
    assert Verdict.UNKNOWN not in {outcome.verdict for outcome in found}


@pytest.mark.parametrize("student", STUDENTS)
def test_the_graded_notebook_says_the_same(student, graded):
    """As nbgrader reads it."""
    assert stock.scores(graded.course, student, "toy") == foretold(graded, student)


def test_the_exported_file_holds_the_sums(graded):
    """One line for each student."""
    with (graded.course / "grades.csv").open() as file:
        rows = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
    assert rows == {name: (sum(foretold(graded, name).values()), 9) for name in STUDENTS}
    assert len(set(rows.values())) == 3


@pytest.mark.parametrize("student", STUDENTS)
def test_students_see_what_is_released_and_what_they_submitted(student, graded):
    """`nbgrader list` names the assignment, and both submissions afterwards."""
    said = graded.said[student]
    assert re.search(r"Released assignments:\n.*workflow toy", said)
    assert len(re.findall(rf"INFO\] workflow {student} toy .* \(no feedback available\)", said)) == 2


def test_what_was_fetched_is_what_was_released(graded):
    """`cp` has put answers into it since; what they did not change is the release."""
    release = notebook.read(graded.course / "release" / "toy" / "toy.ipynb")
    for user in graded.accounts.users:
        mine = notebook.read(user.home / "toy" / "toy.ipynb")
        pairs = zip(release.cells, mine.cells, strict=True)
        assert [notebook.grade_id(a) for a, b in pairs if a != b] == ["double", "longest"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only files of root's users belong to them")
def test_submissions_belong_to_those_who_handed_them_in(graded):
    """By real ownership: nbgrader compares it with the name, and has no doubt about anybody."""
    uids = {user.name: user.uid for user in graded.accounts.users}
    inbound = graded.exchange / "workflow" / "inbound"
    assert {path.name.split("+")[0]: path.stat().st_uid for path in inbound.iterdir()} == uids
    assert "cheating" not in graded.said["teacher"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only files of root's users belong to them")
def test_students_cannot_look_into_the_inbox(graded):
    """They may put something in, and see nothing of the others'."""
    ada = graded.accounts.users[0]
    words = users.command(graded.accounts, ada, ["ls", str(graded.exchange / "workflow" / "inbound")])
    assert "No such file" in _fails(words, ada)
    words = users.command(
        graded.accounts, ada, ["ls", str(graded.exchange / "workflow" / "inbound")], shared=[graded.exchange]
    )
    assert "Permission denied" in _fails(words, ada)


def _fails(words: list[str], user: users.User) -> str:
    done = subprocess.run(words, env=users.environment(user), capture_output=True, text=True)
    assert done.returncode != 0
    return done.stderr


@pytest.mark.parametrize("user", range(3), ids=STUDENTS)
def test_feedback_comes_back_and_keeps_its_secrets(user, graded):
    """One page, for the later submission: with the score, and without hidden tests or anybody else's answers."""
    user = graded.accounts.users[user]
    (page,) = (user.home / "toy" / "feedback").rglob("*.html")
    text = re.sub(r"<[^>]*>", "", page.read_text(encoding="utf-8"))
    assert f"Score: {sum(foretold(graded, user.name).values()):g} / 9 points" in text
    assert "HIDDEN" not in text
    shown = "abab" in text  # a visible test, of a check that was not passed
    assert shown == (foretold(graded, user.name)["double_text"] == 0)
    assert "-42" not in text  # a hidden one


def test_nothing_went_wrong_on_the_way(graded):
    """No error in what the commands said."""
    assert [line for said in graded.said.values() for line in said.splitlines() if "ERROR" in line] == []

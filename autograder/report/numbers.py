"""A class in numbers: scores, how hard each check was and how well it tells apart, and who made which mistake.

Difficulty and discrimination are those of classical test theory (Allen and Yen, Introduction to Measurement Theory,
1979, chapter 6): the mean share of its points that a check gave, and the correlation of its points with those of all
other checks.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from autograder import notebook
from autograder.gradebook import Book, Course
from autograder.notebook import NotebookError, Role

SLOWEST = 10
# Below so many, a correlation says nothing.
ENOUGH = 5
MISTAKE = re.compile(r"^  mistake: .*?\*(.+)\*$", re.MULTILINE)  # as airlock.LIKE says it
EXTRAS = re.compile(r"^  (?:hint|mistake): .*", re.MULTILINE | re.DOTALL)
AT_ONCE = 200


@dataclass(frozen=True)
class Student:
    """One of the class: `waits` are checks that a person has to look at; `seconds` how long the run took, if known."""

    name: str
    score: float
    max_score: float
    waits: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True)
class CheckNumbers:
    """One check: how many passed it of how many; `facility` from 0 (nobody) to 1 (everybody), `discrimination` from -1
    to 1, None where too few differ.
    """

    notebook: str
    name: str
    max_score: float
    passed: int
    students: int
    facility: float
    discrimination: float | None


@dataclass(frozen=True)
class Cluster:
    """Students whose answers failed a check in the same way; `mistake` is its title, where the bank knows one."""

    check: str
    said: str
    students: tuple[str, ...]
    mistake: str = ""


@dataclass(frozen=True)
class Report:
    """All of it. Students by name, checks in the order of the notebook, clusters by size."""

    assignment: str
    students: tuple[Student, ...]
    checks: tuple[CheckNumbers, ...]
    clusters: tuple[Cluster, ...]

    @property
    def max_score(self) -> float:
        return max((student.max_score for student in self.students), default=0.0)

    @property
    def mistakes(self) -> dict[str, int]:
        """How many made each mistake that the bank knows, the most frequent first."""
        makers: dict[str, set[str]] = defaultdict(set)
        for cluster in self.clusters:
            if cluster.mistake:
                makers[cluster.mistake] |= set(cluster.students)
        return dict(sorted(((title, len(who)) for title, who in makers.items()), key=lambda pair: (-pair[1], pair[0])))

    @property
    def waiting(self) -> tuple[Student, ...]:
        return tuple(student for student in self.students if student.waits)

    @property
    def slowest(self) -> tuple[Student, ...]:
        timed = [student for student in self.students if student.seconds is not None]
        return tuple(sorted(timed, key=lambda student: -student.seconds)[:SLOWEST])

    @property
    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        scores = [student.score for student in self.students]
        return {
            "assignment": self.assignment,
            "max_score": self.max_score,
            "mean": statistics.fmean(scores) if scores else None,
            "median": statistics.median(scores) if scores else None,
            "students": [asdict(student) for student in self.students],
            "checks": [asdict(check) for check in self.checks],
            "clusters": [asdict(cluster) for cluster in self.clusters],
            "mistakes": self.mistakes,
        }


def of(course: Course, book: Book, seconds: Mapping[str, float]) -> Report:
    """The numbers of the assignment that `book` holds open; `seconds` are how long each student's run took."""
    names = course.submitters(book.assignment)
    students: list[Student] = []
    points: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for start in range(0, len(names), AT_ONCE):
        part = names[start : start + AT_ONCE]
        for name, pages in sorted(book.pages(part).items()):
            cells = {(nb, cell): of for nb, page in pages.items() for cell, of in page.cells.items() if "score" in of}
            for key, cell in cells.items():
                points[key][name] = cell["score"]
            waits = tuple(sorted(cell for (_, cell), of in cells.items() if of["waits"]))
            total, most = (sum(getattr(page, kind) for page in pages.values()) for kind in ("score", "max_score"))
            students.append(Student(name, total, most, waits, seconds.get(name)))
            for check, message in _messages(course, book, name):
                said[check, message].append(name)
    order = _order(course, book)
    worth = {(nb, cell.name): cell.max_score or 0.0 for nb, of in book.cells.items() for cell in of if cell.max_score}
    checks = [_check(key, worth[key], of, points) for key, of in points.items() if key in worth]
    checks.sort(key=lambda check: order.get((check.notebook, check.name), len(order)))
    clusters = [_cluster(check, message, who) for (check, message), who in said.items()]
    clusters.sort(key=lambda cluster: (-len(cluster.students), cluster.check, cluster.said))
    return Report(book.assignment, tuple(students), tuple(checks), tuple(clusters))


def _messages(course: Course, book: Book, student: str) -> Iterable[tuple[str, str]]:
    """What each check that was not passed says in a student's graded notebooks."""
    for name in book.notebooks:
        path = course.folder("autograded", student, book.assignment) / f"{name}.ipynb"
        try:
            cells = notebook.read(path).cells
        except NotebookError:
            continue  # not handed in, or not graded yet
        for cell in cells:
            if notebook.role(cell) is Role.CHECK:
                errors = [output.evalue for output in cell.get("outputs", []) if output.output_type == "error"]
                yield from ((notebook.grade_id(cell), message) for message in errors[:1])


def _cluster(check: str, message: str, who: Sequence[str]) -> Cluster:
    found = MISTAKE.search(message)
    return Cluster(check, EXTRAS.sub("", message).rstrip(), tuple(sorted(who)), found[1] if found else "")


def _order(course: Course, book: Book) -> dict[tuple[str, str], int]:
    """Where each check stands."""
    places: dict[tuple[str, str], int] = {}
    for name in book.notebooks:
        try:
            cells = notebook.read(course.folder("source", ".", book.assignment) / f"{name}.ipynb").cells
        except NotebookError:
            continue
        for cell in cells:
            if key := notebook.grade_id(cell):
                places[name, key] = len(places)
    return places


def _check(
    key: tuple[str, str], worth: float, mine: Mapping[str, float], points: Mapping[tuple[str, str], Mapping[str, float]]
) -> CheckNumbers:
    rest = {student: sum(of.get(student, 0.0) for other, of in points.items() if other != key) for student in mine}
    passed = sum(score >= worth for score in mine.values())
    facility = statistics.fmean(mine.values()) / worth if mine and worth else 0.0
    return CheckNumbers(*key, worth, passed, len(mine), facility, _correlation(mine, rest))


def _correlation(mine: Mapping[str, float], rest: Mapping[str, float]) -> float | None:
    if len(mine) < ENOUGH:
        return None
    try:
        return statistics.correlation(list(mine.values()), [rest[student] for student in mine])
    except statistics.StatisticsError:  # all the same
        return None

"""What a run over a class is asked for, what it answers, and whether the request makes sense."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.gradebook import Course, checks
from autograder.meant import meant
from autograder.model import IDEAS
from autograder.pending import Move
from autograder.sandbox import Limits
from autograder.work import Settings


class GradingError(Exception):
    """The request makes no sense. The message says where, what, and what to do."""


@dataclass(frozen=True)
class Asked:
    """What is asked for: of which students (patterns of names), anew or only what has changed, and with which workers.

    `dry_run` stops before anything is written but the results.
    """

    assignment: str
    students: tuple[str, ...] = ("*",)
    force: bool = False
    dry_run: bool = False
    workers: int | Executor = 1


@dataclass
class Summary:
    """What came of it. `left` are students who were not graded, with the reason; `problems` are by file."""

    run: int = 0
    kept: int = 0
    untouched: int = 0
    written: int = 0
    changes: list[checks.Change] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def students(course: Course, asked: Asked) -> list[str]:
    """Whose submissions are to be graded, sorted."""
    where = course.folder("source", ".", asked.assignment)
    if not where.is_dir():
        if not where.parent.is_dir():
            raise GradingError(f"{where.parent}: there is no such folder. Run this in the folder of a course.")
        raise GradingError(f"{where}: there is no such assignment. {meant(asked.assignment, course.assignments())}")
    found = course.submitters(asked.assignment, asked.students)
    if not found:
        where = course.folder("submitted", "*", asked.assignment)
        if there := course.submitters(asked.assignment):
            wanted = ", ".join(asked.students)
            raise GradingError(f"{where}: nobody is called {wanted!r}. {meant(wanted, there)}")
        raise GradingError(f"{where}: there is no submission. Run `nbgrader collect {asked.assignment}` first.")
    return found


def settings(course: Course) -> Settings:
    """How the airlocks are made, as the course's settings for ThroughAirlock say."""
    defaults = Limits()
    seconds = {
        name: float(course.option("ThroughAirlock", name, getattr(defaults, name)))
        for name in ("cell_seconds", "submission_seconds")
    }
    return Settings(
        *(tuple(map(Path, course.option("ThroughAirlock", name, ()))) for name in ("readable", "checker_only")),
        replace(defaults, **seconds),
        bool(course.option("ThroughAirlock", "unsafe_without_sandbox", False)),
        course.root / course.option("ThroughAirlock", "ideas", IDEAS),
    )

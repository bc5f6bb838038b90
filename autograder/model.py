"""The nouns of grading. Frozen values; nothing of ours is imported here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# Is told of a step of the work: its name, how much of it is done, how much there is to do.
Tell = Callable[[str, int, int], None]
# What a student reads of an assertion whose author said nothing.
SILENT = "what the check asserts does not hold"
# Where in a course's folder `autograder verify` keeps what wrong answers return, unless its settings say otherwise.
IDEAS = ".verify"


class Verdict(StrEnum):
    """What one check said. UNKNOWN means that the grader could not tell: no points, shown by name, for a human."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Outcome:
    """What one check said of one submission. `check` is the grade id; `message` is what the student may read.

    `idea` is the title of the wrong answer of the bank that returns the same, where there is exactly one.
    """

    check: str
    verdict: Verdict
    points: float
    max_points: float
    message: str = ""
    idea: str = ""


@dataclass(frozen=True)
class Answer:
    """Code for the answer cells of one task, from the answer bank.

    `cells` maps the grade id of an answer cell to its text; `fails` names exactly the checks that must fail
    (none: the answer earns full marks); `where` is `file:line`, for messages.
    """

    assignment: str
    task: str
    title: str
    cells: dict[str, str] = field(hash=False)
    fails: tuple[str, ...] = ()
    where: str = ""

    @property
    def right(self) -> bool:
        return not self.fails


@dataclass(frozen=True)
class Result:
    """All that came of running one submission.

    `outcomes` in the order of the checks. `outputs`, by the index of a student's cell in the notebook that was run, as
    nbformat has them: what the student's side claims.
    `printed`, by check: what student code printed meanwhile, which is not for students to read. `replies`, by check:
    digests of what it answered, where the check listened (see `replies`). `notes` are for the teacher. `made` are the
    cases that checkers had to make, by the calls (see `once`).
    """

    outcomes: tuple[Outcome, ...]
    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict, hash=False)
    printed: dict[str, str] = field(default_factory=dict, hash=False)
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    replies: dict[str, list[str]] = field(default_factory=dict, hash=False)
    made: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    @property
    def points(self) -> float:
        return sum(outcome.points for outcome in self.outcomes)

    @property
    def max_points(self) -> float:
        return sum(outcome.max_points for outcome in self.outcomes)

"""The nouns of grading. Frozen values; nothing of ours is imported here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What one check said. UNKNOWN means that the grader could not tell: no points, shown by name, for a human."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Outcome:
    """What one check said of one submission. `check` is the grade id; `message` is what the student may read."""

    check: str
    verdict: Verdict
    points: float
    max_points: float
    message: str = ""


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

"""A submission on its way from its folder to the gradebook, and what that would change there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from autograder import results
from autograder.gradebook import Standing
from autograder.model import Outcome
from autograder.results import Kept
from autograder.submission import HandedIn


@dataclass(frozen=True)
class Move:
    """A student who has a score, and gets another; `checks` are those because of which,
    each with its points before (None: it is new) and after.
    """

    student: str
    before: float
    after: float
    checks: tuple[tuple[str, float | None, float], ...]


@dataclass
class Pending:
    """A submission on its way: what was handed in, the key of each notebook's result, and the results so far."""

    handed: HandedIn
    key: str
    keys: dict[str, str]
    found: dict[str, Kept] = field(default_factory=dict)

    @property
    def student(self) -> str:
        return self.handed.student

    @property
    def outcomes(self) -> dict[tuple[str, str], Outcome]:
        return {(name, outcome.check): outcome for name, kept in self.found.items() for outcome in kept.outcomes}

    @property
    def seconds(self) -> float:
        return sum(kept.seconds for kept in self.found.values())

    @property
    def result(self) -> str:
        """A key for all that comes of it."""
        return results.key(self.keys)


def stands(pending: Pending, grades: Standing) -> bool:
    """Whether the gradebook says of every check what the results say."""
    return all(
        key in grades and grades[key]["auto_score"] == outcome.points for key, outcome in pending.outcomes.items()
    )


def move(pending: Pending, grades: Standing, removed: Collection[tuple[str, str]] = ()) -> Move | None:
    """How a student's score changes by the results; None where it does not, or where there was none before.

    `removed` are the checks, as (notebook, check), that the assignment has no longer. What a person gave stays.
    """
    after = {key: outcome.points for key, outcome in pending.outcomes.items()} | dict.fromkeys(removed, 0.0)
    before = {key: grades[key] for key in after if key in grades}
    if all(row["auto_score"] is None for row in before.values()):
        return None
    changed = []
    for key, points in after.items():
        row = before.get(key, {"auto_score": None, "manual_score": None})
        if row["manual_score"] is None and (row["auto_score"] or 0.0) != points:
            changed.append((key[1], row["auto_score"], points))
    if not changed:
        return None
    had = sum(_points(row) for row in before.values())
    return Move(pending.student, had, had + sum(new - (old or 0.0) for _, old, new in changed), tuple(changed))


def _points(row: dict) -> float:
    given = row["manual_score"] if row["manual_score"] is not None else row["auto_score"]
    return given or 0.0

"""What a promise finds broken: where, which promise, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is not as promised.

    `where` is a file with a line or a cell, `promise` the name of the promise that is broken, `what` says what is there
    and `fix` what to do. `of` are the assignment and the submission that showed it, where one did: what that earned is
    not remembered.
    """

    promise: str
    where: str
    what: str
    fix: str
    of: tuple[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.what} [{self.promise}] {self.fix}"


def listed(names: Iterable[str]) -> str:
    """Names in a sentence, sorted; "none" where there is none."""
    return ", ".join(sorted(names)) or "none"

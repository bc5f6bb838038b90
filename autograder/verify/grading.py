"""Submissions to assignments, graded as a student's are, but for those of which it is remembered what they earned."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field

from autograder import pool
from autograder.model import Outcome, Result, Tell, Verdict
from autograder.notebook import NotebookNode
from autograder.pool import Settings, Work
from autograder.verify import memory
from autograder.verify.assignment import Assignment
from autograder.verify.memory import Memory
from autograder.verify.submissions import REFERENCE, Submission

SAVE_SECONDS = 10


# A cell of a mutant has so many seconds, or so many times those of the whole reference.
MUTANT_SECONDS = 5
# What is foretold comes out on a busy machine, too: there a cell has so many times the seconds of a student's.
PATIENCE = 4


@dataclass(frozen=True)
class Asked:
    """A submission to an assignment. A `variant` of the source is graded in its place where one is given, by name.

    `step` is the step of the work to which it belongs; `cell_seconds` are those that a cell has, if not the usual, and
    a `mutant` has as many as its reference makes one expect.
    """

    assignment: Assignment = field(hash=False)
    submission: Submission
    step: str
    variant: str = ""
    source: NotebookNode | None = field(default=None, hash=False)
    cell_seconds: float | None = None
    mutant: bool = False

    @property
    def at(self) -> tuple[str, str, str]:
        """What it is known by."""
        return self.assignment.name, self.submission.name, self.variant

    def work(self, without: Collection[str] = (), cell_seconds: float | None = None) -> Work:
        """For the pool, without checks that never end."""
        source = self.assignment.without(without).source if self.source is None else self.source
        return Work("/".join(self.at), source, self.submission.notebook, self.assignment.files, cell_seconds)

    @property
    def key(self) -> str:
        """A digest of what its outcomes depend on."""
        work = self.work()
        return memory.key(self.variant, memory.code(work.source), memory.code(work.submission), dict(work.files))


class Grades:
    """What submissions earned.

    `stuck` are checks that do not come to an end for the reference, by assignment: no other submission has to wait for
    them. `graded` is how many submissions were graded, and `remembered` how many not.
    """

    def __init__(self, memories: dict[str, Memory], settings: Settings, workers: int):
        self._memories, self._settings, self._workers = memories, settings, workers
        self._keys: dict[tuple[str, str, str], str] = {}
        self._results: dict[tuple[str, str, str], Result] = {}
        self.stuck: dict[str, set[str]] = {}
        self.graded = self.remembered = 0
        self._saved = time.monotonic()

    def of(self, assignment: Assignment, submission: Submission, variant: str = "") -> Result:
        """What came of it."""
        return self._results[assignment.name, submission.name, variant]

    def grade(self, asked: Sequence[Asked], tell: Tell, workers: int | None = None) -> None:
        """Have all these results, in this order. `tell` is told of each step how many there are, of how many."""
        left: dict[str, Asked] = {}
        done, total = Counter[str](), Counter(each.step for each in asked)
        for each in asked:
            self._keys[each.at] = each.key
            found = self._memories[each.assignment.name].get(self._keys[each.at])
            if found is None:
                left["/".join(each.at)] = each
            else:
                self._results[each.at] = _result(found)
                done[each.step] += 1
        for step in total:
            tell(step, done[step], total[step])
        works = (each.work(self.stuck.get(each.assignment.name, ()), self._seconds(each)) for each in left.values())
        for name, graded in pool.graded(works, self._settings, workers or self._workers) if left else ():
            each = left[name]
            self._results[each.at] = graded.result
            self._memories[each.assignment.name].keep(self._keys[each.at], _plain(graded.result))
            if each.submission.name == REFERENCE and not each.variant:
                unknown = {outcome.check for outcome in graded.result.outcomes if outcome.verdict is Verdict.UNKNOWN}
                self.stuck[each.assignment.name] = unknown
            self._save_now_and_then()
            done[each.step] += 1
            tell(each.step, done[each.step], total[each.step])
        self.graded += len(left)
        self.remembered += len(asked) - len(left)

    def _seconds(self, each: Asked) -> float | None:
        """What a cell of it has: of a mutant by what its reference took, where that is known by then."""
        usual = self._settings.limits.cell_seconds
        reference = self._results.get((each.assignment.name, REFERENCE, ""))
        if not each.mutant or reference is None:
            return each.cell_seconds or PATIENCE * usual
        return min(usual, MUTANT_SECONDS * max(1, math.ceil(reference.seconds)))

    def _save_now_and_then(self) -> None:
        """So that a run which is stopped has not been for nothing."""
        if time.monotonic() - self._saved > SAVE_SECONDS:
            self._saved = time.monotonic()
            for memory in self._memories.values():
                memory.write(unfinished=True)

    def forget(self, red: Collection[tuple[str, str] | None]) -> None:
        """Grade these anew the next time, each an assignment and a submission; and all of what was stuck."""
        for at, key in self._keys.items():
            if at[:2] in red or self.stuck.get(at[0]):
                self._memories[at[0]].forget([key])


def _plain(result: Result) -> dict:
    outcomes = [asdict(outcome) for outcome in result.outcomes]
    return {"outcomes": outcomes, "seconds": result.seconds, "replies": result.replies}


def _result(found: dict) -> Result:
    outcomes = [Outcome(**{**outcome, "verdict": Verdict(outcome["verdict"])}) for outcome in found["outcomes"]]
    return Result(tuple(outcomes), seconds=found["seconds"], replies=found["replies"])

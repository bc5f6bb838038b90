"""Which submissions prove which promise: they are made, graded together, and looked at one promise after the other."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from autograder.model import Tell
from autograder.sandbox import Limits
from autograder.verify import elsewhere, mutation, submissions, told_apart, verdicts
from autograder.verify.assignment import Assignment
from autograder.verify.grading import Asked, Grades
from autograder.verify.memory import Memory
from autograder.verify.mutation import Tried
from autograder.verify.problem import Problem
from autograder.verify.submissions import Submission
from autograder.verify.told_apart import Apart

PROMISES = {"reference", "untouched", "answers", "messages", "idle", "mutants", "ideas", "stock", "repeated"}
# A generic answer that never ends is stopped after so many seconds.
ENDLESS = Limits(cell_seconds=1.0)
# A cell of a mutant has so many seconds, or so many times those of the whole reference.
MUTANT_SECONDS = 5


class Proof:
    """The submissions that these promises need, of whole assignments: `grade` them, then ask for what was found."""

    def __init__(self, assignments: Sequence[Assignment], grades: Grades, promises: Collection[str]):
        self._assignments, self._grades, self._promises = assignments, grades, promises
        self._reference = self._made(submissions.reference, PROMISES)
        self._untouched = self._made(submissions.untouched, PROMISES)
        self._answers = self._made(submissions.answers, {"answers", "messages", "ideas", "stock", "repeated"})
        self._idle = self._made(partial(submissions.idlers, endless=False), {"idle", "ideas"})
        self._endless = self._made(partial(submissions.idlers, endless=True), {"idle"})
        self._mutants = self._made(submissions.mutated, {"mutants"})

    @property
    def needed(self) -> bool:
        """Whether any promise needs submissions to be graded."""
        return bool(PROMISES & set(self._promises))

    def _made(self, make: Callable, needed_by: Collection[str]) -> dict[str, list[Submission]]:
        """Submissions by assignment; none where no promise needs them."""
        needed = bool(set(needed_by) & set(self._promises))
        made = {each.name: make(each) if needed else [] for each in self._assignments}
        return {name: of if isinstance(of, list) else [of] for name, of in made.items()}

    def grade(self, tell: Tell) -> None:
        """Grade what is graded once."""
        first = {
            each.name: [
                of for kind in (self._reference, self._untouched, self._answers, self._idle) for of in kind[each.name]
            ]
            for each in self._assignments
        }
        with ThreadPoolExecutor(1) as aside:
            waited = aside.submit(
                self._grades.grade, self._asked(self._endless), _step(tell, "Answers that never end"), ENDLESS
            )
            self._grades.grade(self._asked(first), _step(tell, "Answers"))
            for limits, asked in self._by_limit().items():
                self._grades.grade(asked, _step(tell, "Mutants"), limits)
            if "ideas" in self._promises:
                told_apart.grade(self._assignments, self._grades, self._surveyed, _step(tell, "What answers return"))
            waited.result()

    def elsewhere(self, memories: dict[str, Memory], tell: Tell, workers: int) -> Iterator[Problem]:
        """What comes out otherwise in stock nbgrader, with other seeds, on a busy machine."""
        ends = [each for each in self._assignments if not self._grades.stuck.get(each.name)]
        chosen = {each.name: self._bank(each) for each in ends}
        if "repeated" in self._promises:
            told = _step(tell, "Other seeds, on a busy machine")
            yield from elsewhere.repeated(ends, self._grades, chosen, workers, told)
        if "stock" in self._promises:
            told = _step(tell, "Stock nbgrader")
            yield from elsewhere.in_stock(ends, self._grades, chosen, memories, workers, told)

    def problems(self, assignment: Assignment) -> Iterator[Problem]:
        """What was found of an assignment. Checks that never end count as not there, once that is said."""
        name, grades = assignment.name, self._grades
        ends = assignment.without(grades.stuck.get(name, ()))
        (nothing,) = self._untouched[name]
        if "reference" in self._promises:
            yield from verdicts.reference(assignment, grades, *self._reference[name])
        if "untouched" in self._promises:
            yield from verdicts.untouched(ends, grades, nothing)
        if "answers" in self._promises:
            yield from verdicts.answers(ends, grades, self._answers[name])
        if "messages" in self._promises:
            yield from verdicts.messages(ends, grades, [nothing, *self._answers[name]])
        if "idle" in self._promises:
            yield from verdicts.idle(ends, grades, [*self._idle[name], *self._endless[name]], nothing)
        if "mutants" in self._promises:
            yield from mutation.problems(ends, self._mutants[name])

    def tried(self, assignment: Assignment) -> list[Tried]:
        """What became of the mutants of an assignment."""
        ends = assignment.without(self._grades.stuck.get(assignment.name, ()))
        mutants = self._mutants[assignment.name]
        return mutation.tried(ends, self._grades, mutants) if mutants else []

    def told_apart(self, assignment: Assignment) -> list[Apart]:
        """Which wrong answers are known by what they return; kept for the grader."""
        ends = not self._grades.stuck.get(assignment.name)
        return told_apart.keep(assignment, self._grades, self._surveyed(assignment)) if ends else []

    def _surveyed(self, assignment: Assignment) -> list[Submission]:
        """What is known by what it returns: every answer, and what answers nothing."""
        return [*self._bank(assignment), *self._idle[assignment.name]] if "ideas" in self._promises else []

    def _bank(self, assignment: Assignment) -> list[Submission]:
        """What has an outcome that is foretold."""
        return [of for kind in (self._reference, self._untouched, self._answers) for of in kind[assignment.name]]

    def _asked(self, of: dict[str, list[Submission]]) -> list[Asked]:
        return [Asked(each, submission) for each in self._assignments for submission in of[each.name]]

    def _by_limit(self) -> dict[Limits, list[Asked]]:
        """The mutants, by the time that they have."""
        found: dict[Limits, list[Asked]] = {}
        for each in self._assignments if "mutants" in self._promises else ():
            seconds = self._grades.of(each, *self._reference[each.name]).seconds
            allowed = min(Limits.cell_seconds, MUTANT_SECONDS * max(1, math.ceil(seconds)))
            asked = [Asked(each, submission) for submission in self._mutants[each.name]]
            found.setdefault(Limits(cell_seconds=allowed), []).extend(asked)
        return found


def _step(tell: Tell, name: str) -> Callable[[int, int], None]:
    return lambda done, total: tell(name, done, total) if total else None

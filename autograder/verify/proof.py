"""Which submissions prove which promise: they are made, graded together, and looked at one promise after the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import chain

from autograder.model import Tell
from autograder.verify import elsewhere, mutation, submissions, told_apart, verdicts
from autograder.verify.assignment import Assignment
from autograder.verify.grading import Asked, Grades
from autograder.verify.memory import Memory
from autograder.verify.mutation import Tried
from autograder.verify.problem import Problem
from autograder.verify.submissions import Submission
from autograder.verify.told_apart import Apart

PROMISES = {"reference", "untouched", "answers", "messages", "idle", "deadly", "mutants", "ideas", "stock", "repeated"}
# A cell of a deadly answer has so many seconds: enough for the cells above it, since what they lack proves nothing.
DEADLY_SECONDS = 1.0


class Proof:
    """The submissions that these promises need, of whole assignments: `grade` them, then ask for what was found."""

    def __init__(self, assignments: Sequence[Assignment], grades: Grades, promises: Collection[str]):
        self._assignments, self._grades, self._promises = assignments, grades, promises
        self._reference = self._made(submissions.reference, PROMISES)
        self._untouched = self._made(submissions.untouched, PROMISES)
        self._answers = self._made(submissions.answers, {"answers", "messages", "ideas", "stock", "repeated"})
        self._idle = self._made(partial(submissions.idlers, deadly=False), {"idle", "ideas"})
        self._deadly = self._made(partial(submissions.idlers, deadly=True), {"deadly"})
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

    def grade(self, tell: Tell, workers: int) -> None:
        """Grade what is graded once: references first, since others depend on them.

        What never ends only waits, so there is a worker more for it, and it is dealt out among the others.
        """
        references, rest = (
            [Asked(*pair, "Answers") for of in kinds for pair in self._pairs(of)]
            for kinds in ((self._reference, self._untouched), (self._idle, self._answers))
        )
        rest += [Asked(*pair, "Mutants", mutant=True) for pair in self._pairs(self._mutants)]
        deadly = [Asked(*pair, "Deadly answers", cell_seconds=DEADLY_SECONDS) for pair in self._pairs(self._deadly)]
        self._grades.grade([*references, *_dealt(deadly, rest)], tell, workers + bool(deadly))
        if "ideas" in self._promises:
            ends = [each for each in self._assignments if not self._grades.stuck.get(each.name)]
            surveys = [told_apart.asked(each, self._surveyed(each)) for each in ends]
            self._grades.grade(list(chain.from_iterable(surveys)), tell)

    def elsewhere(self, memories: dict[str, Memory], tell: Tell, workers: int) -> Iterator[Problem]:
        """What comes out otherwise in stock nbgrader, with other seeds, on a busy machine."""
        ends = [each for each in self._assignments if not self._grades.stuck.get(each.name)]
        chosen = {each.name: self._bank(each) for each in ends}
        if "repeated" in self._promises:
            yield from elsewhere.repeated(ends, self._grades, chosen, workers, tell)
        if "stock" in self._promises:
            yield from elsewhere.in_stock(ends, self._grades, chosen, memories, workers, tell)

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
            yield from verdicts.idle(ends, grades, self._idle[name], nothing)
        if "deadly" in self._promises:
            yield from verdicts.idle(ends, grades, self._deadly[name], nothing, promise="deadly")
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

    def _pairs(self, of: dict[str, list[Submission]]) -> list[tuple[Assignment, Submission]]:
        return [(each, submission) for each in self._assignments for submission in of[each.name]]


def _dealt(few: Sequence[Asked], many: Sequence[Asked]) -> list[Asked]:
    """The few among the first of the many, evenly, in the order of both: at the end, nobody has to wait for them."""
    places = [(place / len(of) * part, each) for of, part in ((few, 0.5), (many, 1)) for place, each in enumerate(of)]
    return [each for _, each in sorted(places, key=lambda pair: pair[0])]

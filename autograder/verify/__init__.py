"""The promises of a course, proven before its students meet it: one function a promise, each failure with its place.

What is graded for it goes the way of every submission. What was found green, and has not changed since, is remembered.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.model import Tell
from autograder.pool import Settings
from autograder.sandbox import Limits
from autograder.verify import assignment as assignments
from autograder.verify import form, memory, mutation, released, submissions, verdicts
from autograder.verify.assignment import Assignment
from autograder.verify.grading import Asked, Grades
from autograder.verify.memory import Memory
from autograder.verify.mutation import Tried
from autograder.verify.problem import Problem

# The promises, by name; those of the second kind take minutes.
QUICK = {
    "files": "every assignment has a source, a release and a bank, every task its answers, and no file is left over",
    "form": "notebooks are in normal form",
    "tasks": "every task has prompt, hint, solution, a visible check and a hidden one, named as the rules say",
    "bank": "answers name what is there; a task has enough of them; some answer fails every check",
    "private": "the release holds no solution and no hidden test",
    "fresh": "the release is what nbgrader makes of the source",
    "reference": "the reference solution earns full marks",
    "untouched": "what was released earns nothing, and every check can tell",
    "answers": "a right answer earns full marks, a wrong one fails exactly what it names",
    "messages": "a failure says what is wrong, and quotes no solution",
    "idle": "what answers nothing earns nothing",
    "mutants": "how many mutants of the reference the checks kill",
}
# A generic answer that never ends is stopped after so many seconds.
ENDLESS = Limits(cell_seconds=1.0)
# Mutants may not take longer than the reference, give or take.
MUTANT_SECONDS = 5


@dataclass(frozen=True)
class Report:
    """What was found: the problems, sorted by place, and what became of mutants."""

    problems: tuple[Problem, ...]
    mutants: tuple[Tried, ...]
    graded: int
    remembered: int
    seconds: float


def names(root: Path) -> list[str]:
    """The assignments of a course: every folder that is in source/, or in the bank."""
    folders = (root / "source", root / "tests" / "answers")
    return sorted(
        {path.name for folder in folders for path in folder.glob("*/") if not path.name.startswith((".", "_"))}
    )


def verify(
    root: Path, chosen: Sequence[str], *, promises: Collection[str], anew: bool, workers: int, tell: Tell
) -> Report:
    """Look at these promises, for these assignments of the course in `root`. SandboxError where nothing can be graded.

    `anew` remembers nothing of earlier runs.
    """
    started = time.monotonic()
    memories = {name: Memory.read(root, name, anew=anew) for name in chosen}
    found = [assignments.read(root, name) for name in chosen]
    whole = [each for each in found if each.source is not None]
    problems = [problem for each in found for problem in _unrun(each, promises)]
    grades = Grades(memories, Settings(), workers)
    with ThreadPoolExecutor() as aside:
        others = []
        if "fresh" in promises:
            made = [each for each in whole if each.release is not None]
            others.append(aside.submit(_fresh, made, memories, tell))
        graded, tried = _graded(whole, grades, promises, tell, aside)
        problems += graded
        problems += [problem for other in others for problem in other.result()]
    for each in found:
        grades.forget(each.name, {problem.of for problem in graded if problem.of})
        memories[each.name].write()
    unique = sorted(dict.fromkeys(problems), key=lambda problem: (problem.where, problem.promise, problem.what))
    return Report(tuple(unique), tuple(tried), grades.graded, grades.remembered, time.monotonic() - started)


def _unrun(each: Assignment, promises: Collection[str]) -> Iterator[Problem]:
    """What can be said without running anything. `files` goes first: it says what the others lack."""
    look: dict[str, Callable[[Assignment], Iterable[Problem]]] = {"files": form.files}
    if each.source is not None:
        look |= {"form": form.form, "tasks": form.tasks, "bank": form.bank}
        look |= {"private": released.private} if each.release is not None else {}
    for name, promise in look.items():
        if name in promises or name == "files":
            yield from promise(each)


def _fresh(made: list[Assignment], memories: dict[str, Memory], tell: Tell) -> list[Problem]:
    """The promise `fresh`, of those that have changed since it was found kept."""
    config = made[0].root / released.CONFIG if made else None
    settings = config.read_bytes() if config and config.is_file() else b""
    keys = {
        each.name: memory.key(
            "fresh", settings, released.contents(each.source_path.parent), released.contents(each.release_path.parent)
        )
        for each in made
    }
    changed = [each for each in made if memories[each.name].get(keys[each.name]) is None]
    tell("Release", 0, 1)
    problems = list(released.fresh(changed))
    red = {problem.of for problem in problems}
    for each in changed:
        if each.name not in red:
            memories[each.name].keep(keys[each.name], True)
    tell("Release", 1, 1)
    return problems


def _graded(
    whole: list[Assignment], grades: Grades, promises: Collection[str], tell: Tell, aside: ThreadPoolExecutor
) -> tuple[list[Problem], list[Tried]]:
    """The promises for which submissions are graded."""
    wanted = {"reference", "untouched", "answers", "messages", "idle", "mutants"} & set(promises)
    if not wanted:
        return [], []
    references = {each.name: submissions.reference(each) for each in whole}
    nothing = {each.name: submissions.untouched(each) for each in whole}
    banks = {each.name: submissions.answers(each) if wanted & {"answers", "messages"} else [] for each in whole}
    idlers = {each.name: submissions.idlers(each, endless=False) if "idle" in wanted else [] for each in whole}
    endless = {each.name: submissions.idlers(each, endless=True) if "idle" in wanted else [] for each in whole}
    mutated = {each.name: submissions.mutated(each) if "mutants" in wanted else [] for each in whole}

    def asked(of: dict[str, list]) -> list[Asked]:
        return [Asked(each, submission) for each in whole for submission in of[each.name]]

    stopping = aside.submit(grades.grade, asked(endless), partial(tell, "Answers that never end"), ENDLESS)
    first = {name: [references[name], nothing[name], *banks[name], *idlers[name]] for name in references}
    grades.grade(asked(first), partial(tell, "Answers"))
    by_limit: dict[Limits, list[Asked]] = {}
    for each in whole:
        seconds = max(MUTANT_SECONDS, MUTANT_SECONDS * math.ceil(grades.of(each, references[each.name]).seconds))
        limits = Limits(cell_seconds=min(seconds, Limits.cell_seconds))
        by_limit.setdefault(limits, []).extend(Asked(each, submission) for submission in mutated[each.name])
    for limits, each in by_limit.items():
        grades.grade(each, partial(tell, "Mutants"), limits)
    stopping.result()

    problems, tried = [], []
    for each in whole:
        name, ends = each.name, each.without(grades.stuck.get(each.name, ()))
        if "reference" in wanted:
            problems += verdicts.reference(each, grades, references[name])
        if "untouched" in wanted:
            problems += verdicts.untouched(ends, grades, nothing[name])
        if "answers" in wanted:
            problems += verdicts.answers(ends, grades, banks[name])
        if "messages" in wanted:
            problems += verdicts.messages(ends, grades, [nothing[name], *banks[name]])
        if "idle" in wanted:
            problems += verdicts.idle(ends, grades, [*idlers[name], *endless[name]], nothing[name])
        if "mutants" in wanted:
            of_tasks = mutation.tried(ends, grades, mutated[name])
            problems += mutation.problems(ends, mutated[name])
            tried += of_tasks
    return problems, tried

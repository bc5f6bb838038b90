"""The promises of a course, proven before its students meet it: one function a promise, each failure with its place.

What is graded for it goes the way of every submission. What was found green, and has not changed since, is remembered.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.model import Tell
from autograder.pool import Settings
from autograder.verify import assignment as assignments
from autograder.verify import form, memory, released
from autograder.verify.assignment import Assignment
from autograder.verify.grading import Grades
from autograder.verify.lessons import lessons
from autograder.verify.memory import Memory
from autograder.verify.mutation import Tried
from autograder.verify.problem import Problem
from autograder.verify.proof import Proof
from autograder.verify.told_apart import Apart

# The promises, by name.
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
# These take minutes.
THOROUGH = {
    "deadly": "what ends its process, or never ends, earns nothing",
    "ideas": "which wrong answers are known by what they return, for explanations",
    "stock": "the bank earns the same in stock nbgrader",
    "repeated": "the bank earns the same with other seeds and on a busy machine",
    "lessons": "every lesson prints what it says it prints",
}
PROMISES = QUICK | THOROUGH
LESSONS = ".lessons"


@dataclass(frozen=True)
class Report:
    """What was found: the problems, in the order in which to mend them, and what became of mutants and mistakes."""

    problems: tuple[Problem, ...]
    mutants: tuple[Tried, ...]
    apart: tuple[Apart, ...]
    graded: int
    remembered: int
    seconds: float


def names(root: Path) -> list[str]:
    """The assignments of a course: every folder that is in source/, or in the bank."""
    places = (root / "source", root / "tests" / "answers")
    return sorted({path.name for place in places for path in place.glob("*/") if not path.name.startswith((".", "_"))})


def verify(
    root: Path,
    chosen: Sequence[str],
    *,
    promises: Collection[str],
    anew: bool,
    workers: int,
    tell: Tell,
    settings: Settings | None = None,
) -> Report:
    """Look at these promises, for these assignments of the course in `root`. SandboxError where nothing can be graded.

    `anew` uses nothing that is remembered of earlier runs; `settings` are those with which the course grades.
    """
    started = time.monotonic()
    memories = {name: Memory.read(root, name, anew=anew) for name in (*chosen, LESSONS)}
    found = [assignments.read(root, name) for name in chosen]
    whole = [each for each in found if each.source is not None]
    problems = [problem for each in found for problem in _unrun(each, promises)]
    # What is known of wrong answers is written here, and looks at no submission here.
    grades = Grades(memories, replace(settings or Settings(), ideas=None), workers)
    proof = Proof(whole, grades, promises)
    with ThreadPoolExecutor(1) as aside:
        made = [each for each in whole if each.release is not None and "fresh" in promises]
        fresh = aside.submit(_fresh, made, memories, tell)
        proven: list[Problem] = []
        if proof.needed:
            proof.grade(tell, workers)
            proven = [problem for each in whole for problem in proof.problems(each)]
            proven += proof.elsewhere(memories, tell, workers)
        problems += [*proven, *fresh.result()]
    if "lessons" in promises:
        tell("Lessons", 0, 1)
        problems += lessons(root, memories[LESSONS])
        tell("Lessons", 1, 1)
    grades.forget({problem.of for problem in proven})
    for kept in memories.values():
        kept.write()
    ordered = sorted(dict.fromkeys(problems), key=_in_order)
    tried = [each for assignment in whole for each in proof.tried(assignment)]
    apart = [each for assignment in whole for each in proof.told_apart(assignment)]
    return Report(
        tuple(ordered), tuple(tried), tuple(apart), grades.graded, grades.remembered, time.monotonic() - started
    )


def _in_order(problem: Problem) -> tuple:
    """By promise, as one would mend them, then by place; what is said of exceptions comes last.

    A release is made of a source, and made anew when that is mended: so what it lacks comes behind all of that.
    """
    known = list(PROMISES)
    place = known.index(problem.promise) if problem.promise in known else len(known)
    return problem.where.startswith("release/"), place, problem.where, problem.what


def _unrun(each: Assignment, promises: Collection[str]) -> Iterator[Problem]:
    """What can be said without running anything. `files` is always looked at: it says what the others lack."""
    look: dict[str, Callable[[Assignment], Iterable[Problem]]] = {"files": form.files}
    if each.source is not None:
        look |= {"form": form.form, "tasks": form.tasks, "bank": form.bank}
        look |= {"private": released.private} if each.release is not None else {}
        if {"bank", "answers"} & set(promises):
            yield from form.named(each)
    for name, promise in look.items():
        if name in promises or name == "files":
            yield from promise(each)


def _fresh(made: Sequence[Assignment], memories: dict[str, Memory], tell: Tell) -> list[Problem]:
    """The promise `fresh`, of those assignments that have changed since it was kept."""
    if not made:
        return []
    keys = {}
    for each in made:
        parts = (path.parent for path in (each.source_path, each.release_path))
        keys[each.name] = memory.key("fresh", released.settings(each.root), *map(released.contents, parts))
    changed = [each for each in made if not memories[each.name].get(keys[each.name])]
    tell("Release", 0, 1)
    problems = list(released.fresh(changed))
    for name in {each.name for each in changed} - {problem.of[0] for problem in problems}:
        memories[name].keep(keys[name], True)
    tell("Release", 1, 1)
    return problems

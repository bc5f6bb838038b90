"""A course behind its airlock: a warm nursery with what this course's submissions may see, and one way to grade them.

Everything that grades goes through here: nbgrader's own commands, the class, and the proof of the answer bank.
"""

from __future__ import annotations

import copy
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder import ideas, libraries, notebook, plan, ready, run
from autograder.ideas import Ideas, Known
from autograder.model import Outcome, Result, Verdict
from autograder.notebook import NotebookNode, Role
from autograder.plan import Side
from autograder.sandbox import Branch, Limits, Nursery, Policy, SandboxError, UnsafeNursery
from autograder.sandbox.unwalled import WARNING

# What a student reads of a failed check besides its message.
LIKE = "\n  mistake:   it gives the same results as an answer that *{}*"
STUDENT, CHECKER, PREPARE = "autograder.student:serve", "autograder.checker:serve", "autograder.ready:prepare"
# Imported once, before any submission: both sides use them.
WARM = ("autograder.student", "autograder.checker", "autograder.shell:warm", "sqlite3")
# How often checkers are made ready anew for one source: submissions differ in how far their checks come.
GROWTHS = 4
COURSE_WARM = ("course.check", "course.watch", "course.survey:content", "course.survey:empty")


@dataclass(frozen=True)
class Graded:
    """A submission that was run: the notebook with its outputs, what came of it, and what was odd about it.

    The notebook holds on each check at most one output, which the checker wrote: an error, or the part of the points.
    """

    notebook: NotebookNode
    result: Result
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Known:
    """A source, what is to be warm for it, the cases that its checkers have made, and where they come from."""

    source: NotebookNode
    libraries: tuple[str, ...]
    made: frozenset[tuple[str, str]] = frozenset()
    branch: Branch | None = None
    growths: int = 0


class Airlock:
    """A context manager. Entering warms the nursery (a second or two); `grade` then takes well under a second.

    Several threads may grade at once.

    `unsafe_without_sandbox` grades without any wall. Nothing falls back to that by itself, and every result says so.
    `ideas` is the folder in which `autograder verify` has kept what the wrong answers of the bank return: what fails
    like one of them is told so.
    """

    def __init__(
        self,
        *,
        readable: Iterable[Path] = (),
        checker_only: Iterable[Path] = (),
        limits: Limits | None = None,
        unsafe_without_sandbox: bool = False,
        ideas: Path | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._ideas = Ideas(ideas)
        self._warnings = (WARNING,) if unsafe_without_sandbox else ()
        nursery = UnsafeNursery if unsafe_without_sandbox else Nursery
        self._nursery = nursery(policy(readable, checker_only, self.limits))
        self._wanted = libraries.Wanted()
        self._known: OrderedDict[int, _Known] = OrderedDict()
        self._knowing = threading.Lock()

    def __enter__(self) -> Self:
        self._nursery.__enter__()
        self._closing = ThreadPoolExecutor(1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.shutdown()
        self._nursery.__exit__(kind, error, trace)

    def grade(
        self,
        source: NotebookNode,
        submission: NotebookNode,
        files: Mapping[str, bytes] | None = None,
        cell_seconds: float | None = None,
    ) -> Graded:
        """Run a submission to `source` and its checks, with `files` (relative name → content) in the work folder.

        A cell has `cell_seconds` by the clock, or those of the limits.
        SandboxError where the machine cannot do it; nothing that the submission does raises.
        """
        rebuilt = notebook.rebuild(source, submission)
        known = self._of(source)
        self._nursery.warm((*known.libraries, *self._wanted.of(rebuilt.notebook)))
        open_pen = partial(self._pen, files or {}, known.branch)
        limits = self.limits if cell_seconds is None else replace(self.limits, cell_seconds=cell_seconds)
        result = run.run(source, rebuilt.notebook, open_pen, limits)
        self._learn(known, result.made)
        if tasks := self._ideas.worth_a_survey(source, result):
            result = self._explained(source, submission, open_pen, result, tasks)
        flags = (*self._warnings, *rebuilt.flags, *result.notes)
        return Graded(_with_outputs(rebuilt.notebook, result), result, flags)

    def _of(self, source: NotebookNode) -> _Known:
        """What is known of a source now. A branch for what comes only once is not worth the while."""
        with self._knowing:
            known = self._known.pop(id(source), None)
            if known is None:
                known = _Known(source, libraries.of(source))
            elif known.branch is None:
                steps = [step for step in plan.of(source).steps if step.side is not Side.STUDENT]
                texts = [source.cells[step.index].source for step in steps]
                known = replace(known, branch=Branch(PREPARE, ready.pack(texts, sorted(known.made))))
            self._known[id(source)] = known
            if len(self._known) > plan.SOURCES:
                self._known.popitem(last=False)
            return known

    def _learn(self, known: _Known, made: Iterable[tuple[str, str]]) -> None:
        """Have the next checkers of this source ready with what this one had to make: a few times, then no more."""
        with self._knowing:
            now = self._known.get(id(known.source), known)
            if (new := set(made) - now.made) and now.growths < GROWTHS:
                grown = replace(now, made=now.made | new, branch=None, growths=now.growths + 1)
                self._known[id(known.source)] = grown

    @contextmanager
    def _pen(self, files: Mapping[str, bytes], branch: Branch | None) -> Iterator[run.Pen]:
        """A fresh pen. Its end is not waited for: the kernel takes down what was in it while the next one is graded."""
        pen = self._nursery.open(files, student=STUDENT, checker=CHECKER, branch=branch)
        try:
            yield pen
        finally:
            self._closing.submit(pen.close)

    def _explained(
        self,
        source: NotebookNode,
        submission: NotebookNode,
        open_pen: Callable[[], AbstractContextManager[run.Pen]],
        result: Result,
        tasks: Collection[Known],
    ) -> Result:
        """The result, with the ideas of failed checks. They come from a second run: no verdict depends on it."""
        surveyed = ideas.survey(source, [check for task in tasks for check in task.checks])
        limits = replace(self.limits, cell_seconds=ideas.SURVEY_SECONDS)
        try:
            found = run.run(surveyed, notebook.rebuild(surveyed, submission).notebook, open_pen, limits)
        except SandboxError:
            return result
        return ideas.named(result, tasks, found.replies)


def policy(readable: Iterable[Path], checker_only: Iterable[Path], limits: Limits) -> Policy:
    """What a course's submissions may see: its importable package `course` where there is one, and what is listed.

    The cases that checks are made from, and everything in `checker_only`, are for the checker alone.
    """
    grader = Path(__file__).parent
    course = libraries.course()
    packages = sorted({grader.parent, *(folder.parent for folder in course)})
    return Policy(
        readable=(*course, *readable),
        checker_only=(grader / "cases", *checker_only),
        import_path=tuple(packages),
        warm=(*Policy.warm, *WARM, *(COURSE_WARM if course else ())),
        student=limits,
    )


def _with_outputs(rebuilt: NotebookNode, result: Result) -> NotebookNode:
    """The notebook that was run, with what its cells showed. On a check stands what the checker said, and no more."""
    book = copy.deepcopy(rebuilt)
    outcomes = {outcome.check: outcome for outcome in result.outcomes}
    count = 0
    for index, cell in enumerate(book.cells):
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        is_check = notebook.role(cell) is Role.CHECK
        found = _verdict(outcomes.get(notebook.grade_id(cell)), count) if is_check else result.outputs.get(index, [])
        cell.outputs = [notebook.output(output) for output in found]
    return book


def _verdict(outcome: Outcome | None, count: int) -> list[dict[str, Any]]:
    """An outcome as nbgrader reads it from a cell: no output is full marks, a number a part of them, an error none."""
    if outcome is None or outcome.verdict is Verdict.UNKNOWN:
        why = outcome.message if outcome else "this check was not run"
        return [_error("Unknown", f"{why}. This is no verdict: a person will look at it.")]
    if outcome.verdict is Verdict.PASSED:
        return []
    if outcome.points:
        data = {"text/plain": f"{outcome.points:g}"}
        return [{"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": count}]
    return [_error("CheckFailed", outcome.message + (LIKE.format(outcome.idea) if outcome.idea else ""))]


def _error(name: str, message: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": [f"{name}: {message}"]}

"""One submission: the student's side beside the checker, cell by cell, to outcomes and outputs.

How a check ends is the checker's to say, and only that:

- *passed*: its cell ran to its end. A cell that ends in a number gives so many of its points; one that ends in a
  number below 0 or above its points, or in another value than None or True, gives none.
- *failed*: its cell raised: an assertion, an exception of the student's code that it did not expect, or that a name is
  not there.
- *unknown*: the grader could not tell. The student's process ended, was stopped or broke the protocol while the check
  asked it something (whatever the check made of that); or the check failed, and a cell that binds one of the names that
  it uses had been left out, or what it had run in a second sandbox was stopped by the clock; or the checker itself was
  lost, or the time of the whole submission was over.

When a side is lost, both are begun anew, and the student's cells before are run again, without those with which a side
was lost before: so one deadly cell costs the checks that need it, and no other. Checks that are over are not run again,
unless later ones use names that they bind. Every restart leaves one cell more behind, so there is an end to them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from autograder import names, notebook, plan
from autograder.model import Outcome, Result, Verdict
from autograder.notebook import NotebookNode, Role
from autograder.plan import Plan, Side, Step
from autograder.sandbox import Limits
from autograder.session import LATE, Lost, Pen, Session


def run(
    source: NotebookNode,
    rebuilt: NotebookNode,
    open_pen: Callable[[], AbstractContextManager[Pen]],
    limits: Limits | None = None,
) -> Result:
    """Run `rebuilt`, a submission in the form that `notebook.rebuild` gives it, and the checks of its `source`.

    `open_pen` makes two fresh processes over a fresh work folder; what it raises is raised here. Whatever a submission
    does, every check of the source has an outcome.
    """
    started = time.monotonic()
    work = _Work(source, rebuilt, limits or Limits())
    answers = {notebook.grade_id(cell): cell.source for cell in rebuilt.cells if notebook.of_student(cell)}
    while work.left():
        with open_pen() as pen:
            work.go_on(Session(pen, answers))
    outcomes = tuple(work.outcomes[place] for place in sorted(work.outcomes))
    seconds = time.monotonic() - started
    return Result(outcomes, work.outputs, work.printed, tuple(work.notes), seconds, work.replies, tuple(work.made))


@dataclass(frozen=True)
class _Act:
    """One cell to run on one side: a student's cell by its index in what is run, or a step of the plan."""

    text: str
    name: str
    index: int | None
    step: Step | None = None
    points: float = 0.0

    @property
    def is_check(self) -> bool:
        return self.step is not None and self.step.role is Role.CHECK


def _acts(source: NotebookNode, rebuilt: NotebookNode, found: Plan) -> Iterator[_Act]:
    """What is run, in the order of the source: a cell, those added behind it, then what the checker runs of it."""
    steps = {step.index: step for step in found.steps}
    left = list(enumerate(rebuilt.cells))
    for index, cell in enumerate(source.cells):
        name, place = notebook.grade_id(cell), None
        if name:
            while left and notebook.grade_id(left[0][1]) != name:
                yield from _by_student(*left.pop(0))
            place = left[0][0] if left else None
            if left:
                yield from _by_student(*left.pop(0))
            while left and not notebook.grade_id(left[0][1]):
                yield from _by_student(*left.pop(0))
        step = steps.get(index)
        if step and step.side is not Side.STUDENT:
            yield _Act(cell.source, name or f"cell {index + 1}", place, step, notebook.points(cell))
    for index, cell in left:
        yield from _by_student(index, cell)


def _by_student(index: int, cell: NotebookNode) -> Iterator[_Act]:
    if cell.cell_type == "code" and notebook.role(cell) is not Role.CHECK:
        yield _Act(cell.source, notebook.grade_id(cell) or f"cell {index + 1}", index)


@dataclass
class _Work:
    """What has been done of a submission, and what is left to do."""

    source: NotebookNode
    rebuilt: NotebookNode
    limits: Limits
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    replies: dict[str, list[str]] = field(default_factory=dict)
    made: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.plan = plan.of(self.source)
        self.acts = list(_acts(self.source, self.rebuilt, self.plan))
        self.end = time.monotonic() + self.limits.submission_seconds
        cells = [cell for cell in self.source.cells if cell.cell_type == "code" and notebook.grade_id(cell)]
        self._binds = {notebook.grade_id(cell): names.of(cell.source).binds for cell in cells}
        self.reached = 0
        self.left_out: dict[int, str] = {}

    def left(self) -> bool:
        """Whether there is anything left to do, and time to do it. When time is over, checks are unknown."""
        if self.reached >= len(self.acts):
            return False
        if time.monotonic() < self.end:
            return True
        for place in range(self.reached, len(self.acts)):
            if self.acts[place].is_check:
                self._judge(place, Verdict.UNKNOWN, "there was no time left for this check")
        self.notes.append(f"the time of the submission was over before {self.acts[self.reached].name!r}")
        return False

    def go_on(self, session: Session) -> None:
        """Run what is not run, after what has to be run again; until the end, or until a side is lost."""
        for place, act in enumerate(self.acts):
            if place in self.left_out or (place < self.reached and act.is_check and not act.step.kept):
                continue
            if time.monotonic() >= self.end:
                return
            try:
                self._run(session, place, act)
            except Lost as lost:
                self._leave_out(place, act, lost)
                return
            self.reached = max(self.reached, place + 1)

    def _run(self, session: Session, place: int, act: _Act) -> None:
        deadline = min(time.monotonic() + self.limits.cell_seconds, self.end)
        if act.step is None:
            outputs = session.run(act.text, deadline)
            self.outputs.setdefault(act.index, outputs)
            return
        step = act.step
        crossing = {"fetch": step.fetches, "asks": step.asks, "watch": step.watches, "shared": self.plan.shared}
        imports = {"modules": step.modules, "given": step.given}
        report = session.check({"text": act.text, **crossing, **imports}, deadline)
        self.made += map(tuple, report["made"])
        again = place < self.reached
        if act.is_check and not again:
            self._print(act, session)
            if report["replies"]:
                self.replies[act.name] = report["replies"]
        if session.lost is not None:
            raise session.lost
        if act.is_check and not again:
            self._weigh(place, act, report, session.late)
        elif report["message"] and not again:
            self.notes.append(f"{act.name!r} did not run to its end in the checker: {report['message']}")

    def _weigh(self, place: int, act: _Act, report: dict[str, Any], late: bool) -> None:
        message, score = report["message"], report["score"]
        if message:
            missing = f"what it runs {LATE}" if late else self._left_out_for(act)
            verdict = Verdict.UNKNOWN if missing else Verdict.FAILED
            self._judge(place, verdict, f"{message} ({missing})" if missing else message)
        elif score is None or score == act.points:
            self._judge(place, Verdict.PASSED, "", act.points)
        elif 0 <= score < act.points:
            self._judge(place, Verdict.FAILED, f"{score:g} of {act.points:g} points", score)
        else:
            self.notes.append(f"{act.name!r} ended in a value that is no number from 0 to {act.points:g}")
            self._judge(place, Verdict.FAILED, "the check ended in a value that is no number of points")

    def _judge(self, place: int, verdict: Verdict, message: str, points: float = 0.0) -> None:
        act = self.acts[place]
        self.outcomes[place] = Outcome(act.name, verdict, points, act.points, message)

    def _leave_out(self, place: int, act: _Act, lost: Lost) -> None:
        """Go on without the cell with which a side was lost."""
        whose = "the student's code" if lost.side == "student" else "the checker"
        self.left_out[place] = f"the cell {act.name!r} was left out, since it {lost}"
        if place < self.reached:
            self.notes.append(f"{act.name!r}, run again: {whose} {lost}")
            return
        self.notes.append(f"{act.name!r}: {whose} {lost}")
        self.reached = place + 1
        if act.is_check:
            self._judge(place, Verdict.UNKNOWN, f"{'your code' if lost.side == 'student' else whose} {lost}")
        elif act.step is None:
            text = f"This cell {lost}. The others were run without it.\n"
            self.outputs[act.index] = [{"output_type": "stream", "name": "stderr", "text": text}]

    def _left_out_for(self, act: _Act) -> str:
        """Why a name that a check uses may be missing: a cell that binds it was left out."""
        wanted = {*act.step.fetches, *act.step.asks}
        # What the source's cell of that name binds: the student's text is for nobody to parse here.
        for place, why in self.left_out.items():
            act = self.acts[place]
            if not act.is_check and self._binds.get(act.name, frozenset()) & wanted:
                return why
        return ""

    def _print(self, act: _Act, session: Session) -> None:
        if session.printed:
            self.printed[act.name] = session.printed

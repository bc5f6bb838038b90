"""In a worker process: one warm airlock, and what comes of a submission in it, also where the nursery dies.

An engine of a cluster works by this, too. Several threads may grade at once.
"""

from __future__ import annotations

import atexit
import pickle
import threading
from contextlib import suppress
from functools import lru_cache

from autograder import notebook
from autograder.airlock import Airlock, Graded
from autograder.model import Outcome, Result, Verdict
from autograder.notebook import NotebookNode, Role
from autograder.plan import SOURCES
from autograder.sandbox import SandboxError
from autograder.work import Settings, Work

_warm: dict[Settings, Airlock] = {}
_changing = threading.Lock()


def warm(settings: Settings) -> Airlock:
    """The airlock of this process, warmed once. SandboxError where this machine cannot grade."""
    with _changing:
        if settings not in _warm:
            airlock = Airlock(**vars(settings))
            airlock.__enter__()
            atexit.register(airlock.__exit__, None, None, None)
            _warm[settings] = airlock
        return _warm[settings]


def attempt(settings: Settings, source: bytes, rest: bytes) -> Graded | SandboxError:
    """What comes of a submission, or why this machine cannot grade: as a value, which every executor hands on."""
    try:
        return _grade(settings, source, rest)
    except SandboxError as error:
        return error


def _grade(settings: Settings, source: bytes, rest: bytes) -> Graded:
    """Grade one submission. What goes wrong in the grader itself, twice, costs this submission alone."""
    submission, files, cell_seconds = pickle.loads(rest)
    work = Work("", _unpacked(source), submission, files, cell_seconds)
    airlock = None
    try:
        airlock = warm(settings)
        found = airlock.grade(work.source, work.submission, work.files, work.cell_seconds)
        if all(outcome.verdict is not Verdict.UNKNOWN for outcome in found.result.outcomes) or _lives(airlock):
            return found
    except SandboxError:
        pass
    except Exception as error:  # ours to mend; until then one submission waits for a person, and no class
        if _warm.get(settings) is airlock:  # else another thread has found it dead, and closed it
            return unknown(work, f"the grader failed: {type(error).__name__}: {error}")
    # The nursery has died, by whatever it was: with a new one it is done again. If there is none, that is an error.
    _lose(settings, airlock)
    try:
        return warm(settings).grade(work.source, work.submission, work.files, work.cell_seconds)
    except SandboxError as error:
        if settings not in _warm:
            raise
        return unknown(work, f"the sandbox was lost twice: {error}")


def _lose(settings: Settings, lost: Airlock | None) -> None:
    """Close an airlock that is of no use any more, unless another thread has done so."""
    with _changing:
        if lost is None or _warm.get(settings) is not lost:
            return
        del _warm[settings]
    atexit.unregister(lost.__exit__)
    with suppress(Exception):
        lost.__exit__(None, None, None)


@lru_cache(SOURCES)
def _unpacked(source: bytes) -> NotebookNode:
    """The same notebook for the same bytes, so that what is known of it stays known."""
    return pickle.loads(source)


def _lives(airlock: Airlock) -> bool:
    """Whether rooms can still be made: else what looks like a death of the student's code was one of the nursery."""
    probe = notebook.parse('{"cells": [{"cell_type": "code", "source": "pass"}], "metadata": {}, "nbformat": 4}')
    try:
        airlock.grade(probe, probe)
    except SandboxError:
        return False
    return True


def unknown(work: Work, why: str) -> Graded:
    """What is known of a submission that cannot be graded: nothing. No points, and a person will look at it."""
    try:
        book = notebook.rebuild(work.source, work.submission).notebook
    except Exception:  # it may be what the grader failed on
        book = notebook.rebuild(work.source, notebook.fill(work.source, {})).notebook
    message = f"{why}. This is no verdict: a person will look at it."
    outcomes = []
    for cell in book.cells:
        if notebook.role(cell) is Role.CHECK:
            outcomes.append(Outcome(notebook.grade_id(cell), Verdict.UNKNOWN, 0.0, notebook.points(cell), why))
            shown = {"ename": "Unknown", "evalue": message, "traceback": [f"Unknown: {message}"]}
            cell.outputs = [notebook.output({"output_type": "error", **shown})] if cell.cell_type == "code" else []
    return Graded(book, Result(tuple(outcomes)), (why,))

"""Many submissions at once, on the processes of an executor: results as they finish, and none is lost.

Each worker process has one warm airlock. Only a few submissions more than there are workers are on their way at a
time, so that memory does not grow with the class. When a worker dies, the work that may have killed it is done again,
alone: who then kills another worker is known, and is unknown by name, while all others have their results.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from autograder import notebook
from autograder.airlock import Airlock, Graded
from autograder.model import Outcome, Result, Verdict
from autograder.notebook import NotebookNode, Role
from autograder.plan import SOURCES
from autograder.sandbox import Limits, SandboxError

# How many submissions are on their way for each worker: one in its hands, one at its door.
AHEAD = 2


def processors() -> int:
    """How many processors this process may use, which can be fewer than the machine has."""
    # macOS cannot say which ones are ours.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Work:
    """One submission to grade. `name` is what its result is known by; `files` lie in its work folder, by name.

    A cell of it has `cell_seconds`, or those of the settings.
    """

    name: str
    source: NotebookNode = field(hash=False)
    submission: NotebookNode = field(hash=False)
    files: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    cell_seconds: float | None = None


@dataclass(frozen=True)
class Settings:
    """How the airlock of every worker is made: see `Airlock`."""

    readable: tuple[Path, ...] = ()
    checker_only: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    unsafe_without_sandbox: bool = False
    ideas: Path | None = None

    def airlock(self) -> Airlock:
        """A new airlock, not warm yet."""
        return Airlock(**vars(self))


def graded(work: Iterable[Work], settings: Settings, workers: int | Executor) -> Iterator[tuple[str, Graded]]:
    """Grade all `work`; each name with its result, as they finish.

    `workers` is how many processes to start here, or an executor whose processes can import this package. SandboxError
    where a worker's machine cannot grade at all; nothing that a submission does raises.
    """
    settings.airlock()  # what makes no sense is said here, and not by every worker
    with _Crew(settings, workers) as crew:
        source, left = iter(work), True
        running: dict[Future, Work] = {}
        suspects: deque[Work] = deque()
        while True:
            alone = bool(suspects) and not running
            if alone:
                suspect = suspects.popleft()
                running[crew.begin(suspect)] = suspect
            while left and not suspects and not alone and len(running) < crew.ahead:
                each = next(source, None)
                left = each is not None
                if left:
                    running[crew.begin(each)] = each
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                each = running.pop(future)
                try:
                    found = future.result()
                except SandboxError:  # some executors raise what they bring
                    raise
                except Exception as error:  # the worker died, whichever way its executor puts it
                    if not alone:
                        suspects.append(each)
                        continue
                    found = unknown(each, f"the process that graded it died twice ({type(error).__name__})")
                if isinstance(found, SandboxError):
                    raise found
                yield each.name, found


class _Crew:
    """The workers, and what replaces them when they die."""

    def __init__(self, settings: Settings, workers: int | Executor) -> None:
        self.settings = settings
        self._own = workers if isinstance(workers, int) else 0
        self._executor = None if self._own else workers
        self.ahead = AHEAD * (self._own or getattr(workers, "_max_workers", None) or 8)
        self._packed: tuple[NotebookNode | None, bytes] = (None, b"")

    def __enter__(self) -> Self:
        if self._own:
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def begin(self, work: Work) -> Future:
        """Have this graded, as soon as a worker is free."""
        if self._packed[0] is not work.source:  # the same for a whole class: made ready once
            self._packed = work.source, pickle.dumps(work.source)
        parts = self.settings, self._packed[1], pickle.dumps((work.submission, dict(work.files), work.cell_seconds))
        try:
            return self._executor.submit(_attempt, *parts)
        except BrokenExecutor:
            if not self._own:
                raise
            self._end()
            self._start()
            return self._executor.submit(_attempt, *parts)

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, self._life = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(self._own, context, _born, (ours, self.settings))
        for _ in range(self._own):  # all are to warm up at once, before there is work
            self._executor.submit(os.getpid)
        ours.close()

    def _end(self) -> None:
        """Let the workers die, whatever they are at: results that nobody waits for are for nobody."""
        if self._own:
            self._life.close()
            self._executor.shutdown(cancel_futures=True)


def _born(life: Connection, settings: Settings) -> None:
    """A worker of our own begins. It ends with whoever holds the other end of `life`, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt typed at the terminal is the parent's
    threading.Thread(target=_die_with, args=(life,), daemon=True).start()
    with suppress(Exception):  # it will be said when there is work
        _airlock(settings)


def _die_with(life: Connection) -> None:
    with suppress(EOFError, OSError):
        life.recv_bytes()
    os._exit(1)


# In a worker

_warm: dict[Settings, Airlock] = {}


def _airlock(settings: Settings) -> Airlock:
    """The airlock of this process, warmed once."""
    if settings not in _warm:
        airlock = settings.airlock()
        airlock.__enter__()
        atexit.register(airlock.__exit__, None, None, None)
        _warm[settings] = airlock
    return _warm[settings]


def _attempt(settings: Settings, source: bytes, rest: bytes) -> Graded | SandboxError:
    """What comes of a submission, or why this machine cannot grade: as a value, which every executor hands on."""
    try:
        return _grade(settings, source, rest)
    except SandboxError as error:
        return error


def _grade(settings: Settings, source: bytes, rest: bytes) -> Graded:
    """Grade one submission. What goes wrong in the grader itself, twice, costs this submission alone."""
    submission, files, cell_seconds = pickle.loads(rest)
    work = Work("", _unpacked(source), submission, files, cell_seconds)
    try:
        found = _airlock(settings).grade(work.source, work.submission, work.files, work.cell_seconds)
        if all(outcome.verdict is not Verdict.UNKNOWN for outcome in found.result.outcomes) or _lives(settings):
            return found
    except SandboxError:
        pass
    except Exception as error:  # ours to mend; until then one submission waits for a person, and no class
        return unknown(work, f"the grader failed: {type(error).__name__}: {error}")
    # The nursery has died, by whatever it was: with a new one it is done again. If there is none, that is an error.
    if lost := _warm.pop(settings, None):
        atexit.unregister(lost.__exit__)
        with suppress(Exception):
            lost.__exit__(None, None, None)
    try:
        return _airlock(settings).grade(work.source, work.submission, work.files, work.cell_seconds)
    except SandboxError as error:
        if settings not in _warm:
            raise
        return unknown(work, f"the sandbox was lost twice: {error}")


@lru_cache(SOURCES)
def _unpacked(source: bytes) -> NotebookNode:
    """The same notebook for the same bytes, so that what is known of it stays known."""
    return pickle.loads(source)


def _lives(settings: Settings) -> bool:
    """Whether rooms can still be made: else what looks like a death of the student's code was one of the nursery."""
    probe = notebook.parse('{"cells": [{"cell_type": "code", "source": "pass"}], "metadata": {}, "nbformat": 4}')
    try:
        _airlock(settings).grade(probe, probe)
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

"""Worker processes of our own, a few threads in each: an executor that may be started before there is work.

The threads of a process share one warm airlock, which takes as long to warm as several submissions to grade. What a
process does is mostly waiting for the rooms of its submissions, so that its threads are not in each other's way.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pickle
import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from autograder.work import Settings

# So many submissions at once in one process: with more, they would wait for its interpreter's lock.
THREADS = 4
# What a process calls first, with its settings. By name: who starts workers need not have imported what grades.
WARM = "autograder.worker", "warm"


def processors() -> int:
    """How many processors this process may use, which can be fewer than the machine has."""
    # macOS cannot say which ones are ours.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers(Executor):
    """A context manager: `count` submissions at once. Entering starts the processes, which warm up by themselves.

    What a process was at when it died ends in BrokenExecutor; the next work starts another process. Leaving ends all of
    them, whatever they are at. So does the end of this process, however it comes.
    """

    def __init__(self, count: int, settings: Settings) -> None:
        self.settings = settings
        self._max_workers = count
        processes = -(-count // THREADS)
        self._seats: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
        for number in range(count):
            self._seats.put((number % processes, number // processes))
        self._processes: list[_Process | None] = [None] * processes
        self._changing = threading.Lock()
        self._ended = False

    def __enter__(self) -> Self:
        self._threads = ThreadPoolExecutor(self._max_workers)
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended = True
        self._end()
        self._threads.shutdown(cancel_futures=True)

    def have(self, settings: Settings) -> None:
        """Work with these settings from now on. Processes that were started with others are replaced."""
        if settings != self.settings:
            self._end()
            self.settings = settings
            self._start()

    def submit(self, function: Callable, /, *parts: Any, **named: Any) -> Future:
        """See Executor."""
        return self._threads.submit(self._ask, pickle.dumps((function, parts, named)))

    def _start(self) -> None:
        for number in range(len(self._processes)):
            self._process(number)

    def _end(self) -> None:
        with self._changing:
            lost, self._processes = self._processes, [None] * len(self._processes)
            for process in filter(None, lost):
                process.end()

    def _process(self, number: int) -> _Process:
        """The process of this number, started where it is none."""
        with self._changing:
            if self._ended:
                raise BrokenExecutor("the workers have been ended")
            found = self._processes[number]
            if found is None:
                seats = len(range(number, self._max_workers, len(self._processes)))
                found = self._processes[number] = _Process(seats, self.settings)
            return found

    def _ask(self, request: bytes) -> Any:
        """Have a process do this, and wait for it."""
        number, seat = at = self._seats.get()
        process = None
        try:
            process = self._process(number)
            line = process.lines[seat]
            line.send_bytes(request)
            good, value = pickle.loads(line.recv_bytes())
        except (EOFError, OSError) as error:
            with self._changing:
                if process is not None and self._processes[number] is process:
                    self._processes[number] = None
                    process.end()
            raise BrokenExecutor("a worker has died") from error
        finally:
            self._seats.put(at)
        if not good:
            raise RuntimeError(value)
        return value


class _Process:
    """One of them, with a line to each of its threads."""

    def __init__(self, seats: int, settings: Settings) -> None:
        context = multiprocessing.get_context("spawn")
        theirs, self._life = context.Pipe(duplex=False)
        self.lines, ends = zip(*(context.Pipe() for _ in range(seats)), strict=True)
        self._process = context.Process(target=_live, args=(theirs, ends, settings), daemon=True)
        resource_tracker.ensure_running()  # it unblocks interrupts, and is started with the first process
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # inherited: see `_live`
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for end in (theirs, *ends):
            end.close()

    def end(self) -> None:
        """Let it die, whatever it is at: results that nobody waits for are for nobody."""
        self._life.close()
        self._process.join()


# In a worker


def _live(life: Connection, lines: tuple[Connection, ...], settings: Settings) -> None:
    """Serve on each line, in a thread. It ends with whoever holds the other end of `life`, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt typed at the terminal is the parent's
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_die_with, args=(life,), daemon=True).start()
    servants = [threading.Thread(target=_serve, args=(line,)) for line in lines]
    module, function = WARM
    with suppress(Exception):  # it will be said when there is work
        getattr(importlib.import_module(module), function)(settings)
    for servant in servants:
        servant.start()
    for servant in servants:
        servant.join()


def _die_with(life: Connection) -> None:
    with suppress(EOFError, OSError):
        life.recv_bytes()
    os._exit(1)


def _serve(line: Connection) -> None:
    """Do what is asked, one after the other."""
    while True:
        try:
            asked = line.recv_bytes()
        except (EOFError, OSError):
            return
        try:
            function, parts, named = pickle.loads(asked)
            answer = pickle.dumps((True, function(*parts, **named)))
        except BaseException as error:  # who asked is waiting for an answer
            answer = pickle.dumps((False, f"{type(error).__name__}: {error}"))
        line.send_bytes(answer)

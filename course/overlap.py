"""Who lets go of the GIL, shown without a stopwatch: two threads note when they go in and when they come out.

    overlap.trial(work["sorted"]).overlapped      # False: one after the other
    overlap.trial(work["sha256"]).overlapped      # True: the second came in while the first was inside

Python asks the thread that runs to let go of the GIL after a *switch interval*, of 5 ms. In a trial the interval is
an hour: whoever lets the other in then does so of its own accord. The second thread waits at a gate that the
first opens when it is inside. On a busy machine that may take the second thread longer than one call of the function;
so the first calls again until the other is in, or it has done so often enough. Where Linux tells, it is enough when the
other sleeps, and was not woken by a whole call. Who is woken and gets no processor is no sign of a GIL that is kept.
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
import json
import os
import random
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SWITCH = 3600.0  # seconds: longer than any trial, also on a machine where each call takes many times as long
CALLS = 6  # calls of the first thread, at most, where nobody tells what the second does; mostly it is in after one
PATIENT = 60  # calls, at most, while the second is awake, or was woken and has no processor to come in on
ELSEWHERE = """
import sys
from course import overlap

has_gil = getattr(sys, "_is_gil_enabled", lambda: True)()
tried = overlap.trial(overlap.loop)
print(f"Python {sys.version.split()[0]}, GIL: {has_gil}, a loop overlaps: {tried.overlapped}")
"""
FIRST, SECOND, IN, OUT = "first", "second", "in", "out"


@dataclass(frozen=True)
class Event:
    """What a thread noted: which thread it is, and whether it went in or came out."""

    thread: str
    what: str


@dataclass(frozen=True)
class Trial:
    """The four events of a trial, in the order in which they happened."""

    events: tuple[Event, ...]

    @property
    def overlapped(self) -> bool:
        """The second thread came in before the first was out."""
        return self.events.index(Event(SECOND, IN)) < self.events.index(Event(FIRST, OUT))


def trial(function: Callable[[], object], calls: int = CALLS) -> Trial:
    """Call `function` in two threads. What it raises is raised here."""
    events: list[Event] = []
    errors: list[BaseException] = []
    gate = threading.Lock()
    gate.acquire()

    def first() -> None:
        events.append(Event(FIRST, IN))
        stirs = _stirring(threads[0])
        gate.release()
        for number in range(1, PATIENT + 1):
            function()
            if len(events) > 1 or (not stirs() if stirs else number >= calls):
                break
        events.append(Event(FIRST, OUT))

    def second() -> None:
        gate.acquire()
        events.append(Event(SECOND, IN))
        function()
        events.append(Event(SECOND, OUT))

    def caught(run: Callable[[], None]) -> None:
        try:
            run()
        except BaseException as error:
            errors.append(error)

    # Both are there before the first goes in: to start a thread, the GIL is needed.
    threads = [threading.Thread(target=caught, args=(run,), daemon=True) for run in (second, first)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    if errors:
        raise errors[0]
    return Trial(tuple(events))


def _stirring(thread: threading.Thread) -> Callable[[], bool] | None:
    """A function that says whether a thread is awake, or was so since it was last asked; None where nobody knows.

    Asking keeps the GIL, which opening a file does not.
    """
    path = Path("/proc/self/task", str(thread.native_id), "status")
    if not path.exists():
        return None
    file = path.open("rb", buffering=0)
    read = ctypes.PyDLL(None).pread
    read.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_long]
    read.restype = ctypes.c_ssize_t
    content = ctypes.create_string_buffer(8192)

    def switches() -> bytes:
        text = content.raw[: max(0, read(file.fileno(), content, len(content), 0))]
        return b"" if b"State:\tR" in text else text[text.find(b"\nvoluntary") :]

    before = switches()

    def stirs() -> bool:
        nonlocal before
        earlier, before = before, switches()
        return not before or before != earlier

    return stirs


@functools.cache
def here(name: str) -> bool:
    """Whether the work of that name overlaps in this Python, on this machine: tried out once."""
    return trial(work()[name]).overlapped


def elsewhere(python: str) -> str:
    """What another interpreter, given by its path, says: its version, its GIL, and a loop tried in two threads."""
    folder = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([python, "-c", ELSEWHERE], env=environment, capture_output=True, text=True, check=False)
    return done.stdout.strip() or f"{python} cannot say: {done.stderr.strip().splitlines()[-1:]}"


def loop() -> int:
    """Adds numbers in a Python loop."""
    total = 0
    for i in range(300_000):
        total += i
    return total


@functools.cache
def work() -> dict[str, Callable[[], object]]:
    """Eleven things to do, by name. Each takes some 10 to 30 ms on a machine of 2026, and no argument."""
    import numpy as np  # not before it is needed: another Python, without NumPy, may try a function of its own

    draw = random.Random(8)
    numbers = [draw.random() for _ in range(60_000)]
    words = [str(number) for number in numbers] * 6
    floats = np.random.default_rng(8).random((600, 600))
    integers = np.arange(250 * 250).reshape(250, 250)
    unsorted = np.random.default_rng(8).random(300_000)
    content = bytes(range(256)) * 80_000
    return {
        "time.sleep": lambda: time.sleep(0.02),
        "a loop": loop,
        "sorted": lambda: sorted(numbers),
        "str.join": lambda: " ".join(words),
        "pow": lambda: pow(3, 300_000),
        "json.dumps": lambda: json.dumps(numbers[:20_000]),
        "float @": lambda: floats @ floats,
        "integer @": lambda: integers @ integers,
        "np.sort": lambda: np.sort(unsorted),
        "sha256": lambda: hashlib.sha256(content).digest(),
        "zlib.compress": lambda: zlib.compress(content[:6_000_000]),
    }

"""What NumPy's BLAS does here: how many threads it may use, and which threads of this process were at work.

blas.threads()                             # 2
blas.at_work(lambda: floats @ floats)      # {"main": 0.08, "worker 1": 0.07}, in seconds of processor time
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

__carried__ = True
TASKS = Path("/proc/self/task")
NONE = (
    "NumPy has no BLAS here whose threads can be counted or set: threadpoolctl knows none. "
    "NumPy from PyPI or conda-forge brings OpenBLAS, whose threads can be."
)
UNSEEN = "Which thread was at work can be seen on Linux alone, in /proc/self/task."
SHARE = 0.02  # of all processor time; who took less was not at work
# Seconds between two looks at threads that should be at rest, and how often to look. After a product the workers of
# OpenBLAS spin for 20 ms or so; on a busy machine one may be kept from that for a while.
SETTLED = 0.05
LOOKS = 100


class NoBlas(RuntimeError):
    """The BLAS of this machine's NumPy cannot be asked for its threads, or these not be watched."""


def threads() -> int:
    """How many threads BLAS may use; of several that are loaded, the one that may use most. NoBlas."""
    found = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    if not found:
        raise NoBlas(NONE)
    return max(found)


def at_work(function: Callable[[], object]) -> dict[str, float]:
    """The processor time, in seconds, that threads took while `function` ran; NoBlas where that cannot be seen.

    The thread that calls is "main", the others, which Python did not start, are "worker 1", "worker 2", … Threads that
    took next to nothing are left out.
    """
    before = _settled()
    function()
    after = _times()
    own = threading.get_native_id()
    pythons = {thread.native_id for thread in threading.enumerate()} - {own}
    took = {number: time - before.get(number, 0.0) for number, time in after.items() if number not in pythons}
    others = [took[number] for number in sorted(took) if number != own]
    least = SHARE * sum(took.values())
    workers = [seconds for seconds in others if seconds > least]
    return {"main": took[own]} | {f"worker {n}": seconds for n, seconds in enumerate(workers, 1)}


def _settled() -> dict[int, float]:
    """The times when no thread but this one is at work: the workers of BLAS spin for a moment after each product."""
    own = threading.get_native_id()
    now = _times()
    for _ in range(LOOKS):
        earlier, now = now, (time.sleep(SETTLED), _times())[1]
        others = {n for n in earlier.keys() | now.keys() if n != own}
        if all(earlier.get(n) == now.get(n) and not _runs(n) for n in others):
            break
    return now


def _runs(number: int) -> bool:
    """Whether a thread has something to do, or would have if it was let."""
    try:
        return TASKS.joinpath(str(number), "stat").read_text().rpartition(")")[2].split()[0] == "R"
    except OSError:  # it has ended
        return False


def _times() -> dict[int, float]:
    """The processor time of each thread of this process, by its number."""
    found = {}
    for task in TASKS.glob("*"):
        with suppress(OSError):  # it has ended
            found[int(task.name)] = int(task.joinpath("schedstat").read_text().split()[0]) / 1e9
    if not found:
        raise NoBlas(UNSEEN)
    return found


def within(limited: Callable, numbers: Sequence[int], before: int = 2, fails: bool = False) -> dict[str, Any]:
    """An act: enter `limited(n)` for each of `numbers`, one within the other, and leave them again.

    `seen` is how many threads BLAS may use: before (where it is set to `before`), in each, and after leaving each.
    Where it `fails`, an error is raised in the innermost, and `seen` ends with the number after the outermost; `raised`
    is whether the error came through.
    """
    seen: list[int] = []
    raised = False

    def enter(rest: Sequence[int]) -> None:
        seen.append(threads())
        if rest:
            with limited(rest[0]):
                enter(rest[1:])
            seen.append(threads())
        elif fails:
            raise _Planned

    with threadpool_limits(before, "blas"):
        try:
            enter(numbers)
        except _Planned:
            raised = True
        if fails:
            seen.append(threads())
    return {"seen": seen, "raised": raised}


class _Planned(Exception):
    pass


def product(dot: Callable, size: int) -> dict[str, float]:
    """An act: who was `at_work` while `dot` multiplied two integer matrices of `size` rows, with two BLAS threads."""
    a = np.arange(size * size).reshape(size, size) % 1000
    with threadpool_limits(2, "blas"):
        return at_work(lambda: dot(a, a.T))

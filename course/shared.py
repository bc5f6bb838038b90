"""What threads share: a counter whose race always happens, and a watch on the threads that a function starts.

    counter = shared.Counter()
    threads = [threading.Thread(target=count, args=(counter,)) for _ in range(2)]   # each: counter.value += 1
    ...                                                                              # start them, join them
    counter.total                                                                    # 1: an update was lost

In a plain program a race happens once in a while, and never when one looks. Here whoever reads the counter waits a
moment for another reader, so that both have read the same value before one of them writes. Under a lock nobody else
comes, and the waiting ends. Where `counted` judges, whoever gives a lock back waits as well: another thread that wants
it gets it. All patience is a cap: the waiting ends where everybody else is seen to be blocked (`course.quiet`).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from course.quiet import Patience, act, until

__carried__ = True
PATIENCE = 0.2  # seconds that a reader waits for another one, the first time
ARRIVAL = 1.5  # seconds that a thread waits at its start for the others, the first time


class Meeting:
    """A place where threads wait until `together` of them are there, or patience (in seconds) is at its end."""

    def __init__(self, together: int = 2, patience: float = PATIENCE) -> None:
        self.together, self.patience = together, patience
        self.met = False
        self.most = 0
        self._inside = 0
        self._left = Patience(patience)
        self._changed = threading.Condition()

    def wait(self) -> bool:
        """Wait for the others; whether this thread was the one that completed the meeting."""
        with self._changed:
            self._inside += 1
            self.most = max(self.most, self._inside)
            try:
                if self._inside >= self.together:
                    completed = not self.met
                    self.met = True
                    self._changed.notify_all()
                    return completed
                self._left.until(lambda: self.met, self._changed.wait)
                return False
            finally:
                self._inside -= 1


@dataclass(frozen=True)
class Step:
    """One access to a counter: the name of the thread, "reads" or "writes", and the value."""

    thread: str
    what: str
    value: Any


class Counter:
    """A number that threads share, `value`, whose every access is noted in `steps`.

    `total` is the same number, read without waiting and without a note; it cannot be written.
    """

    def __init__(self, value: Any = 0, patience: float = PATIENCE) -> None:
        self._total = value
        self.steps: list[Step] = []
        self._readers = Meeting(patience=patience)
        self._written = threading.Event()
        self._handed_on = Patience(patience)

    def __repr__(self) -> str:
        return f"Counter({self.total!r})"

    @property
    def total(self) -> Any:
        """The number, for who only looks."""
        return self._total

    @property
    def value(self) -> Any:
        """The number. Reading it gives other threads time to read it, too."""
        seen = self._total
        self._note("reads", seen)
        if self._readers.wait():
            # Both have read. Who came first goes first, so that the race looks the same each time.
            until(self._written.is_set, self._readers.patience)
        return seen

    @value.setter
    def value(self, value: Any) -> None:
        self._total = value
        self._note("writes", value)
        if self._readers.met:
            self._written.set()

    def let_in(self, frame: FrameType, event: str, called: Any) -> None:
        """A profile function of threads: after a lock was given back, wait until somebody has come to the counter."""
        if event != "c_return" or called.__name__ not in ("release", "__exit__"):
            return
        locks = type(threading.Lock()), type(threading.RLock())  # the names of these types do not travel
        outside = frame.f_globals.get("__name__") not in (__name__, "threading")
        if outside and isinstance(getattr(called, "__self__", None), locks):
            before = len(self.steps)
            self._handed_on.until(lambda: len(self.steps) > before)

    def _note(self, what: str, value: Any) -> None:
        self.steps.append(Step(threading.current_thread().name, what, value))


@dataclass
class Started:
    """The threads that were started while one watched: how many, and how many of them were there at once."""

    number: int = 0
    together: int = 0


@contextmanager
def started(
    expected: int, patience: float = ARRIVAL, profile: Callable[[FrameType, str, Any], object] | None = None
) -> Iterator[Started]:
    """Watch the threads that are started within; each waits at its start until `expected` of them are there.

    Who starts one thread after the other has ended is found out: the first then waits in vain. From then on a thread
    has this profile function, or none. What was seen is complete when the block is over.
    """
    seen = Started()
    gate = Meeting(expected, patience)
    guard = threading.Lock()

    def arrived(*_: Any) -> None:
        sys.setprofile(None)
        with guard:
            seen.number += 1
        gate.wait()
        sys.setprofile(profile)

    before = threading.getprofile()
    threading.setprofile(arrived)
    try:
        yield seen
    finally:
        threading.setprofile(before)
        until(lambda: gate.met, patience, last=True)  # who was started a moment ago may be on the way to the gate
        seen.together = gate.most


def counted(count_up: Callable, threads: int, times: int, start: int = 0) -> dict[str, int]:
    """An act: what `count_up(counter, threads, times)` makes of a counter that stands at `start`, and of threads.

    `total` is where the counter stands afterwards, `started` how many threads were started, `together` how many of
    them were there at once, `left` how many have not ended.
    """
    counter = Counter(start)
    before = set(threading.enumerate())
    with act(), started(threads, profile=counter.let_in) as seen:
        count_up(counter, threads, times)
        total, left = counter.total, len(set(threading.enumerate()) - before)
    return {"total": total, "started": seen.number, "together": seen.together, "left": left}

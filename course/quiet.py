"""Waiting for others that ends when none of them can come any more, and not when a time is over.

    quiet.until(event.is_set, 0.25)      # False at once, where all other threads are blocked for good

Who is waited for may be at work, may sleep for a while, or is *blocked*: waits without end for what only somebody else
can do. Where everybody is blocked or waits here himself, nobody will ever come. Linux tells, in /proc: which system
call a thread is in, and whether it ran between two looks. Patience is for those who sleep. It counts turns, of which
those count for less in which somebody is at work: who has no processor yet is on the way. Where nothing is told,
patience is all there is.

Those who wait for one another may all be in the right place. So of all of them the one that came last gives up first,
and the others look again.
"""

from __future__ import annotations

import os
import platform
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

__carried__ = True
TURN = 0.003  # seconds between two looks
ON_THE_WAY = 4  # so many turns in which somebody is at work count as one
LESS = 4  # by so much each waiting in vain shortens the next
# System calls that may wait without end: the number, and which argument holds the time that they have, if any does.
# futex, poll, ppoll, epoll_wait, epoll_pwait, select, pselect6; and reading and writing, and the end of a process.
ENDLESS: dict[int, int | None] = {
    "x86_64": {202: 3, 7: 2, 271: 2, 232: 3, 281: 3, 23: 4, 270: 4}
    | dict.fromkeys((0, 1, 19, 20, 44, 45, 46, 47, 61, 247)),
    "aarch64": {98: 3, 73: 2, 22: 3, 72: 4} | dict.fromkeys((63, 64, 65, 66, 95, 206, 207, 211, 212, 260)),
}.get(platform.machine(), {})
IN_MILLISECONDS = (7, 232, 281) if platform.machine() == "x86_64" else (22,)
NO_END = (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)  # -1 milliseconds
NO_TIME = (0,)  # no pointer to one
AWAKE, ASLEEP, BLOCKED = "awake", "asleep", "blocked"

_waiting: dict[int, list[int]] = {}  # who waits here, by the thread's number, in the order of coming: how many looks
_judging: set[int] = set()  # those of them who give up only when they are alone
_there: set[int] = set()  # threads that were there before an act, also of other processes


class Patience:
    """Seconds, at most, for what may never come. Each waiting in vain shortens the next."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._guard = threading.Lock()

    def until(self, done: Callable[[], bool], pause: Callable[[float], object] = time.sleep) -> bool:
        """Whether `done()`, within the patience that is left."""
        if until(done, self._left, pause):
            return True
        with self._guard:
            self._left /= LESS
        return False


@contextmanager
def act() -> Iterator[None]:
    """Wait within for those who come: a thread that was there before, and only sleeps, is none of them.

    Nor is a process that was there before: the threads of an act do not come from there.
    """
    _there.update(there(), *map(_tasks, _family(os.getpid())[1:]))
    try:
        yield
    finally:
        _there.clear()


def until(
    done: Callable[[], bool], seconds: float, pause: Callable[[float], object] = time.sleep, *, last: bool = False
) -> bool:
    """Whether `done()`, before nobody can come any more. `pause(seconds)` is how a turn is spent.

    The `last` gives up only when nobody else waits: the others will go on when they have given up.
    """
    me = threading.get_native_id()
    watch = Watch(os.getpid(), _there)
    _waiting[me] = looks = [0]
    if last:
        _judging.add(me)

    def look() -> str:
        looks[0] += 1
        # Taken once: whoever goes on while this one looks is at work again.
        now = {thread: count[0] for thread, count in [*_waiting.items()]}
        others = [thread for thread in now if thread not in _judging]
        del now[me]
        state = watch.look(now, me)
        return ASLEEP if state == BLOCKED and others and others[-1] != me else state

    try:
        return seen(done, seconds, look, pause)
    finally:
        _judging.discard(me)
        del _waiting[me]


def seen(
    done: Callable[[], bool],
    seconds: float,
    look: Callable[[], str],
    pause: Callable[[float], object] = time.sleep,
) -> bool:
    """Whether `done()`, before `look()` gives BLOCKED, or patience is at its end."""
    left = float(int(seconds / TURN))
    while not done():
        state = look()
        if left <= 0 or state == BLOCKED:
            return done()
        left -= 1 / ON_THE_WAY if state == AWAKE else 1
        pause(TURN)
    return True


def there() -> list[int]:
    """The threads of this process but for this one, by their numbers."""
    return [task for task in _tasks(os.getpid()) if task != threading.get_native_id()]


class Watch:
    """Looks at all threads of a process, by its number, and of those that it has started."""

    def __init__(self, root: int, there: Collection[int] = ()) -> None:
        self._root, self._there = root, there
        self._still: tuple[dict[int, str], dict[int, int]] | None = None

    def look(self, waiting: Mapping[int, int], me: int) -> str:
        """What all threads do but `me`. Those who are `waiting` do nothing but look, so many times until now.

        BLOCKED: all are so at this look as they were at an earlier one, and those who wait have found nothing since.
        """
        told: dict[int, str] = {}
        state = BLOCKED
        for process in _family(self._root):
            for task in _tasks(process):
                if task == me or task in waiting or (process != self._root and task in self._there):
                    continue
                doing, told[task] = _doing(process, task)
                if doing == AWAKE:
                    state = AWAKE
                elif doing == ASLEEP and state == BLOCKED and task not in self._there:
                    state = ASLEEP
        if state != BLOCKED or not ENDLESS:
            self._still = None
            return state if ENDLESS else ASLEEP
        if self._still is None or self._still[0] != told or self._still[1].keys() != waiting.keys():
            self._still = told, dict(waiting)
        elif all(looks >= self._still[1][thread] + 2 for thread, looks in waiting.items()):
            return BLOCKED
        return ASLEEP


def _family(root: int) -> list[int]:
    """A process and those that it has started, with those that they have started."""
    found = [root]
    for process in found:
        for task in _tasks(process):
            found += map(int, _read(process, task, "children").split())
    return found


def _tasks(process: int) -> list[int]:
    """The threads of a process, by their numbers."""
    with suppress(OSError):
        return [int(task.name) for task in Path(f"/proc/{process}/task").iterdir()]
    return []


def _doing(process: int, task: int) -> tuple[str, str]:
    """What a thread does, and what tells whether it has run since."""
    ran, call = _read(process, task, "schedstat"), _read(process, task, "syscall").split()
    state = _read(process, task, "stat").rpartition(")")[2].split()[:1]
    if state in ([], ["Z"], ["X"]):
        return BLOCKED, ran  # it has ended
    if state != ["S"] or call[:1] in (["running"], ["-1"]):
        return AWAKE, ran
    return BLOCKED if ran and call and _endless(int(call[0]), call[1:]) else ASLEEP, ran


def _endless(number: int, arguments: list[str]) -> bool:
    """Whether a system call has all the time in the world."""
    place = ENDLESS.get(number, -1)
    if place is None:
        return True
    return place >= 0 and int(arguments[place], 16) in (NO_END if number in IN_MILLISECONDS else NO_TIME)


def _read(process: int, task: int, name: str) -> str:
    """A file of /proc; "" where there is none, or it is for others."""
    try:
        file = os.open(f"/proc/{process}/task/{task}/{name}", os.O_RDONLY)
    except OSError:
        return ""
    try:
        return os.read(file, 4096).decode()
    except OSError:  # it has just ended
        return ""
    finally:
        os.close(file)

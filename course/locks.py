"""Locks that know when waiting would be for ever.

A `Lock` is used as a `threading.Lock`. It also notes who holds it and who waits for it. Where a thread is about to wait
for a lock whose holder waits, directly or through others, for a lock of this thread, nobody would ever go on: there it
raises `Deadlock`, which tells the circle. (A `threading.Lock` would hang, and the notebook with it.)
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# One for all locks: who holds what and who waits for what changes only under it, so a circle cannot be overlooked.
changed = threading.Condition()
_waiting: dict[threading.Thread, Lock] = {}


@dataclass(frozen=True)
class Wait:
    """A thread waits for a lock, which another one holds. All by name."""

    thread: str
    lock: str
    holder: str


class Deadlock(RuntimeError):
    """Threads wait for one another in a circle. `waits` tells it: the holder of each lock is the next thread."""

    def __init__(self, waits: tuple[Wait, ...]) -> None:
        told = "; ".join(f"{wait.thread!r} waits for {wait.lock!r}, which {wait.holder!r} holds" for wait in waits)
        super().__init__(f"nobody can go on: {told}")
        self.waits = waits

    def _render_traceback_(self) -> list[str]:
        """IPython shows this in place of a traceback, which would lead into this module."""
        return [f"{type(self).__name__}: {self}"]

    def named(self, names: dict[str, str]) -> tuple[Wait, ...]:
        """The same waits, with threads called by other names."""
        return tuple(Wait(names[wait.thread], wait.lock, names[wait.holder]) for wait in self.waits)


class Lock:
    """A lock with a name, which refuses to wait for ever.

    `asked` counts how often it was asked for, `askers` are the threads that did, `refused` the deadlocks that were
    raised here. `taken()`, where it is given, is called by each thread that has just got it.
    """

    def __init__(self, name: str, taken: Callable[[], object] | None = None) -> None:
        self.name = name
        self.asked = 0
        self.askers: set[threading.Thread] = set()
        self.refused: list[Deadlock] = []
        self.holder: threading.Thread | None = None
        self._taken = taken

    def __repr__(self) -> str:
        return f"<lock {self.name!r}>"

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As `threading.Lock.acquire`. Deadlock where it would wait without end."""
        with changed:
            me = self._ask()
            if self.holder is not None and not (blocking and self._wait(me, timeout)):
                return False
            self.holder = me
        if self._taken is not None:
            self._taken()
        return True

    def release(self) -> None:
        """As `threading.Lock.release`."""
        with changed:
            if self.holder is None:
                raise RuntimeError("release unlocked lock")
            self.holder = None
            changed.notify_all()

    def locked(self) -> bool:
        """Whether somebody holds it."""
        with changed:
            self._ask()
            return self.holder is not None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: Any) -> None:
        self.release()

    def _ask(self) -> threading.Thread:
        me = threading.current_thread()
        self.asked += 1
        self.askers.add(me)
        changed.notify_all()
        return me

    def _wait(self, me: threading.Thread, timeout: float) -> bool:
        """Wait until nobody holds it; False where that took too long."""
        if timeout >= 0:
            return changed.wait_for(lambda: self.holder is None, timeout)
        _waiting[me] = self
        try:
            if circle := self._circle(me):
                self.refused.append(Deadlock(circle))
                raise self.refused[-1]
            return changed.wait_for(lambda: self.holder is None)
        finally:
            del _waiting[me]

    def _circle(self, me: threading.Thread) -> tuple[Wait, ...]:
        """Whom `me` would wait for, and so on, if that leads back to `me`; empty where somebody can go on."""
        waits: list[Wait] = []
        thread, lock = me, self
        while lock is not None and lock.holder is not None and len(waits) < len(_waiting):
            waits.append(Wait(thread.name, lock.name, lock.holder.name))
            if lock.holder is me:
                return tuple(waits)
            thread, lock = lock.holder, _waiting.get(lock.holder)
        return ()

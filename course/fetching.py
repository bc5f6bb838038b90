"""Acts that bring out how `fetch_all(f, items, workers)` calls `f`: in which order, how many at once, until when.

The calls wait for one another and not for a clock: a call may wait for the end of a later one, or until too many are
inside. While an act runs, Python takes the GIL from nobody, so that what is noted at the return is what was true then.
"""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from course.quiet import act, until
from course.shared import Meeting

__carried__ = True
SWITCH = 30.0  # seconds: longer than any act
PATIENCE = 0.25  # seconds that a call waits for what never comes where all is right
EXPECTED = 1.0  # seconds that a call waits for what does come there


def backwards(fetch_all: Callable, items: Sequence, workers: int) -> dict[str, Any]:
    """An act: of each `workers` calls every one ends after the one behind it, and returns (item, "done").

    `value` is what `fetch_all` returns, `left` how many threads it leaves.
    """
    ended = {item: threading.Event() for item in items}
    follower = {item: behind for n, (item, behind) in enumerate(itertools.pairwise(items), 1) if n % workers}
    tired = threading.Event()

    def f(item: Any) -> tuple:
        if item in follower and not tired.is_set() and not until(ended[follower[item]].is_set, EXPECTED):
            tired.set()
        ended[item].set()
        return item, "done"

    return _made(fetch_all, f, items, workers)


def crowded(fetch_all: Callable, items: Sequence, workers: int) -> dict[str, Any]:
    """An act: every call waits until more than `workers` are inside. `most` is how many there were at once."""
    room = Meeting(workers + 1, PATIENCE)

    def f(item: Any) -> Any:
        room.wait()
        return item

    return _made(fetch_all, f, items, workers) | {"most": room.most}


def failing(fetch_all: Callable, workers: int) -> dict[str, Any]:
    """An act: of sixteen calls, that of item 2 goes on; all others raise KeyError, and after them item 0 ValueError.

    `raised` is what came out, `inside` how many calls had not ended by then. At least three workers are needed.
    """
    items = range(16)
    later, last, returned = threading.Event(), threading.Event(), threading.Event()
    inside: set[int] = set()
    failed: set[int] = set()

    def f(item: int) -> int:
        inside.add(item)
        try:
            if item == 2:
                until(last.is_set, 2 * EXPECTED)
                until(returned.is_set, PATIENCE)
                return item
            if item == 0:
                until(later.is_set, EXPECTED)
                raise ValueError("item 0")
            failed.add(item)
            raise KeyError(f"item {item}")
        finally:
            inside.discard(item)
            if len(failed) == len(items) - 2:
                later.set()
            if item == 0:
                last.set()

    return _made(fetch_all, f, items, workers, lambda: {"inside": len(inside)}, returned)


def _made(
    fetch_all: Callable,
    f: Callable,
    items: Sequence,
    workers: int,
    notes: Callable[[], dict] = dict,
    returned: threading.Event | None = None,
) -> dict[str, Any]:
    """The list that `fetch_all` returns or what it raises, the threads it leaves, and what `notes` tell just then."""
    before = set(threading.enumerate())
    value, raised = None, ""
    with act(), _undisturbed():
        try:
            value = fetch_all(f, items, workers)
        except Exception as error:
            raised = type(error).__name__
        left = len(set(threading.enumerate()) - before)
        told = notes()
        if returned is not None:
            returned.set()
    return {"value": value if isinstance(value, list) else None, "raised": raised, "left": left, **told}


@contextmanager
def _undisturbed() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(before)

"""The life of a cluster that a student's context manager starts: what was there in between, and what is left of it.

    life = lives.of(cluster, 2)      # enters `with cluster(2) as rc`, looks, and leaves
    life.engines                     # the process ids of the engines
    life.left                        # what is alive afterwards and was not before

A life takes a while, so two checks may judge one: asked again for the same, `of` gives the life that was just seen,
once. Asked a third time, it sees another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from course import engines, turns
from course.beside import beside
from course.check import calling, that
from course.compare import shown

__carried__ = True
SECONDS = 6.0  # a cap on waiting for processes to be gone that were told to end
_seen: dict[tuple[int, bool], tuple[Callable, Any]] = {}
_outside: list[Callable[[], Iterable]] = []


@dataclass(frozen=True)
class Life:
    """What was seen of a cluster.

    `ready` are the engines' process ids as the client knows them when the block begins. `alive` are those of them that
    were seen to be living processes beside the client, `left` processes that are alive after the block and were not
    before. `came`: the error that was raised in the block came out of it.
    """

    ready: tuple[int, ...]
    alive: tuple[int, ...]
    left: tuple[int, ...]
    came: bool


def of(cluster: Callable, n: int, *, error: bool = False) -> Life:
    """The life of the cluster that `cluster(n)` manages; with `error` its block ends by one. CheckFailed."""
    function, seen = _seen.pop((n, error), (None, None))
    if function is not cluster:
        try:
            seen = _seen_now(cluster, n, error)
        except Exception as problem:
            seen = problem
        _seen[n, error] = cluster, seen
    if isinstance(seen, Exception):
        raise seen
    return seen


def look_from(outside: Callable[[], Iterable]) -> None:
    """See processes with this function, of which each has `pid` and `state`; else they are seen from the client."""
    _outside[:] = [outside]


def _seen_now(cluster: Callable, n: int, error: bool) -> Life:
    before = _processes(cluster)
    manager = calling(cluster, n).value()
    that(
        hasattr(type(manager), "__enter__"),
        f"cluster({n}) gives {shown(manager)}, which is no context manager.",
        hint="`with cluster(n) as rc:` has to work. A generator with one `yield` becomes a context manager by "
        "contextlib.contextmanager; an ipp.Cluster is one.",
    )
    ready = beside(manager, _enter)
    new = _processes(cluster) - before
    came = beside(manager, _leave, error)
    ready = [pid for pid in ready if type(pid) is int] if type(ready) is list else []
    alive = tuple(pid for pid in ready if pid in new)
    return Life(tuple(ready), alive, _left(cluster, before, ready), came is True)


def _enter(manager: Any) -> list[int]:
    """Enter the block: the engines that are ready then."""
    return engines.pids(manager.__enter__())


def _leave(manager: Any, error: bool) -> bool:
    """Leave the block, by an error or without: whether the error came out of it."""
    if not error:
        manager.__exit__(None, None, None)
        return False
    planned = LookupError("raised by the check, in the block")
    try:
        return not manager.__exit__(LookupError, planned, None)
    except LookupError as came:
        return came is planned


def _left(cluster: Callable, before: set[int], ready: Iterable[int]) -> tuple[int, ...]:
    """What is alive and was not before, after some patience: a process that was told to end takes a moment."""
    left: set[int] = set()

    def gone() -> bool:
        left.clear()
        left.update(_processes(cluster, ready) - before)
        return not left

    turns.until(gone, SECONDS)
    return tuple(sorted(left))


def _processes(cluster: Callable, known: Iterable[int] = ()) -> set[int]:
    if _outside:
        return {process.pid for process in _outside[0]() if process.state != "Z"}
    return set(beside(cluster, _inside, list(known)))


def _inside(_: Callable, known: list[int]) -> list[int]:
    """The processes that this one has started, and those that are known, as far as they live."""
    return [os.getpid(), *engines.descendants(), *engines.living(known)]

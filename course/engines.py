"""Two engines to try things on and to check them with, and what can be seen of engines from beside them.

    view = engines.view()                  # a DirectView on two engines; they are started at the first call
    with engines.sending(view) as sent:    # what travels to which engine
        view.push({"M": M}, block=True)
    sent                                   # {0: 80123, 1: 80123}, in bytes

There is one such cluster in a process, and it ends with the process. `Engines` stands for a view in a check, wherever
the function under check runs: it becomes a view there.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import ipyparallel as ipp
import psutil
from IPython import get_ipython

NUMBER = 2
SECONDS = 60.0  # a cap on waiting for engines, and no measure
_running: list[ipp.Client] = []


def view(*places: int) -> ipp.DirectView:
    """A view on the engines of this process's own cluster at these places, by default on both.

    Places count the engines from 0; which ids they have is another matter. A cluster that does not answer any more is
    replaced by a new one.
    """
    if _running and not _answers(_running[0]):
        _stop(_running.pop())
    if not _running:
        _running.append(_start())
    client = _running[0]
    return client[[client.ids[place] for place in places or range(NUMBER)]]


@dataclass(frozen=True)
class Engines:
    """Stands for a view on the engines at these places, in a check: `calling(pmap, Engines(), f, xs)`.

    Where it is `fresh`, the engines forget the names that were brought to them before.
    """

    places: tuple[int, ...] = tuple(range(NUMBER))
    fresh: bool = False

    def __opened__(self) -> ipp.DirectView:
        opened = view(*self.places)
        if self.fresh:
            opened.client[:].apply_async(_forget).get(timeout=SECONDS)
        return opened

    def __repr__(self) -> str:
        return "view"


@contextmanager
def sending(view: ipp.DirectView) -> Iterator[dict[int | None, int]]:
    """Count the bytes that the view's client sends meanwhile, to each engine by its id.

    What a balanced view sends goes to the scheduler, and is counted under None.
    """
    client, sent = view.client, {}
    ids = {name.encode(): engine for engine, name in client._engines.items()}
    send = client.session.send

    def counting(stream, message, *args, buffers=None, ident=None, **kwargs):
        first = ident[0] if isinstance(ident, list | tuple) and ident else ident
        if size := sum(memoryview(buffer).nbytes for buffer in buffers or ()):
            engine = ids.get(first)
            sent[engine] = sent.get(engine, 0) + size
        return send(stream, message, *args, buffers=buffers, ident=ident, **kwargs)

    client.session.send = counting
    try:
        yield sent
    finally:
        client.session.send = send


@contextmanager
def coming(view: ipp.DirectView) -> Iterator[list[int]]:
    """Note how many bytes each answer holds that comes back to the view's client meanwhile."""
    client, came = view.client, []
    take = client.session.deserialize

    def counting(*args, **kwargs):
        message = take(*args, **kwargs)
        came.append(sum(memoryview(buffer).nbytes for buffer in message["buffers"]))
        return message

    client.session.deserialize = counting
    try:
        yield came
    finally:
        client.session.deserialize = take


def each(view: ipp.DirectView, function: Callable, *args: Any) -> list[Any]:
    """What `function(*args)` gives on each engine of a view, in its order; for an error its name and text."""
    return [_tried(view.client[engine], function, *args) for engine in view.targets]


def settled(function: Callable, engines: Engines, *args: Any) -> None:
    """Call `function(view, *args)`, and wait until the work is done that it has begun."""
    found = function(engines.__opened__(), *args)
    if isinstance(found, ipp.AsyncResult):
        found.wait(SECONDS)
    elif isinstance(found, Iterator):
        deque(found, maxlen=0)


def living(pids: Sequence[int]) -> list[int]:
    """Those of these processes that are still alive; one that has ended and is not yet collected is not."""
    found = []
    for pid in pids:
        with suppress(psutil.NoSuchProcess):
            if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.append(pid)
    return found


def descendants() -> list[int]:
    """The living processes that this one has started, and those that they have started."""
    return living([child.pid for child in psutil.Process().children(recursive=True)])


def pids(client: ipp.Client) -> list[int]:
    """The process ids of the engines on which a client is ready now, in the order of the engines' ids."""
    return client[:].apply_async(os.getpid).get(timeout=SECONDS) if client.ids else []


def _tried(view: ipp.DirectView, function: Callable, *args: Any) -> Any:
    try:
        return view.apply_sync(function, *args)
    except ipp.RemoteError as error:
        return f"{error.ename}: {error.evalue}"


def _start() -> ipp.Client:
    cluster = ipp.Cluster(n=NUMBER, log_level=40, delay=0)
    cluster.start_cluster_sync()
    client = cluster.connect_client_sync()
    client.wait_for_engines(NUMBER, timeout=SECONDS, interactive=False)
    return client


def _answers(client: ipp.Client) -> bool:
    """Whether all engines are there, and have done, or do soon, what they were asked."""
    with suppress(Exception):
        # Of a death the client and the launchers hear a moment later; the operating system knows.
        started = [launcher.pid for launcher in client.cluster.engine_set.launchers.values()]
        if len(client.ids) >= NUMBER and len(living(started)) >= NUMBER:
            return not client.outstanding or client.wait(timeout=SECONDS / 6)
    return False


def _forget() -> None:
    """On an engine: forget the names that were not there when it began."""
    shell = get_ipython()
    for name in shell.user_ns.keys() - shell.user_ns_hidden.keys():
        del shell.user_ns[name]


def _stop(client: ipp.Client) -> None:
    with suppress(Exception):
        client.close()
    with suppress(Exception):
        client.cluster.stop_cluster_sync()

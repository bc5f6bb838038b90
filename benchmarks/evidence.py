"""How often the evidence of parallel work is wrong on a busy machine, each kind of it repeated.

Run it with `python benchmarks/evidence.py [times] [busy] [kind …]`. It keeps `busy` processes spinning beside itself
(by default four for each core), repeats every case so many times (by default 100), and prints how many verdicts were
wrong. The goal is none. The kinds are overlap, rendezvous, engines, order, shared and BLAS.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

import numpy as np

from course import accounts, blas, fetching, overlap, shared
from course import engines as pair
from course.backwards import Backwards
from course.rendezvous import Probe

ITEMS = range(8)
LETS_GO = ("time.sleep", "float @", "integer @", "np.sort", "sha256", "zlib.compress")
# What waits in vain by nature need not do so for long.
SHORT = 0.1


def loop(probe: Probe) -> None:
    """One call after the other."""
    for item in ITEMS:
        probe(item)


def one_by_one(probe: Probe) -> None:
    """A pool, and every result is waited for."""
    with ThreadPoolExecutor(2) as pool:
        for item in ITEMS:
            pool.submit(probe, item).result()


def threads(probe: Probe) -> None:
    """Two threads."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(probe, ITEMS))


def processes(method: str, probe: Probe, size: int = 2, chunk: int = 1) -> None:
    """Processes that are started by `method`."""
    with ProcessPoolExecutor(size, mp_context=multiprocessing.get_context(method)) as pool:
        list(pool.map(probe, ITEMS, chunksize=chunk))


def trials() -> Iterator[tuple[str, Callable[[], bool]]]:
    """Each work of the overlap trial: its name, and whether one trial is right."""
    for name, function in overlap.work().items():
        yield name, lambda name=name, function=function: overlap.trial(function).overlapped == (name in LETS_GO)


def meetings() -> Iterator[tuple[str, Callable[[], bool]]]:
    """Each way of making calls: its name, and whether one verdict is right."""
    for name, work, parallel in (
        ("a plain loop", loop, False),
        ("submit().result()", one_by_one, False),
        ("one process", partial(processes, "fork", size=1), False),
        ("one chunk", partial(processes, "fork", chunk=8), False),
        ("threads", threads, True),
        ("processes, fork", partial(processes, "fork"), True),
        ("processes, spawn", partial(processes, "spawn"), True),
        ("processes, forkserver", partial(processes, "forkserver"), True),
    ):
        yield name, partial(_right, work, parallel)


def on_engines() -> Iterator[tuple[str, Callable[[], bool]]]:
    """Each way of giving two engines work: its name, and whether one verdict is right."""
    view = pair.view()
    balanced = view.client.load_balanced_view()

    def each_at_once(probe: Probe) -> None:
        for promise in [view.client[e].apply_async(probe, x) for x, e in zip(ITEMS, cycle(view.targets), strict=False)]:
            promise.get()

    def each_in_turn(probe: Probe) -> None:
        for item, engine in zip(ITEMS, cycle(view.targets), strict=False):
            view.client[engine].apply_sync(probe, item)

    for name, work, parallel in (
        ("map", lambda probe: view.map_sync(probe, ITEMS), True),
        ("balanced", lambda probe: list(balanced.map_sync(probe, ITEMS)), True),
        ("asynchronous, in turn", each_at_once, True),
        ("waits in turn", each_in_turn, False),
        ("one engine", lambda probe: view.client[view.targets[0]].map_sync(probe, ITEMS), False),
        ("balanced, one chunk", lambda probe: list(balanced.map_sync(probe, ITEMS, chunksize=8)), False),
    ):
        yield name, partial(_right, work, parallel)


def orders() -> Iterator[tuple[str, Callable[[], bool]]]:
    """Results in the order of the items, and as they come: from processes, and from threads."""

    def kept(pool, f, items):
        return list(pool.map(f, items))

    def lost(pool, f, items):
        return [future.result() for future in as_completed([pool.submit(f, item) for item in items])]

    def of_processes(take, right):
        with ProcessPoolExecutor(2) as pool:
            return (take(pool, Backwards(2), ITEMS) == list(ITEMS)) == right

    def of_threads(take, right):
        def fetch_all(f, items, workers):
            with ThreadPoolExecutor(workers) as pool:
                return take(pool, f, items)

        value = fetching.backwards(fetch_all, ITEMS, len(ITEMS))["value"]
        return (value == [(item, "done") for item in ITEMS]) == right

    for name, act in (("processes", of_processes), ("threads", of_threads)):
        yield f"{name}, in order", partial(act, kept, True)
        yield f"{name}, as they come", partial(act, lost, False)


def sharing() -> Iterator[tuple[str, Callable[[], bool]]]:
    """A lost update, a deadlock and busy waiting, where there is one and where there is none."""

    def counts(lock, counter, threads, times):
        def add():
            for _ in range(times):
                with lock():
                    counter.value += 1

        workers = [threading.Thread(target=add) for _ in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def as_given(source, target, amount):
        with source.lock, target.lock:
            source.balance -= amount
            target.balance += amount

    def in_order(source, target, amount):
        first, second = sorted((source, target), key=lambda account: account.number)
        with first.lock, second.lock:
            source.balance -= amount
            target.balance += amount

    def spinning(source, target, amount):
        while not source.lock.acquire(blocking=False):
            pass
        source.balance -= amount
        source.lock.release()

    def counted(lock) -> bool:
        return shared.counted(partial(counts, lock), 4, 20)["total"] == 80

    one = threading.Lock()
    yield "one lock", lambda: counted(lambda: one)
    yield "a lock each", lambda: not counted(threading.Lock)
    yield "locks in order", lambda: not accounts.crossing(in_order)["deadlock"]
    yield "locks as given", lambda: bool(accounts.crossing(as_given)["deadlock"])
    yield "waits", lambda: accounts.held_up(in_order)["asked"] < accounts.OFTEN
    yield "spins", lambda: accounts.held_up(spinning)["asked"] >= accounts.OFTEN


def products() -> Iterator[tuple[str, Callable[[], bool]]]:
    """Which threads BLAS works in: the integers come right behind a product of floats, whose workers still spin."""
    floats = np.random.default_rng(8).random((800, 800))
    yield "floats", lambda: len(blas.product(lambda a, b: a.astype(float) @ b.astype(float), 800)) == 2

    def integers() -> bool:
        floats @ floats
        return len(blas.product(np.dot, 300)) == 1

    yield "integers", integers


def _right(work: Callable[[Probe], None], parallel: bool) -> bool:
    probe = Probe() if parallel else Probe(patience=SHORT)
    work(probe)
    return probe.verdict().met == parallel and probe.verdict().calls == len(ITEMS)


@contextmanager
def busy(number: int) -> Iterator[None]:
    """Processes that do nothing but spin. They are nobody's children: a child at work is one who might come."""
    own, (reader, writer) = os.getpid(), os.pipe()
    for _ in range(number):
        if (between := os.fork()) == 0:
            if (spinning := os.fork()) == 0:
                _spin(own)
            os.write(writer, f"{spinning}\n".encode())
            os._exit(0)
        os.waitpid(between, 0)
    try:
        yield
    finally:
        for spinning in os.read(reader, 4096).split():
            os.kill(int(spinning), signal.SIGKILL)


def _spin(beside: int) -> None:
    """Spin until that process is gone."""
    while Path("/proc", str(beside)).exists():
        for _ in range(1_000_000):
            pass
    os._exit(0)


KINDS = {
    "overlap": trials,
    "rendezvous": meetings,
    "engines": on_engines,
    "order": orders,
    "shared": sharing,
    "BLAS": products,
}


def main(times: int, number: int, kinds: Sequence[str]) -> None:
    """Repeat and print."""
    with busy(number):
        for title in kinds:
            for name, right in KINDS[title]():
                start = time.monotonic()
                wrong = sum(not right() for _ in range(times))
                each = (time.monotonic() - start) / times
                print(f"{title:<11} {name:<23} wrong: {wrong:3} of {times}   {each:6.2f} s each", flush=True)
    print(f"load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    chosen = [word for word in sys.argv[1:] if not word.isdecimal()]
    main(*given, *(100, 4 * (os.cpu_count() or 1))[len(given) :], chosen or list(KINDS))

"""How often the evidence of parallel work is wrong on a busy machine: the overlap trial and the rendezvous, repeated.

Run it with `python benchmarks/evidence.py [times] [busy]`. It keeps `busy` processes spinning beside itself (by default
four for each core), repeats every case so many times (by default 100), and prints how many verdicts were wrong. The
goal is none.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from course import overlap
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


def _right(work: Callable[[Probe], None], parallel: bool) -> bool:
    probe = Probe() if parallel else Probe(patience=SHORT)
    work(probe)
    return probe.verdict().met == parallel and probe.verdict().calls == len(ITEMS)


@contextmanager
def busy(number: int) -> Iterator[None]:
    """Processes that do nothing but spin."""
    spinning = [multiprocessing.get_context("fork").Process(target=_spin, daemon=True) for _ in range(number)]
    for process in spinning:
        process.start()
    try:
        yield
    finally:
        for process in spinning:
            process.kill()


def _spin() -> None:
    while True:
        pass


def main(times: int, number: int) -> None:
    """Repeat and print."""
    with busy(number):
        for title, cases in (("overlap trial", trials()), ("rendezvous", meetings())):
            for name, right in cases:
                start = time.monotonic()
                wrong = sum(not right() for _ in range(times))
                each = (time.monotonic() - start) / times
                print(f"{title:<14} {name:<22} wrong: {wrong:3} of {times}   {each:6.2f} s each", flush=True)
    print(f"load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*given, *(100, 4 * (os.cpu_count() or 1))[len(given) :])

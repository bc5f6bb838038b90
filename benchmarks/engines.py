"""What engines cost in grading: the reference of 09_engines through the airlock, beside a cold `ipp.Cluster`.

Run it with `python benchmarks/engines.py [rounds]`; it prints every round of one run, with the load of the machine, and
judges nothing. Seconds on a busy machine say little: look at the load before and after.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ipyparallel

from autograder import notebook
from autograder.airlock import Airlock

SOURCE = Path(__file__).parents[1] / "source" / "09_engines" / "09_engines.ipynb"


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def cold(folder: str) -> None:
    """Start a controller and two engines as new interpreters, ask both engines once, and stop them."""
    with ipyparallel.Cluster(n=2, profile_dir=folder, log_level=40) as client:
        client[:].apply_sync(os.getpid)


def main(rounds: int) -> None:
    """Print all measurements."""
    book = notebook.read(SOURCE)

    def graded() -> None:
        wrong = [outcome for outcome in airlock.grade(book, book).result.outcomes if outcome.message]
        if wrong:
            raise SystemExit(f"the reference solution failed: {wrong[0].message}")

    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with Airlock() as airlock:
        graded()  # the first one waits for the nursery
        for number in range(1, rounds + 1):
            print(f"graded, round {number}: {seconds(graded):6.2f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, rounds + 1):
            print(f"cold ipp.Cluster of two, round {number}: {seconds(lambda: cold(folder)):6.2f} s", flush=True)
    print(f"load after: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)

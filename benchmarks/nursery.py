"""How long it takes until a submission's rooms answer: beside a fresh interpreter, and one after another.

Run it with `python benchmarks/nursery.py`; it prints, and judges nothing.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox import Nursery, Policy

INSIDE = Path(__file__).parents[1] / "tests" / "inside"
ROUNDS = 40
IMPORTS = "import IPython, numpy, pandas, matplotlib.pyplot"


def milliseconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def show(title: str, times: list[float]) -> None:
    """One line: median, and the range that holds nine in ten."""
    low, *_, high = statistics.quantiles(times, n=20)
    print(f"{title:<58} {statistics.median(times):7.1f} ms   ({low:.1f} to {high:.1f})")


def rounds(nursery: Nursery, pause: float) -> None:
    """Open, hear the first byte, close, again and again."""
    heard, closed = [], []
    for _ in range(ROUNDS):
        time.sleep(pause)
        start = time.perf_counter()
        pen = nursery.open({"a.txt": b"hello"}, student="probe:greet", checker="probe:serve")
        pen.student.recv(1)
        heard.append(1000 * (time.perf_counter() - start))
        closed.append(milliseconds(pen.close))
    show(f"open to the student's first byte, {1000 * pause:.0f} ms after the last", heard)
    show("close, until no process is left", closed)


def main() -> None:
    """Print all measurements."""
    fresh = [milliseconds(lambda: subprocess.run([sys.executable, "-c", IMPORTS], check=True)) for _ in range(5)]
    show("a fresh interpreter that imports the same", fresh)
    policy = Policy(readable=(INSIDE,), import_path=(INSIDE,))
    start = time.perf_counter()
    with Nursery(policy) as nursery:
        print(f"{'start of the nursery, once':<58} {1000 * (time.perf_counter() - start):7.1f} ms")
        rounds(nursery, pause=0.2)
        rounds(nursery, pause=0.0)
        with nursery.open(student="probe:serve", checker="probe:serve") as pen:
            show("a command in a second room", [milliseconds(lambda: pen.second(["true"])) for _ in range(ROUNDS)])


if __name__ == "__main__":
    main()

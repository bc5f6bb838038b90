"""What the airlock costs: the reference solution of 04_sql, graded by stock Execute, through the airlock, and bare.

Run it with `python benchmarks/airlock.py [rounds]`; it prints medians and ratios of one run, and judges nothing. *Bare*
is the same cells, the checks among them, in one IPython shell of a forked warm process: what the work itself takes.
"""

import importlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nbgrader.preprocessors import Execute

from autograder import notebook
from autograder.airlock import CHECKER, STUDENT, Airlock
from autograder.notebook import NotebookNode
from autograder.shell import Shell, warm
from course import survey

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "source" / "04_sql" / "04_sql.ipynb"
CALLS = 400
# What the bare fork, too, does not have to import first.
IMPORTS = ("pandas", "matplotlib.pyplot", "course.check", "course.watch", "autograder.cases.surveys")


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def by_stock(book: NotebookNode) -> None:
    """Run a notebook as stock nbgrader does: in a fresh kernel."""
    Execute().preprocess(notebook.fill(book, {}), {"metadata": {"path": str(ROOT)}})


def bare(book: NotebookNode) -> None:
    """Run a notebook's cells in a fork of this process."""
    pid = os.fork()
    if pid == 0:
        shell = Shell()
        failed = [cell for cell in book.cells if cell.cell_type == "code" and shell.run(cell.source).error]
        os._exit(bool(failed))
    if os.waitpid(pid, 0)[1]:
        raise SystemExit("the reference solution failed when it was run bare")


def a_call(airlock: Airlock) -> float:
    """Seconds for one call across, of a function that does nothing."""
    calls = f"start = time.perf_counter()\nfor n in range({CALLS}):\n    f(n)"
    source = _book(f"import time\n{calls}\nassert False, str(time.perf_counter() - start)")
    graded = airlock.grade(source, source)
    (outcome,) = graded.result.outcomes
    return float(outcome.message) / CALLS


def _book(check: str) -> NotebookNode:
    """A notebook of one answer, which does nothing, and one check."""

    def cell(name: str, source: str, **marks: bool | float) -> dict:
        meta = {"grade_id": name, "schema_version": 3, "locked": False, "grade": False, "solution": False} | marks
        return {"cell_type": "code", "metadata": {"nbgrader": meta}, "source": source, "outputs": []}

    cells = [
        cell("f", "def f(n):\n    return n", solution=True),
        cell("f_time", check, grade=True, locked=True, points=1),
    ]
    return notebook.parse(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))


def main(rounds: int) -> None:
    """Print all measurements."""
    book = notebook.read(SOURCE)
    for module in IMPORTS:
        importlib.import_module(module)
    warm()
    survey.content(), survey.empty()
    times: dict[str, list[float]] = {"stock Execute": [], "airlock": [], "bare": [], "room": []}
    with Airlock() as airlock:
        airlock.grade(book, book)
        for _ in range(rounds):
            times["bare"].append(seconds(lambda: bare(book)))
            times["airlock"].append(seconds(lambda: airlock.grade(book, book)))
            times["room"].append(seconds(lambda: airlock._nursery.open(student=STUDENT, checker=CHECKER).close()))
        for _ in range(max(3, rounds // 5)):
            times["stock Execute"].append(seconds(lambda: by_stock(book)))
        call = statistics.median(a_call(airlock) for _ in range(5))
    median = {name: statistics.median(values) for name, values in times.items()}
    for name, value in median.items():
        print(f"{name:<16} {1000 * value:8.1f} ms   (median of {len(times[name])})")
    print(f"{'a call across':<16} {1000 * call:8.3f} ms")
    print(f"stock Execute takes {median['stock Execute'] / median['airlock']:.1f} times as long as the airlock")
    print(f"the airlock takes {1000 * (median['airlock'] - median['bare']):.0f} ms more than the bare cells")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)

"""Calls that end in another order than that in which they were begun, wherever they are made.

    f = Backwards(2)                 # a function of one whole number, which pickles
    pool_map(f, range(8), 2)         # item 1 ends before item 0, item 3 before item 2, …

Of each `workers` items that follow one another, every one waits for the end of the next. Whoever makes the calls one
by one, or in larger portions, is waited for once, and then no more.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from course.carried import Carried
from course.turns import until

__carried__ = True
PATIENCE = 1.0  # seconds that a call waits for the end of the next one
REPORT = 0.05  # seconds that a worker has to report an end, before the call that waited for it ends
TIRED = "tired"


class Backwards(Carried):
    """A function that returns its item, a whole number from 0 on."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.folder = tempfile.mkdtemp(prefix="backwards-")

    def __repr__(self) -> str:
        return "f"

    def __call__(self, item: int) -> int:
        ended, tired = Path(self.folder, str(item + 1)), Path(self.folder, TIRED)
        if (item + 1) % self.workers and not tired.exists():
            if until(ended.exists, PATIENCE):
                until(lambda: False, REPORT)
            else:
                tired.touch()
        Path(self.folder, str(item)).touch()
        return item

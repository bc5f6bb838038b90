"""A function that fails for some items, and notes which calls were made, and where.

    failing = Failing(safe_map, {-1: ValueError("below zero")})    # a function of one argument, which pickles
    failing(3), failing.calls()                                    # 30, [(3, <process id>)]

Whoever tries a failed item again and again is given in to after a while, so that a check of it comes to an end.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from course.beside import beside
from course.carried import Carried

__carried__ = True
ENOUGH = 10  # failed calls for one item
CALLS = "calls"


class Failing(Carried):
    """A function of a whole number: ten times that number, or the error that belongs to it.

    `of` is the function under test: the client is the process in which that one runs, by default this process.
    """

    def __init__(self, of: Callable | None, errors: Mapping[int, Exception]) -> None:
        self.client = os.getpid() if of is None else beside(of, _pid)
        self.folder = tempfile.mkdtemp(prefix="failing-")
        self.errors = dict(errors)

    def __repr__(self) -> str:
        return "f"

    def __call__(self, item: int) -> int:
        line = json.dumps([item, os.getpid()]) + "\n"
        # One write at the end of the file: lines of several processes do not mix.
        file = os.open(Path(self.folder, CALLS), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)
        if item in self.errors and [called for called, _ in self.calls()].count(item) <= ENOUGH:
            raise self.errors[item]
        return 10 * item

    def calls(self) -> list[tuple[int, int]]:
        """The calls that were made, in their order: the item, and the process."""
        with suppress(FileNotFoundError):
            return [tuple(json.loads(line)) for line in Path(self.folder, CALLS).read_text().splitlines()]
        return []


def _pid(_: Callable) -> int:
    return os.getpid()

"""What is left of a database when the program that writes to it is killed in the middle.

    def record(conn, rows): ...

    crash.writing(record, path, rows, after=2)  # "killed"
    survey.connect(path).execute("select count(*) from Survey").fetchone()

The writer runs in a process of its own, a copy of this one, and that process is ended as `kill -9`, a full memory or
a power cut would end it: no `except`, no `finally` and no `with` sees it coming.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from course import survey

__carried__ = True
SECONDS = 20  # a cap for a writer that waits for ever, and no measure
KILLED, RETURNED, RAISED, HUNG = "killed", "returned", "raised an error", "did not end"
_RETURNED, _RAISED = 0, 1  # how the writer's process ends where nobody kills it


def writing(write: Callable, path: str | Path, rows: Sequence[tuple], *, after: int) -> str:
    """Call `write(conn, rows)` in a process that is killed when it has put so many rows into the table Survey.

    `conn` is a new connection to the database file `path`. Returns how it ended: "killed"; or, where so many rows were
    never put there, "returned" or "raised an error", as the function did, or "did not end" after 20 seconds. What it
    prints is lost.
    """
    # What stands for a function in another process has this done there.
    there = getattr(type(write), "__apply__", lambda thing, function, *args: function(thing, *args))
    return there(write, _write, str(path), list(rows), after)


def ending(act: Callable, *args: Any, ends: Mapping[int, str] | None = None) -> str:
    """Call `act(*args)` in a copy of this process, which ends with it, and say how it ended: as `writing` does.

    `ends` are further ways to end, by the status, above 1, that the act returns for each.
    """
    with warnings.catch_warnings():
        # Python warns of a fork beside other threads, which a kernel has: the copy uses nothing of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        try:
            _be_quiet()
            status = act(*args)
            os._exit(status if ends and status in ends else _RETURNED)
        finally:
            os._exit(_RAISED)  # whatever happens, the copy must not go on as if it was the original
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return KILLED if os.WTERMSIG(status) == signal.SIGKILL else HUNG
    return {_RETURNED: RETURNED, **(ends or {})}.get(os.WEXITSTATUS(status), RAISED)


def _write(write: Callable, path: str, rows: list[tuple], after: int) -> str:
    return ending(_be_killed, write, path, rows, after)


def _be_quiet() -> None:
    """In the copy: say nothing, and end by a signal when it takes too long."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.stdout = sys.stderr = os.fdopen(nowhere, "w")  # a kernel's own streams belong to the original


def _be_killed(write: Callable, path: str, rows: list[tuple], after: int) -> None:
    conn = survey.connect(path)
    put = itertools.count(1)
    conn.create_function("put", 0, lambda: next(put) == after and os.kill(os.getpid(), signal.SIGKILL))
    conn.execute("create temp trigger noting after insert on main.Survey begin select put(); end")
    write(conn, rows)

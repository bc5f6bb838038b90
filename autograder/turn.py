"""Whose turn it is to grade a course: one grader at a time, and the next is told who."""

from __future__ import annotations

import fcntl
import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class TurnError(Exception):
    """Somebody else is grading. The message says who."""


@contextmanager
def taken(path: Path) -> Iterator[None]:
    """Hold the turn that the file `path` stands for; it is given back however this process ends. TurnError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise TurnError(
                f"{file.read().strip() or 'Somebody else'} is grading this course. Wait until that has ended."
            ) from None
        file.truncate(0)
        file.write(f"{_name()} (process {os.getpid()} on {socket.gethostname()})")
        file.flush()
        yield


def _name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"

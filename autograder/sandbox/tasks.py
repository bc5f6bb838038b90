"""What a process in a room does once the walls stand: it waits on the room's line for its task, and does that alone.

A task is a function to call or a command to run. The line is closed before the task begins.
"""

from __future__ import annotations

import importlib
import os
import random
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from . import syscalls, walls
from .messages import receive, send
from .policy import Policy

NOT_RUN = 127
NICENESS = 5  # whatever a submission starts, the checkers and the grader get their turn first


def settle_in(policy: Policy, trusted: bool, keep: tuple[int, ...], standard: tuple[int, ...] | None = None) -> None:
    """Bound this process, within a room's walls, and close all but the descriptors to `keep`; for good.

    `standard` become 0, 1 and 2. A `trusted` process runs the grader's own code.
    """
    walls.bound(policy, policy.limits(trusted))
    nowhere = os.open(os.devnull, os.O_RDWR)
    syscalls.close_all_but(*keep, standard=standard or (nowhere, nowhere, nowhere))
    if not trusted:
        os.nice(NICENESS)
    walls.lock()


def work(line: socket.socket, trusted: bool, channels: tuple[int, ...]) -> int:
    """Wait for the task, then do nothing else. A trusted process may say on the line what went wrong."""
    # A check may start a submitted script beside itself: that must not look into the checker, nor write to its memory.
    syscalls.dumpable(not trusted)
    os.setsid()
    try:
        task, _, _ = receive(line)
    except EOFError:
        return NOT_RUN
    if "command" in task:
        line.close()
        _run(task["command"], task["environment"])
    _forget()
    try:
        function = named(task["entry"])
        if not trusted:
            line.close()
        function(*(socket.socket(fileno=channel) for channel in channels))
    except Exception:
        if line.fileno() >= 0:
            send(line, {"error": traceback.format_exc(limit=-3)})
        raise
    return 0


def named(entry: str) -> Callable[..., Any]:
    """The function "package.module:function"."""
    module, _, name = entry.partition(":")
    return getattr(importlib.import_module(module), name)


def exit_after(life: Callable[[], int]) -> NoReturn:
    """Live one process's life and end it here: a fork must never return into the code of its parent."""
    code = 1
    try:
        code = life()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code & 0xFF)


def _run(command: list[str], environment: dict[str, str]) -> NoReturn:
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them; other programs count on them
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvpe(command[0], command, {**os.environ, **environment})
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
    os._exit(NOT_RUN)


def _forget() -> None:
    """Draw what must differ from room to room anew; a fork starts with a copy of it."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    if multiprocessing := sys.modules.get("multiprocessing"):
        multiprocessing.current_process().authkey = os.urandom(32)

"""One room: process 1 that only collects the dead, and the process that runs what the room is for.

A room is forked from its supervisor, builds its walls, says so on its line, and waits there for its task: a function
to call or a command to run. The line is closed before the task begins.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import random
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from . import syscalls, walls
from .messages import receive, send
from .policy import Limits, Policy

NOT_RUN = 127
NICENESS = 5  # whatever a submission starts, the checkers and the grader get their turn first


@dataclass(frozen=True)
class Plan:
    """What a room is built from.

    `hidden` is covered; `channels` stay open for the task; `standard` become its 0, 1 and 2. A `trusted` room runs
    the grader's own code to its end, and so may say on its line what went wrong there.
    """

    name: str
    limits: Limits
    hidden: tuple[Path, ...] = ()
    trusted: bool = False
    channels: tuple[int, ...] = ()
    standard: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Room:
    """A room as its supervisor sees it: process 1 by id and pidfd, and the line to the process within."""

    plan: Plan
    pid: int
    pidfd: int
    line: socket.socket


def checker(policy: Policy, channels: tuple[int, ...]) -> Plan:
    """The plan of the room in which checks run."""
    return Plan("checker", policy.checker, trusted=True, channels=channels)


def make(policy: Policy, plan: Plan) -> Room:
    """Fork a room; it answers `{"up": true}` or `{"error": …}` on its line."""
    line, theirs = socket.socketpair()
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    syscalls.unshare(syscalls.NEW_PIDS)
    pid = os.fork()
    if pid == 0:
        _exit_after(lambda: _first(policy, plan, theirs))
    # A process can make only one generation of pid namespaces, unless its children go to its own again.
    syscalls.enter(own, syscalls.NEW_PIDS)
    os.close(own)
    theirs.close()
    return Room(plan, pid, os.pidfd_open(pid), line)


def orphan(policy: Policy, plan: Plan, line: socket.socket) -> NoReturn:
    """Make a room and end, so that it becomes the supervisor's; `{"pid": …}` on its line comes before all else.

    Called in a process of the supervisor's pid namespace that is not the supervisor's own.
    """
    told, tell = os.pipe()
    syscalls.unshare(syscalls.NEW_PIDS)
    pid = os.fork()
    if pid == 0:
        os.close(tell)
        os.read(told, 1)
        _exit_after(lambda: _first(policy, plan, line))
    send(line, {"pid": pid})
    os._exit(0)


def adopted(plan: Plan, line: socket.socket) -> Room:
    """The room that `orphan` makes at the other end of the line; OSError where it cannot be made, EOFError."""
    answer, _, _ = receive(line)
    if "error" in answer:
        raise OSError(answer["errno"], answer["error"], plan.name)
    return Room(plan, answer["pid"], os.pidfd_open(answer["pid"]), line)


def _first(policy: Policy, plan: Plan, line: socket.socket) -> int:
    """The life of process 1: build, fork the one that works, and end with it."""
    try:
        walls.raise_walls(policy, plan.limits, plan.hidden)
        nowhere = os.open(os.devnull, os.O_RDWR)
        standard = plan.standard or (nowhere, nowhere, nowhere)
        syscalls.close_all_but(line.fileno(), *plan.channels, standard=standard)
        if not plan.trusted:
            os.nice(NICENESS)
        walls.lock()
    except OSError as error:
        send(line, {"error": f"{error.strerror}: {error.filename}", "errno": error.errno})
        return NOT_RUN
    # Nobody may look into process 1 or write to its memory; the one that works is an ordinary process.
    syscalls.dumpable(False)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    worker = os.fork()
    if worker == 0:
        _exit_after(lambda: _work(plan, line))
    syscalls.close_all_but(standard=(os.open(os.devnull, os.O_RDWR),) * 3)
    while True:
        pid, status = os.wait()
        if pid == worker:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _work(plan: Plan, line: socket.socket) -> int:
    """Wait for the task, then do nothing else."""
    # A check may start a submitted script beside itself: that must not look into the checker, nor write to its memory.
    syscalls.dumpable(not plan.trusted)
    os.setsid()
    send(line, {"up": True})
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
        if not plan.trusted:
            line.close()
        function(*(socket.socket(fileno=channel) for channel in plan.channels))
    except Exception:
        if line.fileno() >= 0:
            send(line, {"error": traceback.format_exc(limit=-3)})
        raise
    return 0


def named(entry: str) -> Callable[..., Any]:
    """The function "package.module:function"."""
    module, _, name = entry.partition(":")
    return getattr(importlib.import_module(module), name)


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
    multiprocessing.current_process().authkey = os.urandom(32)


def _exit_after(life: Callable[[], int]) -> NoReturn:
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

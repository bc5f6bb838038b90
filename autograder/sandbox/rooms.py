"""One room: its process 1, which builds the walls, and from then on only collects the dead.

It is forked from the supervisor. The one who works there comes from a process that is warm (see `workers`), or is a
child of process 1 where there is only a command to run.
"""

from __future__ import annotations

import os
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

from . import syscalls, tasks, walls, workers
from .messages import receive, send
from .policy import Policy


@dataclass(frozen=True)
class Plan:
    """What a room is built from.

    `hidden` is covered; `channels` stay open for the task; `standard` become its 0, 1 and 2, where that is a command.
    A `trusted` room runs the grader's own code to its end, and so may say on its line what went wrong there.
    """

    name: str
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


def make(policy: Policy, plan: Plan, requests: socket.socket) -> Room:
    """Fork a room, which asks for its worker on `requests`.

    It answers `{"up": true}` on its line, with a pidfd of its worker where that is no child of process 1; or
    `{"error": …}`, or hangs up where nobody could be asked.
    """
    line, theirs = socket.socketpair()
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    syscalls.unshare(syscalls.NEW_PIDS)
    pid = os.fork()
    if pid == 0:
        tasks.exit_after(lambda: _first(policy, plan, theirs, requests))
    # A process can make only one generation of pid namespaces, unless its children go to its own again.
    syscalls.enter(own, syscalls.NEW_PIDS)
    os.close(own)
    theirs.close()
    return Room(plan, pid, os.pidfd_open(pid), line)


def _first(policy: Policy, plan: Plan, line: socket.socket, requests: socket.socket) -> int:
    """The life of process 1: build, have somebody work there, and end with the one who does."""
    try:
        walls.raise_walls(policy, policy.limits(plan.trusted), plan.hidden)
        life = _for_a_function if plan.standard is None else _for_a_command
        return life(policy, plan, line, requests)
    except OSError as error:
        send(line, {"error": f"{error.strerror}: {error.filename}", "errno": error.errno})
    except EOFError:  # nobody is there to be asked, or to tell
        pass
    return tasks.NOT_RUN


def _for_a_function(policy: Policy, plan: Plan, line: socket.socket, requests: socket.socket) -> int:
    told = workers.ask(requests, plan.trusted, line, plan.channels)
    answer, _, _ = receive(told)
    if "code" in answer:
        return answer["code"]
    worker = os.pidfd_open(answer["entered"])
    tasks.settle_in(policy, plan.trusted, keep=(line.fileno(), told.fileno(), worker))
    # Until now the worker's parent had to see which world this is. From now on nobody may look into process 1.
    _keep_to_itself()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel collects who has lost the parent
    send(line, {"up": True}, descriptors=[worker])
    line.close()
    os.close(worker)
    answer, _, _ = receive(told)
    return answer["code"]


def _for_a_command(policy: Policy, plan: Plan, line: socket.socket, requests: socket.socket) -> int:
    tasks.settle_in(policy, plan.trusted, keep=(line.fileno(),), standard=plan.standard)
    _keep_to_itself()
    worker = os.fork()
    if worker == 0:
        tasks.exit_after(lambda: tasks.work(line, plan.trusted, ()))
    send(line, {"up": True})
    syscalls.close_all_but(standard=(os.open(os.devnull, os.O_RDWR),) * 3)
    while True:
        pid, status = os.wait()
        if pid == worker:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _keep_to_itself() -> None:
    """Nobody may look into process 1 or write to its memory; the one that works is an ordinary process."""
    syscalls.dumpable(False)
    signal.signal(signal.SIGINT, signal.SIG_DFL)

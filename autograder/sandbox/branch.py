"""A branch of the nursery: a fork of it that knows what the checks of one course need, as only a checker may.

Checkers' rooms are forked from it, the student's never: those are forked from the nursery itself. So what is the same
for every submission is made once, and still no student's process has it in its memory. A branch runs nothing but the
grader's and the instructor's code, and ends when nobody can ask it for a room any more.
"""

from __future__ import annotations

import os
import signal
import socket
import traceback
from dataclasses import dataclass, field
from typing import NoReturn

from . import forks, rooms, syscalls
from .messages import MAX_DESCRIPTORS, send
from .policy import Policy


@dataclass(frozen=True)
class Branch:
    """What makes a branch ready: the function "package.module:function", and the bytes that it is called with."""

    entry: str
    content: bytes = field(repr=False)


def live(policy: Policy, entry: str, content: bytes, channel: socket.socket, requests: socket.socket) -> NoReturn:
    """Be a branch, in a fork of the nursery: get ready, say so on the channel, fork rooms for supervisors who ask."""
    try:
        rooms.named(entry)(content)
    except Exception:
        send(channel, {"error": f"making checkers ready\n{traceback.format_exc(limit=-3)}"})
        os._exit(1)
    forks.settle()
    with channel:
        send(channel, {"up": True})
    while True:
        _, descriptors, _, _ = socket.recv_fds(requests, 1, MAX_DESCRIPTORS)
        if not descriptors:
            os._exit(0)
        if os.fork() == 0:
            _enter(policy, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def ask(requests: socket.socket, line: socket.socket, channels: tuple[int, int]) -> None:
    """Ask a branch, in a supervisor, for the room of the checker; all else is said on the line. EOFError."""
    me = os.pidfd_open(os.getpid())
    try:
        socket.send_fds(requests, [b"?"], [me, line.fileno(), *channels])
    except ConnectionError:
        raise EOFError from None
    finally:
        os.close(me)


def _enter(policy: Policy, supervisor: int, line: int, *channels: int) -> NoReturn:
    """Go, in a fork of the branch, into the world of a supervisor; in there make the room, which will be its child."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        syscalls.enter(supervisor, syscalls.NEW_USER | syscalls.NEW_MOUNTS | syscalls.NEW_PIDS)
        # Only children are in the pid namespace, and only who is in it makes one below it.
        if os.fork() == 0:
            with socket.socket(fileno=line) as theirs:
                rooms.orphan(policy, rooms.checker(policy, channels), theirs)
    except OSError as error:
        with socket.socket(fileno=line) as theirs:
            send(theirs, {"error": f"{error.strerror}: {error.filename}", "errno": error.errno})
    os._exit(0)

"""The processes that work in rooms: forked, one for each room, from a process that is warm.

A room is made by its process 1, which is small. Once its walls stand, it asks the trunk or a branch for the one who
works there. That is forked into the room's world of processes, enters its other namespaces, gives up what it could do
outside, and only then hears what to do. Its parent stays outside, collects it, and tells process 1 how it ended.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Collection
from contextlib import suppress
from typing import NoReturn

from . import syscalls, tasks
from .messages import MAX_DESCRIPTORS, send
from .policy import Policy

STUDENT, CHECKER = b"student", b"checker"
ELSEWHERE = syscalls.NEW_MOUNTS | syscalls.NEW_IPC | syscalls.NEW_NETWORK | syscalls.NEW_CGROUP | syscalls.NEW_NAMES


def ask(requests: socket.socket, trusted: bool, line: socket.socket, channels: Collection[int]) -> socket.socket:
    """Ask, as the process 1 of a room, for its worker, who has the line and the channels.

    On the result comes {"entered": id} when it is inside, and {"code": exit status} when it has ended. EOFError where
    nobody is there to be asked.
    """
    told, tells = socket.socketpair()
    me = os.pidfd_open(os.getpid())
    try:
        descriptors = [me, tells.fileno(), line.fileno(), *channels]
        socket.send_fds(requests, [CHECKER if trusted else STUDENT], descriptors)
    except ConnectionError:
        raise EOFError from None
    finally:
        tells.close()
        os.close(me)
    return told


class Workers:
    """Those that this process has forked and not collected yet. `requests` is where rooms ask for more."""

    def __init__(self, policy: Policy, requests: socket.socket) -> None:
        self._policy = policy
        self._requests: socket.socket | None = requests
        self._world = os.open("/proc/self/ns/pid", os.O_RDONLY)
        self._rooms: dict[int, socket.socket | None] = {}

    def waits_for(self) -> list[socket.socket | int]:
        """What to `select` for: requests, as long as any can come, and the end of each child."""
        return [*([self._requests] if self._requests else []), *self._rooms]

    def see_off(self, pid: int) -> None:
        """Collect another child, too, when it has ended."""
        self._rooms[os.pidfd_open(pid)] = None

    def leave(self) -> None:
        """Close everything, in a fork that is not to be concerned with it."""
        for pidfd, tells in self._rooms.items():
            os.close(pidfd)
            if tells:
                tells.close()
        os.close(self._world)
        if self._requests:
            self._requests.close()

    def go_on(self, ready: Collection[socket.socket | int]) -> None:
        """Fork the worker that is asked for, and collect those that have ended, among what is `ready`."""
        for pidfd in [each for each in ready if each in self._rooms]:
            self._collect(pidfd)
        if self._requests in ready:
            whose, descriptors, _, _ = socket.recv_fds(self._requests, len(CHECKER), MAX_DESCRIPTORS)
            if descriptors:
                self._fork(whose == CHECKER, *descriptors)
            else:
                self._requests.close()
                self._requests = None

    def _collect(self, pidfd: int) -> None:
        ended = os.waitid(os.P_PIDFD, pidfd, os.WEXITED)
        os.close(pidfd)
        if tells := self._rooms.pop(pidfd):
            code = ended.si_status if ended.si_code == os.CLD_EXITED else 128 + ended.si_status
            with tells, suppress(OSError):  # the room may be gone with it
                send(tells, {"code": code})

    def _fork(self, trusted: bool, room: int, tells: int, line: int, *channels: int) -> None:
        """Fork into the room whose process 1 is `room`, a pidfd."""
        try:
            syscalls.enter(room, syscalls.NEW_PIDS)
            pid = os.fork()
            if pid == 0:
                self.leave()
                _enter(self._policy, trusted, room, tells, line, channels)
            syscalls.enter(self._world, syscalls.NEW_PIDS)
            self._rooms[os.pidfd_open(pid)] = socket.socket(fileno=os.dup(tells))
        except OSError as error:  # also where the room is gone by now
            syscalls.enter(self._world, syscalls.NEW_PIDS)
            with socket.socket(fileno=os.dup(line)) as theirs, suppress(OSError):
                send(theirs, {"error": f"{error.strerror}: {error.filename or 'fork'}", "errno": error.errno})
        for descriptor in (room, tells, line, *channels):
            os.close(descriptor)


def _enter(policy: Policy, trusted: bool, room: int, tells: int, line: int, channels: tuple[int, ...]) -> NoReturn:
    """Go into a room, in a fork that is of its world of processes already, and work there."""
    theirs = socket.socket(fileno=line)

    def life() -> int:
        try:
            # The namespace of users comes last: from then on this process rules nothing outside of the room.
            syscalls.enter(room, ELSEWHERE)
            syscalls.enter(room, syscalls.NEW_USER)
            syscalls.dumpable(True)
            tasks.settle_in(policy, trusted, keep=(line, tells, *channels))
            with socket.socket(fileno=tells) as told:
                send(told, {"entered": os.getpid()})
        except OSError as error:
            send(theirs, {"error": f"{error.strerror}: {error.filename}", "errno": error.errno})
            return tasks.NOT_RUN
        return tasks.work(theirs, trusted, channels)

    tasks.exit_after(life)

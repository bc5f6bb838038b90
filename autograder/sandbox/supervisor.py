"""The trusted process over the rooms of one submission: process 1 of their world, so that nothing outlives it.

It is forked from the first process behind the wall, makes the shared work folder, forks the rooms, and then answers
requests on its control channel. Once in a while it looks at how much memory each room takes. It runs no code but the
grader's.
"""

from __future__ import annotations

import os
import select
import signal
import socket
from contextlib import suppress
from dataclasses import asdict
from typing import Any, NoReturn

from . import processes, rooms, syscalls, walls
from .messages import receive, send
from .policy import GID, UID, Policy
from .rooms import Plan, Room

Answer = tuple[dict[str, Any], list[int]]
Channels = tuple[int, int]
WATCH_SECONDS = 0.1


def found(
    policy: Policy,
    control: socket.socket,
    student: Channels,
    checker: Channels,
    trunk: socket.socket,
    branch: socket.socket,
) -> NoReturn:
    """Become the supervisor of a new submission. Called in a fork of the first process; never returns.

    The channels of a room, as descriptors: to the grader, and to the other room. Rooms ask the `trunk` for their
    workers, and that of the checker the `branch`, which may be the trunk, too.
    """
    ids = os.geteuid(), os.getegid()
    try:
        syscalls.unshare(syscalls.NEW_USER | syscalls.NEW_MOUNTS | syscalls.NEW_PIDS)
        syscalls.map_ids(UID, GID, to=ids)
        if os.fork():
            os._exit(0)
        _Supervisor(policy, control, trunk).live(student, checker, branch)
    except OSError as error:
        with suppress(OSError):
            send(control, {"error": f"{error.strerror}: {error.filename}", "errno": error.errno})
    except EOFError:
        pass
    os._exit(0)


class _Supervisor:
    def __init__(self, policy: Policy, control: socket.socket, trunk: socket.socket) -> None:
        self.policy = policy
        self.control = control
        self.trunk = trunk
        self.rooms: dict[str, Room] = {}
        self.families: dict[str, tuple[int, ...]] = {}
        self.ends: dict[str, dict[str, Any]] = {}

    def live(self, student: Channels, checker: Channels, branch: socket.socket) -> None:
        syscalls.mount("none", "/", flags=syscalls.RECURSIVE | syscalls.PRIVATE)
        syscalls.mount("proc", "/proc", "proc", walls.HARMLESS | syscalls.NO_EXEC)
        walls.tmpfs(self.policy.folder, self.policy.student)
        self.policy.work.mkdir()
        self._make(Plan("student", self.policy.checker_only, channels=student), self.trunk)
        self._make(Plan("checker", trusted=True, channels=checker), branch)
        if branch is not self.trunk:
            branch.close()
        for descriptor in (*student, *checker):
            os.close(descriptor)
        for name in self.rooms:
            self._await(name)
        me = os.pidfd_open(os.getpid())
        send(self.control, {"up": True}, descriptors=[me, *(room.pidfd for room in self.rooms.values())])
        while True:
            self._collect()
            if select.select([self.control], [], [], WATCH_SECONDS)[0]:
                self._answer()
            self._watch()

    def _make(self, plan: Plan, requests: socket.socket) -> None:
        self.rooms[plan.name] = rooms.make(self.policy, plan, requests)

    def _await(self, name: str) -> None:
        """Wait until a room stands; OSError when it could not be built, EOFError."""
        answer, _, workers = receive(self.rooms[name].line)
        if "error" in answer:
            raise OSError(answer["errno"], answer["error"], name)
        self.families[name] = (self.rooms[name].pid, *map(syscalls.pid_of, workers))
        for worker in workers:
            os.close(worker)

    def _answer(self) -> None:
        request, payload, descriptors = receive(self.control)
        operation = getattr(self, f"_do_{request.pop('do')}")
        try:
            answer, attached = operation(payload=payload, descriptors=descriptors, **request)
        except OSError as error:
            answer, attached = {"error": str(error), "errno": error.errno}, []
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        send(self.control, answer, descriptors=attached)

    def _do_begin(self, files: dict[str, int], tasks: dict[str, str], payload: bytes, descriptors: list[int]) -> Answer:
        """Lay the files into the work folder, and tell rooms which function to call."""
        start = 0
        for name, size in files.items():
            path = self.policy.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(payload[start : start + size])
            start += size
        for name, entry in tasks.items():
            send(self.rooms[name].line, {"entry": entry})
        return {}, []

    def _do_second(
        self, name: str, command: list[str], environment: dict[str, str], payload: bytes, descriptors: list[int]
    ) -> Answer:
        """A clean room, walled like the student's, for one command."""
        self._make(Plan(name, self.policy.checker_only, standard=tuple(descriptors)), self.trunk)
        self._await(name)
        send(self.rooms[name].line, {"command": command, "environment": environment})
        return {}, [self.rooms[name].pidfd]

    def _do_processes(self, name: str, payload: bytes, descriptors: list[int]) -> Answer:
        seen = processes.table(*self.families[name]) if name in self.rooms else []
        return {"processes": [asdict(process) for process in seen]}, []

    def _do_end(self, name: str, payload: bytes, descriptors: list[int]) -> Answer:
        """How a room ended, or null while it lives."""
        self._collect()
        return {"end": None if name in self.rooms else self.ends[name]}, []

    def _collect(self) -> None:
        """Note every room whose process 1 has ended; with it went everything in it."""
        for name, room in list(self.rooms.items()):
            pid, status = os.waitpid(room.pid, os.WNOHANG)
            if pid:
                end = self.ends.setdefault(name, {"reason": ""})
                end |= {"status": os.waitstatus_to_exitcode(status), "message": _last_words(room)}
                room.line.close()
                os.close(room.pidfd)
                del self.rooms[name]

    def _watch(self) -> None:
        """Kill the room that takes more memory than it may. Limits of single processes do not bound their sum."""
        families = processes.members(*(self.families[name] for name in self.rooms))
        for (name, room), family in zip(self.rooms.items(), families, strict=True):
            enough = self.policy.limits(room.plan.trusted).memory
            if processes.memory(family, enough) > enough:
                self.ends[name] = {"reason": "memory"}
                with suppress(ProcessLookupError):
                    signal.pidfd_send_signal(room.pidfd, signal.SIGKILL)


def _last_words(room: Room) -> str:
    room.line.setblocking(False)
    with suppress(OSError, EOFError):
        return str(receive(room.line)[0].get("error", ""))
    return ""

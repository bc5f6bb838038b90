"""The rooms of one submission, as the grader holds them."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any, Self

from . import diagnosis
from .errors import SandboxError
from .messages import receive, send
from .policy import Limits
from .processes import Process

ANSWER_SECONDS = 30
PART = 1 << 16


@dataclass(frozen=True)
class End:
    """How a room ended.

    `status` is the exit status of the process that worked in it (128 + n: killed by signal n; negative: the room was
    killed as a whole). `reason` is "memory" when the room took more than it may, else "". `message` says what went
    wrong in the grader's own code before any of the submission's ran.
    """

    status: int
    reason: str = ""
    message: str = ""


@dataclass(frozen=True)
class Finished:
    """What a command did: exit status (None: it was stopped), and as much of its output as the limits keep."""

    status: int | None
    stdout: bytes
    stderr: bytes
    timed_out: bool = False
    truncated: bool = False
    reason: str = ""


class Pen:
    """A student's room and a checker's room over one work folder, which reach each other by one channel alone.

    A context manager; `student` and `checker` are the grader's ends of the channels into the rooms.
    """

    def __init__(self, control: socket.socket, student: socket.socket, checker: socket.socket, limits: Limits) -> None:
        self.student = student
        self.checker = checker
        self._control = control
        self._control.settimeout(ANSWER_SECONDS)
        self._limits = limits
        self._asking = threading.Lock()
        self._pidfds: dict[str, int] = {}
        self._count = itertools.count(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def begin(self, files: Mapping[str, bytes], tasks: Mapping[str, str]) -> None:
        """Wait until the rooms stand, lay out the files, and let the rooms begin. Called once, by the nursery."""
        sizes = {checked(name): len(content) for name, content in files.items()}
        _, pidfds = self._hear()
        self._pidfds = dict(zip(("supervisor", "student", "checker"), pidfds, strict=True))
        self._ask({"do": "begin", "files": sizes, "tasks": dict(tasks)}, b"".join(files.values()))

    def end(self, room: str, *, wait: float = 0) -> End | None:
        """How a room ("student", "checker") ended; None while it lives, after waiting some seconds for its end.

        One who hangs up is not gone yet: wait a moment when a channel has just been closed by the other side.
        """
        connection.wait([self._pidfds[room]], wait)
        answer, _ = self._ask({"do": "end", "name": room})
        return answer["end"] and End(**answer["end"])

    def processes(self) -> list[Process]:
        """The student's processes as the kernel sees them, not as the student tells; none once the room has ended.

        Process 1 belongs to the room itself, and process 2 serves the channel: its parent is outside of the room.
        """
        answer, _ = self._ask({"do": "processes", "name": "student"})
        return [Process(**{**fields, "command": tuple(fields["command"])}) for fields in answer["processes"]]

    def second(
        self,
        command: Sequence[str],
        *,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
        seconds: float | None = None,
        output: int | None = None,
    ) -> Finished:
        """Run a command in a clean room, walled like the student's, over the same work folder.

        Home and temporary files are its own. At most `seconds` by the clock and `output` bytes of each stream (the
        policy's, unless given) are allowed; longer runs are killed, longer output is cut.
        """
        seconds = self._limits.cell_seconds if seconds is None else seconds
        output = self._limits.output if output is None else output
        name = f"second {next(self._count)}"
        given = os.memfd_create("stdin")
        os.write(given, stdin)
        os.lseek(given, 0, os.SEEK_SET)
        reads, writes = zip(os.pipe(), os.pipe(), strict=True)
        try:
            request = {"do": "second", "name": name, "command": list(command), "environment": dict(environment or {})}
            _, (pidfd,) = self._ask(request, descriptors=[given, *writes])
        except BaseException:
            for descriptor in reads:
                os.close(descriptor)
            raise
        finally:
            for descriptor in (given, *writes):
                os.close(descriptor)
        self._pidfds[name] = pidfd
        kept, in_time, truncated = _drain(reads, pidfd, seconds, output)
        self._kill(name)
        end = self.end(name)
        os.close(self._pidfds.pop(name))
        return Finished(end.status if in_time else None, *kept, not in_time, truncated, end.reason)

    def close(self) -> None:
        """End every process of the submission, and return when none is left."""
        self._kill("supervisor")
        for name in list(self._pidfds):
            os.close(self._pidfds.pop(name))
        for channel in (self._control, self.student, self.checker):
            channel.close()

    def _kill(self, name: str) -> None:
        """Kill process 1 of a pid namespace, with which the kernel ends all others, and wait until they are gone."""
        if (pidfd := self._pidfds.get(name)) is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(pidfd, signal.SIGKILL)
            connection.wait([pidfd])

    def _ask(
        self, request: dict[str, Any], payload: bytes = b"", descriptors: Sequence[int] = ()
    ) -> tuple[dict[str, Any], list[int]]:
        with self._asking:
            try:
                send(self._control, request, payload, descriptors)
            except OSError:
                raise diagnosis.died() from None
            return self._hear()

    def _hear(self) -> tuple[dict[str, Any], list[int]]:
        try:
            answer, _, descriptors = receive(self._control)
        except (EOFError, OSError):
            raise diagnosis.died() from None
        if "error" in answer:
            raise diagnosis.from_answer(answer)
        return answer, descriptors


def checked(name: str) -> str:
    """A name below the work folder, as it is; SandboxError for one that could lead elsewhere."""
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or ".." in path.parts or "\0" in name:
        raise SandboxError(
            "the work folder",
            f"{name!r} is not a relative file name.",
            "A file must not be laid outside of the room.",
            "Give names relative to the work folder, without '..'.",
        )
    return name


def _drain(reads: Sequence[int], pidfd: int, seconds: float, limit: int) -> tuple[tuple[bytes, ...], bool, bool]:
    """Read pipes until the room has ended: up to `limit` bytes of each, whether it ended in time, whether more came."""
    deadline = time.monotonic() + seconds
    kept = {descriptor: bytearray() for descriptor in reads}
    open_ones, truncated = {*reads, pidfd}, False
    while open_ones and (left := deadline - time.monotonic()) > 0:
        for descriptor in connection.wait(open_ones, left):
            part = b"" if descriptor == pidfd else os.read(descriptor, PART)
            if not part:
                open_ones.remove(descriptor)
                continue
            room = limit - len(kept[descriptor])
            kept[descriptor] += part[:room]
            truncated |= len(part) > room
    for descriptor in reads:
        os.close(descriptor)
    return tuple(bytes(data) for data in kept.values()), pidfd not in open_ones, truncated

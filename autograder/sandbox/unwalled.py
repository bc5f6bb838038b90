"""Two plain processes instead of walled rooms: for machines where nothing else can be had, and only when asked for.

The verdict is still made where the student's code is not. But that code can do to this machine whatever the account
that grades can do: read the gradebook and the sources, write, use the network, stay. Nothing comes here by itself.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from . import processes
from .branch import Branch
from .bubblewrap import PACKAGE, environment
from .pen import End, Finished, checked
from .policy import Policy
from .processes import Process

WARNING = "graded WITHOUT A SANDBOX: the submission could do all that the account of the grader can do"


class UnsafeNursery:
    """Has the shape of a Nursery, and none of its walls. Every pen is two fresh interpreters in a temporary folder."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is kept between pens."""

    def warm(self, names: Iterable[str]) -> None:
        """Nothing is forked here, so nothing can be warm."""

    def open(
        self, files: Mapping[str, bytes] | None = None, *, student: str, checker: str, branch: Branch | None = None
    ) -> UnsafePen:
        """Start both processes, with `files` in their work folder; each function gets its two sockets.

        Both are new interpreters: there is no branch to fork them from.
        """
        folder = Path(tempfile.mkdtemp(prefix="unwalled-"))
        work = folder / "work"
        work.mkdir()
        for name, content in (files or {}).items():
            path = work / checked(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        between = socket.socketpair()
        entries = {"student": student, "checker": checker}
        rooms = {
            room: self._start(folder, entry, channel)
            for (room, entry), channel in zip(entries.items(), between, strict=True)
        }
        for channel in between:
            channel.close()
        return UnsafePen(folder, rooms, environment(self.policy))

    def _start(self, folder: Path, entry: str, other: socket.socket) -> tuple[subprocess.Popen, socket.socket]:
        module, _, function = entry.partition(":")
        paths = [*map(str, self.policy.import_path), str(PACKAGE.parent)]
        ours, theirs = socket.socketpair()
        code = (
            f"import sys, socket; sys.path += [path for path in {paths!r} if path not in sys.path]; "
            f"from {module} import {function} as serve; "
            f"serve(*(socket.socket(fileno=number) for number in {[theirs.fileno(), other.fileno()]}))"
        )
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", code],
            cwd=folder / "work",
            env=environment(self.policy) | {"HOME": str(folder), "TMPDIR": str(folder)},
            pass_fds=[theirs.fileno(), other.fileno()],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        return process, ours


class UnsafePen:
    """Both processes of one submission."""

    def __init__(
        self, folder: Path, rooms: dict[str, tuple[subprocess.Popen, socket.socket]], environment: Mapping[str, str]
    ) -> None:
        self._folder = folder
        self._environment = dict(environment)
        self._processes = {name: process for name, (process, _) in rooms.items()}
        self.student, self.checker = (channel for _, channel in rooms.values())

    def end(self, room: str, *, wait: float = 0) -> End | None:
        """How a room ("student", "checker") ended; None while it lives, also after `wait` seconds."""
        with suppress(subprocess.TimeoutExpired):
            return End(self._processes[room].wait(wait))
        return None

    def processes(self) -> list[Process]:
        """The student's process and its descendants, seen from outside."""
        return processes.table(self._processes["student"].pid)

    def second(
        self, command: Sequence[str], *, stdin: bytes, environment: Mapping[str, str], seconds: float
    ) -> Finished:
        """Run a command in the work folder, for at most `seconds` by the clock."""
        try:
            done = subprocess.run(
                command,
                cwd=self._folder / "work",
                env=self._environment | {"HOME": str(self._folder), "TMPDIR": str(self._folder), **environment},
                input=stdin,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            return Finished(None, late.stdout or b"", late.stderr or b"", timed_out=True)
        except OSError as error:
            return Finished(127, b"", f"{command[0]}: {error.strerror}\n".encode())
        return Finished(done.returncode if done.returncode >= 0 else 128 - done.returncode, done.stdout, done.stderr)

    def close(self) -> None:
        """End both, what stayed in their sessions, and what descends from them.

        What left its session and has lost its parent lives on: there is no wall.
        """
        for family in processes.members(*([process.pid] for process in self._processes.values())):
            for pid in family:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        for process in self._processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for channel in (self.student, self.checker):
            channel.close()
        shutil.rmtree(self._folder, ignore_errors=True)

"""The nursery: a warm Python behind the outer wall, from which rooms for submissions are forked in milliseconds."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Any, Self

from . import bubblewrap, diagnosis, seccomp
from .branch import Branch
from .messages import receive, send
from .pen import Pen
from .policy import Policy

START_SECONDS = 120
END_SECONDS = 5
# So many branches are kept, each with rooms that stand ready. Who grades goes from one assignment to the next.
BRANCHES = 3


class Nursery:
    """A context manager. Entering starts what is behind the wall (a second or two); leaving ends it and all its pens.

    One nursery serves many submissions, also from several threads. Everything behind its wall ends when the process
    that entered it ends, however that happens.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._asking = threading.Lock()

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            self._words = opened.enter_context(_Stored(b""))
            self._control = self._start(opened)
            self._meet()
            self._spares: OrderedDict[Branch | None, Pen] = OrderedDict()
            self._requests: dict[Branch | None, socket.socket] = {}
            self._warm = set(self.policy.warm)
            self._spares[None] = self._ask(None)
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for branch in list(self._spares):
            self._drop(branch)
        self._opened.close()

    def open(
        self, files: Mapping[str, bytes] | None = None, *, student: str, checker: str, branch: Branch | None = None
    ) -> Pen:
        """Make the rooms of one submission, with `files` (relative name → content) in its work folder.

        `student` and `checker` name the functions, as "package.module:function", which are called in the two rooms,
        each with two connected sockets: to the grader, where the other end is the pen's, and to the other room. With a
        `branch`, the checker's room comes from there; the first submission of a branch waits until that is ready.
        SandboxError when it cannot be made.
        """
        with self._asking:
            if branch not in self._spares:
                self._spares[branch] = self._ask(branch)
            following = self._ask(branch)  # where that fails, the one that stands ready is still held
            pen = self._spares.pop(branch)
            self._spares[branch] = following
            for least in list(self._spares)[:-BRANCHES]:
                self._drop(least)
        try:
            pen.begin(files or {}, {"student": student, "checker": checker})
        except BaseException:
            pen.close()
            raise
        return pen

    def warm(self, names: Iterable[str]) -> None:
        """Have modules imported once, and functions called ("package.module:function"), for all rooms to come.

        What cannot be imported is left out: a room that needs it will say so. SandboxError where the nursery is lost.
        """
        with self._asking:
            new = [name for name in names if name not in self._warm]
            if not new:
                return
            self._warm.update(new)
            for branch in list(self._spares):  # what stands ready was forked before
                self._drop(branch)
            self._ordered({"warm": new})

    def _ask(self, branch: Branch | None) -> Pen:
        """Ask for rooms, and do not wait: they stand ready, empty, when the next submission comes."""
        if branch is not None and branch not in self._requests:
            self._requests[branch] = self._grow(branch)
        (control, student, checker), theirs = zip(*(socket.socketpair() for _ in range(3)), strict=True)
        between = socket.socketpair()
        requests = [self._requests[branch].dup()] if branch is not None else []
        self._send({}, b"", *theirs, *between, *requests)
        return Pen(control, student, checker, self.policy.student)

    def _grow(self, branch: Branch) -> socket.socket:
        """Have a branch made, and wait until it is ready; the socket on which rooms ask it for their workers."""
        requests, served = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._ordered({"branch": branch.entry}, branch.content, served)
        return requests

    def _ordered(self, order: dict[str, Any], content: bytes = b"", *given: socket.socket) -> None:
        """Give the trunk an order, and wait until it is done."""
        channel, theirs = socket.socketpair()
        with channel:
            self._send(order, content, theirs, *given)
            try:
                answer, _, _ = receive(channel)
            except (EOFError, OSError):
                raise diagnosis.died() from None
        if "error" in answer:
            raise diagnosis.from_answer(answer, self.policy)

    def _send(self, message: dict[str, Any], content: bytes, *given: socket.socket) -> None:
        """Send to the first process behind the wall, which has these sockets from then on."""
        try:
            send(self._control, message, content, [each.fileno() for each in given])
        except OSError:
            raise diagnosis.died() from None
        finally:
            for each in given:
                each.close()

    def _drop(self, branch: Branch | None) -> None:
        """End the rooms that stand ready, and with the last who may ask it the branch."""
        self._spares.pop(branch).close()
        if requests := self._requests.pop(branch, None):
            requests.close()

    def _start(self, opened: ExitStack) -> socket.socket:
        """Start the first process; the result is the channel to it. All that it inherits is named here."""
        seccomp.here()
        control, theirs = socket.socketpair()
        with ExitStack() as inherited:
            inherited.enter_context(theirs)
            stored: list[int] = []

            def store(content: bytes) -> int:
                stored.append(inherited.enter_context(_Stored(content)))
                return stored[-1]

            command = bubblewrap.command(self.policy, _code(self.policy, theirs.fileno()), store)
            self._process = subprocess.Popen(
                command,
                env={},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._words,
                pass_fds=[theirs.fileno(), *stored],
                # An interrupt typed at the grader's terminal is the grader's.
                start_new_session=True,
            )
        opened.callback(_end, self._process, control)
        return control

    def _meet(self) -> None:
        """Hand over the policy, and wait until all is warm."""
        guardians = [os.pidfd_open(pid) for pid in (os.getpid(), self._process.pid)]
        self._control.settimeout(START_SECONDS)
        try:
            send(self._control, {}, pickle.dumps(self.policy), guardians)
            answer, _, _ = receive(self._control)
        except TimeoutError:
            raise diagnosis.never_came_up(f"no answer within {START_SECONDS} seconds. {self._said()}") from None
        except (EOFError, OSError):
            raise diagnosis.from_start(self._said()) from None
        finally:
            for descriptor in guardians:
                os.close(descriptor)
        self._control.settimeout(None)
        if "error" in answer:
            raise diagnosis.from_answer(answer, self.policy)

    def _said(self) -> str:
        return os.pread(self._words, 4000, 0).decode(errors="replace")


class _Stored:
    """Bytes in a descriptor, for as long as the context lasts; without a name, so nobody else can open them."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __enter__(self) -> int:
        self.descriptor = os.memfd_create("stored")
        os.write(self.descriptor, self.content)
        os.lseek(self.descriptor, 0, os.SEEK_SET)
        return self.descriptor

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self.descriptor)


def _end(process: subprocess.Popen, control: socket.socket) -> None:
    """Hang up, also for forks of the grader that hold the channel, and wait: all behind the wall ends with it."""
    with suppress(OSError):
        control.shutdown(socket.SHUT_RDWR)
    control.close()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _code(policy: Policy, control: int) -> str:
    """What the warm interpreter runs: find this package, then serve."""
    paths = [*map(str, policy.import_path), *bubblewrap.user_packages(), str(bubblewrap.PACKAGE.parent)]
    return (
        f"import sys; sys.path += [path for path in {paths!r} if path not in sys.path]; "
        f"from autograder.sandbox.ground import main; main({control})"
    )

"""One student's side beside one checker: the grader relays between them, and keeps count of the time.

What the two say to each other is not looked into: it passes through within bounds. A side that ends, does not answer in
time or breaks the protocol is lost, and so is the session.
"""

from __future__ import annotations

import socket
from typing import Any, Protocol

from autograder.channel import Channel, ChannelError, Garbled, Late, TooLarge
from autograder.outputs import accepted, clean

# What the checker has on top of a check's time, to say that it is over.
GRACE = 10.0
MAX_PRINTED = 64_000
LATE = "did not come to an end in time, and was stopped"
_REPLY = ("ok", "value", "raised", "back", "news", "opened", "stdout", "stderr")


class Pen(Protocol):
    """Two processes that serve `student.serve` and `checker.serve`, each at the other end of a socket."""

    student: socket.socket
    checker: socket.socket

    def end(self, room: str, *, wait: float = 0) -> Any:
        """How a room ("student", "checker") ended, with `status` and `reason`; None while it lives."""

    def close(self) -> None:
        """End both, and all that they have started."""


class Lost(Exception):
    """The side called `side` is lost. The message says why, as a clause about it: "ended the process …"."""

    def __init__(self, side: str, why: str):
        super().__init__(why)
        self.side = side


class Session:
    """Runs cells in a pen. Deadlines are times of `time.monotonic`."""

    def __init__(self, pen: Pen):
        self._pen = pen
        self._student, self._checker = Channel(pen.student), Channel(pen.checker)
        self.lost: Lost | None = None
        self.printed = ""

    def run(self, text: str, deadline: float) -> list[dict[str, Any]]:
        """Run a cell on the student's side; what it shows. Lost."""
        reply = self._ask_student({"op": "run", "text": text}, deadline)
        return accepted(reply.get("outputs"))

    def check(self, command: dict[str, Any], deadline: float) -> dict[str, Any]:
        """Run a cell on the checker's side, and relay what it asks meanwhile; its report. Lost.

        After the deadline, or once the student's side is `lost`, it is answered that nobody is there any more.
        """
        self.printed = ""
        last = deadline + GRACE
        try:
            number = self._checker.request({"op": "run", **command}, last)
            while (message := self._checker.receive(last)).get("re") != number:
                self._checker.send({"re": message.pop("id"), **self._relayed(message, deadline)}, last)
        except ChannelError as error:
            raise Lost("checker", self._why("checker", error)) from error
        return message

    def _relayed(self, request: dict[str, Any], deadline: float) -> dict[str, Any]:
        if self.lost is None:
            try:
                reply = self._ask_student(request, deadline)
            except Lost as lost:
                self.lost = lost
            else:
                self._note(reply)
                return {key: reply[key] for key in _REPLY if key in reply}
        return {"gone": f"your code {self.lost}"}

    def _ask_student(self, request: dict[str, Any], deadline: float) -> dict[str, Any]:
        try:
            return self._student.ask(request, deadline)
        except (ChannelError, TooLarge) as error:
            raise Lost("student", self._why("student", error)) from error

    def _note(self, reply: dict[str, Any]) -> None:
        for stream in ("stdout", "stderr"):
            text = reply.get(stream)
            if isinstance(text, str) and len(self.printed) < MAX_PRINTED:
                self.printed += clean(text[:MAX_PRINTED])

    def _why(self, room: str, error: Exception) -> str:
        match error:
            case Late():
                return LATE
            case Garbled() | TooLarge():
                return f"disturbed what the grader's own code says beside it ({error})"
        end = self._pen.end(room, wait=1.0)
        if end is not None and end.reason == "memory":
            return "took more memory than it may, and was stopped"
        return "ended the process that it ran in" + (f" (exit status {end.status})" if end is not None else "")

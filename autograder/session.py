"""One student's side beside one checker: the grader says what is run where, and until when.

What the two say to each other goes between them, and what comes of it is the checker's to say. A side that ends, does
not answer in time or breaks the protocol is lost, and so is the session.
"""

from __future__ import annotations

import base64
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from autograder.channel import Channel, ChannelError, Closed, Garbled, Late, TooLarge
from autograder.outputs import accepted, clean
from autograder.sandbox import Finished, Process, SandboxError

# What the checker has on top of a check's time, to say that it is over.
GRACE = 10.0
LATE = "did not come to an end in time, and was stopped"
_ENDS = {kind.__name__: kind for kind in (Closed, Garbled, Late)}


class Pen(Protocol):
    """Two processes that serve `student.serve` and `checker.serve`, each at the other end of a socket."""

    student: socket.socket
    checker: socket.socket

    def end(self, room: str, *, wait: float = 0) -> Any:
        """How a room ("student", "checker") ended, with `status` and `reason`; None while it lives."""

    def processes(self) -> list[Process]:
        """The processes of the student's room, seen from outside."""

    def second(
        self, command: Sequence[str], *, stdin: bytes, environment: Mapping[str, str], seconds: float
    ) -> Finished:
        """Run a command in a clean room over the same work folder. SandboxError."""

    def close(self) -> None:
        """End both, and all that they have started."""


class Lost(Exception):
    """The side called `side` is lost. The message says why, as a clause about it: "ended the process …"."""

    def __init__(self, side: str, why: str):
        super().__init__(why)
        self.side = side


class Session:
    """Runs cells in a pen. Deadlines are times of `time.monotonic`.

    `answers` are the texts of the student's cells by name, which a check may ask for.
    """

    def __init__(self, pen: Pen, answers: Mapping[str, str] | None = None):
        self._pen = pen
        self._answers = answers or {}
        self._student, self._checker = Channel(pen.student), Channel(pen.checker)
        self.lost: Lost | None = None
        self.printed = ""
        self.late = False

    def run(self, text: str, deadline: float) -> list[dict[str, Any]]:
        """Run a cell on the student's side; what it shows. Lost."""
        try:
            reply = self._student.ask({"op": "run", "text": text}, deadline)
        except (ChannelError, TooLarge) as error:
            raise Lost("student", self._why("student", error)) from error
        return accepted(reply.get("outputs"))

    def check(self, command: dict[str, Any], deadline: float) -> dict[str, Any]:
        """Run a cell on the checker's side, which asks the student's; its report. Lost.

        `printed` is then what the student's code printed meanwhile, `lost` how its side was lost, if it was. After the
        deadline the student's side is asked nothing any more. `late` is whether something that the check had run in a
        second sandbox was stopped, since its time was over: then nobody knows what would have come of it.
        """
        last = deadline + GRACE
        self.late = False
        try:
            number = self._checker.request({"op": "run", **command, "deadline": deadline}, last)
            while (report := self._checker.receive(last)).get("re") != number:
                self._checker.send({"re": report["id"], **self._seen(report, deadline)}, last)
        except ChannelError as error:
            raise Lost("checker", self._why("checker", error)) from error
        self.printed = clean(report["printed"])
        if report["lost"] and self.lost is None:
            kind, said = report["lost"]
            self.lost = Lost("student", self._why("student", _ENDS[kind](said)))
        if self.lost is not None and report["message"]:
            report["message"] = f"your code {self.lost}"
        return report

    def _seen(self, question: dict[str, Any], deadline: float) -> dict[str, Any]:
        """What a check asks of the grader, which looks from outside (see `evidence`)."""
        try:
            return {"value": getattr(self, f"_see_{question['op']}")(question, deadline)}
        except SandboxError as error:
            return {"error": str(error)}

    def _see_processes(self, question: dict[str, Any], deadline: float) -> list[dict[str, Any]]:
        return [asdict(process) for process in self._pen.processes()]

    def _see_second(self, question: dict[str, Any], deadline: float) -> dict[str, Any]:
        seconds = min(question["seconds"], max(0.0, deadline - time.monotonic()))
        given = {"stdin": base64.b64decode(question["stdin"]), "environment": question["environment"]}
        found = asdict(self._pen.second(question["command"], seconds=seconds, **given))
        self.late |= found["timed_out"]
        return found | {name: base64.b64encode(found[name]).decode("ascii") for name in ("stdout", "stderr")}

    def _see_answer(self, question: dict[str, Any], deadline: float) -> str:
        return self._answers.get(question["cell"], "")

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

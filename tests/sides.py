"""Both sides of the airlock, for tests that speak to them without a notebook."""

import time
from collections.abc import Iterable
from typing import Any

from autograder.session import Pen, Session

SECONDS = 60


class Sides:
    """A student's side and a checker's, in a pen."""

    def __init__(self, pen: Pen):
        self.pen = pen
        self.session = Session(pen)

    def student(self, text: str, seconds: float = SECONDS) -> list[dict[str, Any]]:
        """Run a student's cell; what it shows."""
        return self.session.run(text, time.monotonic() + seconds)

    def report(self, text: str, *names: str, seconds: float = SECONDS, **command: Any) -> dict[str, Any]:
        """Run a check that uses `names` of the student's; the checker's report."""
        rest: dict[str, Iterable[str]] = {"asks": [], "watch": [], "modules": {}, "given": {}, "shared": []}
        return self.session.check({"text": text, "fetch": names, **rest, **command}, time.monotonic() + seconds)

    def check(self, text: str, *names: str, **command: Any) -> str:
        """Run a check; the message of its failure, empty where it passes."""
        return self.report(text, *names, **command)["message"]

    def value(self, text: str, *names: str, **command: Any) -> str:
        """What an expression is on the checker's side, as text."""
        return self.report(f"assert False, str({text})", *names, **command)["message"]

"""How the sandbox says that it cannot do what was asked: where, what, why it matters, what to do."""

from __future__ import annotations


class SandboxError(Exception):
    """The wall is not there, or broke. Never the student's fault, and never a reason to grade without it.

    Its four parts are fixed at birth and survive pickling, so that it can cross from one process to another.
    """

    def __init__(self, where: str, what: str, why: str, remedy: str) -> None:
        super().__init__(where, what, why, remedy)

    @property
    def where(self) -> str:
        """The part of the sandbox, or of the machine, that speaks."""
        return self.args[0]

    @property
    def what(self) -> str:
        """What happened."""
        return self.args[1]

    @property
    def why(self) -> str:
        """Why it matters."""
        return self.args[2]

    @property
    def remedy(self) -> str:
        """What the reader can do about it."""
        return self.args[3]

    def __str__(self) -> str:
        return f"{self.where}: {self.what}\n{self.why}\n{self.remedy}"

"""How a check fails: with one exception, whose message says what came, what should have come, and gives a hint."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import NoReturn

_passed_over = 0


class CheckFailed(AssertionError):
    """A check did not hold. The message says what was called, what came, what should have come, and a hint."""

    def _render_traceback_(self) -> list[str]:
        """IPython shows this in place of a traceback: the lines of the check are no news to the student."""
        return [f"{type(self).__name__}: {self}"]


def fail(what: str, hint: str = "", *, expected: str = "", actual: str = "") -> NoReturn:
    """Raise CheckFailed with a message of these parts."""
    lines = [what]
    lines += [f"  should be: {expected}"] if expected else []
    lines += [f"  is:        {actual}"] if actual else []
    lines += [f"  hint:      {hint}"] if hint else []
    raise CheckFailed("\n".join(lines)) from None


def pass_over(failures: int) -> None:
    """Go on behind the next so many failures: for who wants to see more of what a function does, and judges nothing.

    The process that asks for it is to be used for nothing else.
    """
    global _passed_over
    _passed_over = failures


@contextlib.contextmanager
def judging() -> Iterator[None]:
    """What fails within fails the check, unless it is to be passed over."""
    global _passed_over
    try:
        yield
    except CheckFailed:
        if not _passed_over:
            raise
        _passed_over -= 1

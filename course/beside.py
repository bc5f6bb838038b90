"""Doing something where a function under check lives, which need not be where the check runs.

Locks, threads and engines are alive: they cannot be copied to another process. So a check hands over a function of its
own, an *act*, which makes what it needs beside the student's function, calls that, and returns its notes as plain data:

    notes = beside(transfer, shared.crossing)

Whoever runs code there sees the act, too: it may hold inputs, and never what is expected. A module of acts that says
`__carried__ = True` arrives there with its code, so that what has been put in the place of its functions is not used.
What is noted is still noted in that process, where the student's code can do as it likes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.check import calling


def beside(function: Callable, act: Callable, /, *args: Any) -> Any:
    """What `act(function, *args)` returns, called in the process in which `function` would run when called."""
    # What stands for a function of another process says so by this method; every other function runs here.
    apply = getattr(type(function), "__apply__", None)
    return act(function, *args) if apply is None else apply(function, act, *args)


def notes(function: Callable, act: Callable, *args: Any, on: str) -> Any:
    """What an act notes beside `function`; where it raises, the check fails as that of a call on `on`, in words."""

    def call(*_: Any) -> Any:
        return beside(function, act, *args)

    call.__name__ = getattr(function, "__name__", "the function")
    return calling(call, *args).on(on).value()

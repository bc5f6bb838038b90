"""How worker processes start: acts that set the start method for one call."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any

__carried__ = True


def under(function: Callable, method: str, *args: Any) -> Any:
    """An act: `function(*args)` with worker processes that start by `method`: "fork", "spawn" or "forkserver"."""
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method(method, force=True)
    try:
        return function(*args)
    finally:
        multiprocessing.set_start_method(before, force=True)

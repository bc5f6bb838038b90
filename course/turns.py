"""Waiting that counts turns and not seconds, so that a busy machine is not taken for one on which nothing happens.

    turns.until(event.is_set, 0.25)     # a quarter of a second where nobody else wants the machine

A turn is a short sleep. Whoever is waited for needs a few turns of its own, and gets them as the one who waits gets
his: on a machine that is ten times as busy both take longer, and who waits in vain still had all his turns.
"""

from __future__ import annotations

import time
from collections.abc import Callable

__carried__ = True
TURN = 0.005  # seconds of sleep


def until(done: Callable[[], bool], seconds: float, pause: Callable[[float], object] = time.sleep) -> bool:
    """Whether `done()`, looked at before each turn and after the last. `pause(seconds)` is how a turn is spent."""
    for _ in range(int(seconds / TURN)):
        if done():
            return True
        pause(TURN)
    return done()

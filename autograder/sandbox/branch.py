"""A branch of the nursery: a fork of its trunk that knows what the checks of one course need, as only a checker may.

Checkers are forked from it, the student's side never: that is forked from the trunk itself. So what is the same for
every submission is made once, and still no student's process has it in its memory. A branch runs nothing but the
grader's and the instructor's code. It ends when nobody can ask it for a worker any more and the last has ended.
"""

from __future__ import annotations

import os
import select
import socket
import traceback
from dataclasses import dataclass, field
from typing import NoReturn

from . import forks, tasks
from .messages import send
from .policy import Policy
from .workers import Workers


@dataclass(frozen=True)
class Branch:
    """What makes a branch ready: the function "package.module:function", and the bytes that it is called with."""

    entry: str
    content: bytes = field(repr=False)


def live(policy: Policy, entry: str, content: bytes, channel: socket.socket, requests: socket.socket) -> NoReturn:
    """Be a branch, in a fork of the trunk: get ready, say so on the channel, fork checkers for rooms that ask."""
    try:
        tasks.named(entry)(content)
    except Exception:
        send(channel, {"error": f"making checkers ready\n{traceback.format_exc(limit=-3)}"})
        os._exit(1)
    forks.settle()
    workers = Workers(policy, requests)
    with channel:
        send(channel, {"up": True})
    while waits := workers.waits_for():
        workers.go_on(select.select(waits, [], [])[0])
    os._exit(0)

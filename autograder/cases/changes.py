"""What the system saw happen to one name in a folder: from outside of the process that did it, and in its order.

    with changes.noted(folder, "report.csv") as noted:
        …                                  # somebody saves
    noted.trouble                          # ""

The kernel tells it (inotify(7)), so no process can keep a change from being noted, or have one noted that did not take
place. It tells nothing of what is written by way of a mapping into memory. On other systems than Linux nobody looks.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MODIFY, MOVED_FROM, DELETE = 0x2, 0x40, 0x200
HEAD = struct.Struct("iIII")  # which watch, what happened, a cookie, how long the name is
TROUBLE = {
    MODIFY: "is written into where everybody may look at it",
    MOVED_FROM: "is moved away before the new one is there",
    DELETE: "is deleted before the new one is there",
}


@dataclass
class Noted:
    """`trouble` is what happened to the file of that name that nobody may see, as the end of a sentence; or empty."""

    trouble: str = ""


@contextmanager
def noted(folder: Path, name: str) -> Iterator[Noted]:
    """What happens in the context; told when it has ended."""
    found = Noted()
    if sys.platform != "linux":
        yield found
        return
    libc = ctypes.CDLL(None, use_errno=True)
    queue = _told(libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC), folder)
    try:
        _told(libc.inotify_add_watch(queue, os.fsencode(folder), sum(TROUBLE)), folder)
        yield found
        happened = [what for what, of in _events(queue) if of == name]
    finally:
        os.close(queue)
    found.trouble = next((said for what in happened for kind, said in TROUBLE.items() if what & kind), "")


def _told(result: int, folder: Path) -> int:
    """What a call of the system's returned. OSError where it says that it failed."""
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    return result


def _events(queue: int) -> Iterator[tuple[int, str]]:
    """What was noted, each with the name that it happened to."""
    while True:
        try:
            content = os.read(queue, 1 << 16)
        except BlockingIOError:
            return
        place = 0
        while place < len(content):
            _, what, _, length = HEAD.unpack_from(content, place)
            place += HEAD.size
            yield what, os.fsdecode(content[place : place + length].rstrip(b"\0"))
            place += length

"""What a process does once that is forked many times, so that each fork costs less.

A fork copies the table of its parent's pages. Gathered into huge pages, the same memory has a table of a fraction of
the size; where a child writes to it, only ordinary pages are copied, as ever.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from . import syscalls

HUGE = 2 << 20
HEAP = "[heap]"


def settle() -> None:
    """Have garbage collected now, leave what lives alone from now on, and gather its memory into huge pages."""
    gc.collect()
    gc.freeze()
    for start, size in list(_own()):
        with suppress(OSError):  # a kernel before 6.1, or no huge page is free: the forks are slower, and no different
            syscalls.collapse(start, size)


def _own() -> Iterator[tuple[int, int]]:
    """The memory of this process alone that huge pages can hold: where it begins, and how much it is (`proc(5)`)."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, access, _, _, _, *name = line.split(maxsplit=5)
        first, last = (int(address, 16) for address in span.split("-"))
        first, last = -(-first // HUGE) * HUGE, last // HUGE * HUGE
        if access == "rw-p" and name in ([], [HEAP]) and first < last:
            yield first, last - first

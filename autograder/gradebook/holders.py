"""Which other programs hold a file locked, as the kernel tells it (`/proc/locks`, proc(5))."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

LOCKS = Path("/proc/locks")


def holders(path: Path) -> str:
    """The programs that hold a lock on `path`, in words: "nbgrader formgrader (process 123)"; empty where none is."""
    found = []
    with suppress(OSError, ValueError, IndexError):
        inode = path.stat().st_ino
        for line in LOCKS.read_text().splitlines():
            fields = line.replace(" -> ", " ").split()  # who waits for a lock stands behind an arrow
            pid, where = int(fields[4]), fields[5].split(":")
            if int(where[2]) == inode and pid > 0 and pid != os.getpid():
                found.append(f"{_command(pid)} (process {pid})")
    return ", ".join(dict.fromkeys(found))


def _command(pid: int) -> str:
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
        return " ".join([Path(words[0]).name, *words[1:]])[:80]
    return "a program"

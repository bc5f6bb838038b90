"""Which processes a room holds and how much memory they take, seen from outside through /proc (`proc(5)`)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PAGE = os.sysconf("SC_PAGE_SIZE")
COMMAND_BYTES = 1000


@dataclass(frozen=True)
class Process:
    """One process of a room, by the numbers that the room itself sees.

    `parent` is 0 for process 1 and for one whose parent is outside; `state` is the kernel's letter (R running, S
    sleeping, D waiting for a device, T stopped, Z ended and not yet collected); `command` are its arguments as it
    presents them: a claim, cut to 1000 bytes, empty once it has ended.
    """

    pid: int
    parent: int
    session: int
    state: str
    command: tuple[str, ...]


def members(*families: Sequence[int]) -> list[list[int]]:
    """For each room, given by the ids, as seen here, of those in it who have no parent there: the ids of all in it.

    Who loses the parent gets process 1 for one, so that descent tells. Empty for a room that is gone.
    """
    children: dict[int, list[int]] = {}
    for pid, parent in _parents().items():
        children.setdefault(parent, []).append(pid)
    found = [[first for first in family if (PROC / str(first)).exists()] for family in families]
    for family in found:
        for pid in family:
            family += children.get(pid, [])
    return found


def table(*family: int) -> list[Process]:
    """The processes of a room, given as in `members`, sorted by id."""
    status = {}
    for pid in members(family)[0]:
        with suppress(OSError):
            status[pid] = _status(pid)
    inner = {pid: int(fields["NSpid"].split()[-1]) for pid, fields in status.items()}
    return sorted(
        (
            Process(
                pid=inner[pid],
                parent=inner.get(int(fields["PPid"]), 0),
                session=int(fields["NSsid"].split()[-1]),
                state=fields["State"][0],
                command=_command(pid),
            )
            for pid, fields in status.items()
        ),
        key=lambda process: process.pid,
    )


def memory(pids: list[int], enough: int) -> int:
    """Bytes of resident memory of processes together.

    The plain sum counts what they share (all that a fork has not written to) once for each. It is cheap and never
    too small, so only when it passes `enough` are proportional shares added up instead.
    """
    plain = sum(map(_resident, pids))
    return plain if plain <= enough else sum(map(_proportional, pids))


def _parents() -> dict[int, int]:
    """Everybody's parent. Read again, a few times, when somebody's parent ended while they were being read."""
    for _ in range(5):
        parents = {}
        for pid in (int(path.name) for path in PROC.iterdir() if path.name.isdecimal()):
            with suppress(OSError):
                # The name, in parentheses, may itself hold parentheses and spaces.
                parents[pid] = int((PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()[1])
        if all(parent in parents or parent == 0 for parent in parents.values()):
            break
    return parents


def _status(pid: int) -> dict[str, str]:
    lines = (PROC / str(pid) / "status").read_text(errors="replace").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _command(pid: int) -> tuple[str, ...]:
    try:
        with (PROC / str(pid) / "cmdline").open("rb") as file:
            text = file.read(COMMAND_BYTES).decode(errors="replace").rstrip("\0")
    except OSError:
        return ()
    return tuple(text.split("\0")) if text else ()


def _resident(pid: int) -> int:
    try:
        return int((PROC / str(pid) / "statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0


def _proportional(pid: int) -> int:
    """The proportional set size; a process that closes itself to inspection counts in full."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return _resident(pid)
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)

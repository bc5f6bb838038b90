"""The Linux calls that Python 3.11 does not have. Each raises OSError with the call's name when the kernel refuses."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import socket
import struct
from pathlib import Path

NEW_MOUNTS, NEW_CGROUP, NEW_NAMES = 0x0002_0000, 0x0200_0000, 0x0400_0000
NEW_IPC, NEW_USER, NEW_PIDS, NEW_NETWORK = 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000

READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC, REMOUNT = 1, 2, 4, 8, 32
BIND, RECURSIVE, PRIVATE = 4096, 16384, 1 << 18

PR_SET_DUMPABLE, PR_CAPBSET_DROP = 4, 24
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
MADV_COLLAPSE = 25

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> int:
    result = getattr(_libc, name)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)
    return result


def unshare(flags: int) -> None:
    """Leave the namespaces of the parent (`unshare(2)`); NEW_PIDS takes effect with the next child."""
    _call("unshare", flags)


def enter(descriptor: int, kind: int) -> None:
    """Enter a namespace by a descriptor of its file below /proc (`setns(2)`)."""
    _call("setns", descriptor, kind)


def pid_of(pidfd: int) -> int:
    """The process of a pidfd, as /proc here counts (`pidfd_open(2)`); -1 where it has ended."""
    lines = Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))


def mount(source: str, target: str, kind: str | None = None, flags: int = 0, options: str = "") -> None:
    """Mount a file system of a kind, or with BIND a part of the tree, on a place (`mount(2)`)."""
    arguments = (text and text.encode() for text in (source, target, kind))
    try:
        _call("mount", *arguments, ctypes.c_ulong(flags), options.encode())
    except OSError as error:
        raise OSError(error.errno, error.strerror, f"mount {kind or source} on {target}") from None


def prctl(option: int, *arguments: int) -> None:
    """Change a property of this process (`prctl(2)`)."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    _call("prctl", option, *(ctypes.c_ulong(argument) for argument in padded))


def dumpable(yes: bool) -> None:
    """Whether processes of the same user may look into this one, and whose its files below /proc are."""
    prctl(PR_SET_DUMPABLE, int(yes))


def no_new_privileges() -> None:
    """No program started from here on gains anything by being set-user-id."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Give up every capability in every set: bounding, ambient, effective, permitted, inheritable."""
    drop_bounding_set()
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = struct.pack("=Ii", 0x2008_0522, 0)  # _LINUX_CAPABILITY_VERSION_3, this thread
    _call("capset", header, bytes(24))


def drop_bounding_set() -> None:
    """No program started from here on gains a capability by its file."""
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for capability in range(last + 1):
        prctl(PR_CAPBSET_DROP, capability)


def map_ids(uid: int, gid: int, *, to: tuple[int, int]) -> None:
    """In a user namespace just made: be `uid` and `gid` here for the user and group `to` outside of it."""
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {to[0]} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {to[1]} 1")


def collapse(start: int, size: int) -> None:
    """Gather the memory at an address into huge pages (`madvise(2)`, MADV_COLLAPSE)."""
    _call("madvise", ctypes.c_void_p(start), ctypes.c_size_t(size), MADV_COLLAPSE)


def loopback_up() -> None:
    """Switch on the loopback interface of a network namespace just made (`netdevice(7)`)."""
    get_flags, set_flags, up = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = fcntl.ioctl(any_socket, get_flags, struct.pack("16sH22x", b"lo", 0))
        flags = struct.unpack("16sH22x", request)[1]
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sH22x", b"lo", flags | up))


def close_all_but(*kept: int, standard: tuple[int, ...]) -> None:
    """Make 0, 1 and 2 copies of the `standard` descriptors, and close every other one that is not `kept`."""
    for number, source in enumerate(standard):
        os.dup2(source, number)
    for number in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
        if number > 2 and number not in kept:
            with contextlib.suppress(OSError):  # the descriptor of the listing itself is gone by now
                os.close(number)

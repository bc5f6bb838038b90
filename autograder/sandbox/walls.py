"""The walls of one room, built from inside by its process 1, before any strange code runs.

Order is everything. Mounts come first, while this process still rules the namespaces that its supervisor owns. Then
it moves into a user namespace of its own, where it rules nothing that lies outside: from here on no mount can be
undone, not even with the capabilities that are then dropped as well.
"""

from __future__ import annotations

import os
import resource
from contextlib import suppress
from pathlib import Path

from . import mounts, seccomp, syscalls
from .policy import Limits, Policy
from .syscalls import BIND, NO_DEVICES, NO_EXEC, NO_SUID, PRIVATE, READ_ONLY, RECURSIVE, REMOUNT, mount

# Switches of the whole machine: some ask only for the user's number, not for a capability.
READ_ONLY_PROC = ("sys", "sysrq-trigger", "irq", "bus", "fs", "acpi", "scsi")
# What tells about the machine and helps to attack it: its memory, keys, addresses, messages, how it was started.
EMPTY_PROC = ("cmdline", "kallsyms", "kcore", "keys", "key-users", "kmsg", "latency_stats", "sched_debug", "timer_list")
HARMLESS = NO_SUID | NO_DEVICES


def raise_walls(policy: Policy, limits: Limits, hidden: tuple[Path, ...]) -> None:
    """Turn this process, process 1 of a new pid namespace, into one that sees and can do only what it may.

    `hidden` are the files and folders to cover. OSError names the call that the kernel refused.
    """
    ids = os.geteuid(), os.getegid()
    syscalls.unshare(
        syscalls.NEW_MOUNTS | syscalls.NEW_IPC | syscalls.NEW_NETWORK | syscalls.NEW_CGROUP | syscalls.NEW_NAMES
    )
    mount("none", "/", flags=RECURSIVE | PRIVATE)
    user_limits = _mount_proc()
    _mount_writable(policy, limits)
    _cover(hidden)
    syscalls.loopback_up()

    syscalls.unshare(syscalls.NEW_USER)
    syscalls.map_ids(*ids, to=ids)
    _no_more_user_namespaces(user_limits)


def bound(policy: Policy, limits: Limits) -> None:
    """Put an end to every resource of this process and of all that it starts, and go to the work folder."""
    Path("/proc/self/oom_score_adj").write_text("1000")
    _limit(limits)
    os.chdir(policy.work)


def lock() -> None:
    """Give up every privilege and install the filter of system calls, for this process and all that it starts."""
    syscalls.drop_capabilities()
    syscalls.no_new_privileges()
    seccomp.install(seccomp.here())


def tmpfs(target: Path, limits: Limits) -> None:
    """Mount a file system in memory with an end to its bytes and to its files."""
    options = f"size={limits.disk},nr_inodes={limits.inodes},mode=0755"
    mount("tmpfs", str(target), "tmpfs", HARMLESS, options)


def _mount_proc() -> int:
    """A /proc that knows this room alone. The result is a descriptor of its `sys/user`, still writable."""
    flags = HARMLESS | NO_EXEC
    mount("proc", "/proc", "proc", flags)
    user_limits = os.open("/proc/sys/user", os.O_PATH | os.O_DIRECTORY)
    for path in (Path("/proc", name) for name in READ_ONLY_PROC):
        if path.exists():
            mount(str(path), str(path), flags=BIND | RECURSIVE)
            mount("none", str(path), flags=BIND | REMOUNT | READ_ONLY | flags)
    for path in (Path("/proc", name) for name in EMPTY_PROC):
        if path.exists():
            mount("/dev/null", str(path), flags=BIND)
    return user_limits


def _mount_writable(policy: Policy, limits: Limits) -> None:
    """Home, temporary files and shared memory of this room's own, beside the work folder of the submission."""
    work = os.open(policy.work, os.O_PATH | os.O_DIRECTORY)
    readable = {path: os.open(path, os.O_PATH) for path in mounts.outermost(below=Path("/tmp"))}
    shm = policy.folder / "shm"

    tmpfs(policy.folder, limits)
    for folder, mode in ((policy.work, 0o755), (policy.home, 0o700), (policy.tmp, 0o1777), (shm, 0o1777)):
        folder.mkdir()
        folder.chmod(mode)
    mount(_opened(work), str(policy.work), flags=BIND)
    mount(str(policy.tmp), "/tmp", flags=BIND)
    mount(str(shm), "/dev/shm", flags=BIND)
    mount("devpts", "/dev/pts", "devpts", NO_SUID | NO_EXEC, "newinstance,max=64,ptmxmode=0666,mode=0620")
    for path, descriptor in readable.items():
        is_folder = Path(_opened(descriptor)).is_dir()
        (path if is_folder else path.parent).mkdir(parents=True, exist_ok=True)
        if not is_folder:
            path.touch()
        mount(_opened(descriptor), str(path), flags=BIND | RECURSIVE)


def _opened(descriptor: int) -> str:
    return f"/proc/self/fd/{descriptor}"


def _cover(hidden: tuple[Path, ...]) -> None:
    """Put something empty over files and folders, wherever they are to be seen."""
    # What Python made of a hidden source file would tell as much as the file.
    compiled = {path.parent / "__pycache__" for path in hidden if path.suffix == ".py"}
    paths = {*hidden, *(path for path in compiled if path.is_dir())}
    for place in {place for path in paths if paths.isdisjoint(path.parents) for place in mounts.aliases(path)}:
        if place.is_dir():
            mount("tmpfs", str(place), "tmpfs", HARMLESS | READ_ONLY, "size=4096,nr_inodes=1,mode=0000")
        else:
            mount("/dev/null", str(place), flags=BIND)


def _no_more_user_namespaces(user_limits: int) -> None:
    """Allow none below this one. The switch is per namespace, chosen when it is opened (`namespaces(7)`)."""
    switch = os.open("max_user_namespaces", os.O_WRONLY, dir_fd=user_limits)
    os.write(switch, b"0")
    os.close(switch)


def _limit(limits: Limits) -> None:
    for name, value in (
        (resource.RLIMIT_AS, limits.address_space),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        # Not 0: for 1 the kernel does not start the machine's crash handler either (Linux, fs/coredump.c).
        (resource.RLIMIT_CORE, 1),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
    ):
        with suppress(ValueError):  # the nursery's own limit is lower already
            resource.setrlimit(name, (value, value))

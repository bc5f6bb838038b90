"""Which system calls a room may make: a filter for the kernel, written as classic BPF.

Everything is allowed but what reaches beyond the room (mounts, namespaces, other processes' memory, keys, modules,
clocks), what takes memory that no limit counts (memory files, System V objects), and what is newer than this list.
The calls are those that container engines refuse to unprivileged containers.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from .errors import SandboxError
from .syscalls import prctl

# Call → number on x86_64, on aarch64 (None: does not exist there). Linux, arch/x86/entry/syscalls/syscall_64.tbl
# and include/uapi/asm-generic/unistd.h.
REFUSED: dict[str, tuple[int, int | None]] = {
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "bpf": (321, 280),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "syslog": (103, 116),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "lookup_dcookie": (212, 18),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "vhangup": (153, 58),
    "personality": (135, 92),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "mbind": (237, 235),
    "set_mempolicy": (238, 237),
    "set_mempolicy_home_node": (450, 450),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "fanotify_init": (300, 262),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "uselib": (134, None),
}
CLONE = (56, 220)
CLONE3 = (435, 435)
SOCKET = (41, 198)
IOCTL = (16, 29)
NEWEST = 462  # mseal, Linux 6.10. The flags and effects of later calls are not known here.

# Namespaces of other address families (virtual machine sockets, crypto, radio) are shared with the machine.
FAMILIES = (1, 2, 10, 16)  # AF_UNIX, AF_INET, AF_INET6, AF_NETLINK
NEW_NAMESPACE = 0x7E02_0000  # CLONE_NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET
TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX: type into a terminal on somebody else's behalf

# struct seccomp_data
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
LOAD, EQUAL, GREATER, ANY_BIT, RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
ALLOW, KILL, ERRNO = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
ARCHITECTURES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2


def program(machine: str) -> bytes:
    """The filter for a machine ("x86_64", "aarch64") as an array of `struct sock_filter`."""
    if machine not in ARCHITECTURES:
        raise SandboxError(
            f"this machine ({machine})",
            "the list of refused system calls knows x86_64 and aarch64 only.",
            "Without it a submission could use parts of the kernel that no exercise needs.",
            "Grade on a machine of one of these kinds.",
        )
    column, audit = ARCHITECTURES[machine]

    def op(code: int, k: int, then: int = 0, otherwise: int = 0) -> bytes:
        return struct.pack("=HBBI", code, then, otherwise, k)

    def answer(number: int) -> bytes:
        return op(RETURN, ERRNO | number)

    def argument(i: int) -> bytes:
        return op(LOAD, ARGUMENTS + 8 * i)

    def only(call: tuple[int, int], then: list[bytes]) -> list[bytes]:
        return [op(EQUAL, call[column], 0, len(then)), *then]

    code = [op(LOAD, ARCHITECTURE), op(EQUAL, audit, 1), op(RETURN, KILL), op(LOAD, NUMBER)]
    code += [op(GREATER, NEWEST, 0, 1), answer(errno.ENOSYS)]
    for numbers in REFUSED.values():
        if (number := numbers[column]) is not None:
            code += [op(EQUAL, number, 0, 1), answer(errno.EPERM)]
    # "Not there" makes the C library fall back to clone, whose flags a filter can read.
    code += only(CLONE3, [answer(errno.ENOSYS)])
    code += only(CLONE, [argument(0), op(ANY_BIT, NEW_NAMESPACE, 0, 1), answer(errno.EPERM), op(RETURN, ALLOW)])
    families = [argument(0)]
    for family in FAMILIES:
        families += [op(EQUAL, family, 0, 1), op(RETURN, ALLOW)]
    code += only(SOCKET, [*families, answer(errno.EAFNOSUPPORT)])
    requests = [argument(1)]
    for request in TERMINAL_INPUT:
        requests += [op(EQUAL, request, 0, 1), answer(errno.EPERM)]
    code += only(IOCTL, [*requests, op(RETURN, ALLOW)])
    return b"".join([*code, op(RETURN, ALLOW)])


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install(code: bytes) -> None:
    """Put the filter on this process and all that it will start; it cannot be taken off. Needs no_new_privs."""
    prog = _Program(len(code) // 8, code)
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(prog))


def here() -> bytes:
    """The filter for the machine that this runs on."""
    return program(platform.machine())

"""The filter of system calls: well formed, and felt by those who call."""

import ctypes
import errno
import os
import platform
import struct

import pytest

from autograder.sandbox import SandboxError, seccomp
from autograder.sandbox.syscalls import no_new_privileges

HERE = seccomp.ARCHITECTURES[platform.machine()][0]
CALLS = {name: numbers[HERE] for name, numbers in seccomp.REFUSED.items() if numbers[HERE] is not None}


def decide(code: bytes, number: int, architecture: int, arguments: tuple[int, ...] = ()) -> int:
    """What the filter returns for a call: an interpreter of the few instructions that it uses."""
    data = struct.pack("=IIQ6Q", number & 0xFFFFFFFF, architecture, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    instructions = list(struct.iter_unpack("=HBBI", code))
    position = accumulator = 0
    while True:
        operation, then, otherwise, k = instructions[position]
        position += 1
        if operation == seccomp.LOAD:
            accumulator = struct.unpack_from("=I", data, k)[0]
        elif operation == seccomp.RETURN:
            return k
        else:
            true = {
                seccomp.EQUAL: accumulator == k,
                seccomp.GREATER: accumulator > k,
                seccomp.ANY_BIT: bool(accumulator & k),
            }[operation]
            position += then if true else otherwise


def refusal(number: int) -> int:
    return seccomp.ERRNO | number


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_each_listed_call_is_refused_and_common_ones_are_not(machine):
    """On both kinds of machine, whatever the arguments are."""
    column, audit = seccomp.ARCHITECTURES[machine]
    code = seccomp.program(machine)
    numbers = [pair[column] for pair in seccomp.REFUSED.values() if pair[column] is not None]
    assert {decide(code, number, audit, (1, 2, 3)) for number in numbers} == {refusal(errno.EPERM)}
    special = {seccomp.CLONE3[column], *numbers}
    others = [number for number in range(seccomp.NEWEST + 1) if number not in special]
    harmless = (2, 0, 0)  # AF_INET to socket; no flag to clone; no request to ioctl
    assert {decide(code, number, audit, harmless) for number in others} == {seccomp.ALLOW}


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_what_depends_on_arguments(machine):
    """New namespaces, foreign address families and typing into terminals are refused; forks and sockets are not."""
    column, audit = seccomp.ARCHITECTURES[machine]
    code = seccomp.program(machine)

    def said(call, *arguments):
        return decide(code, call[column], audit, arguments)

    fork, thread = 0x0120_0011, 0x003D_0F00
    assert {said(seccomp.CLONE, flags) for flags in (fork, thread)} == {seccomp.ALLOW}
    for bit in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        assert said(seccomp.CLONE, fork | bit) == refusal(errno.EPERM)
    assert said(seccomp.CLONE3) == refusal(errno.ENOSYS)
    assert {said(seccomp.SOCKET, family, 1, 0) for family in seccomp.FAMILIES} == {seccomp.ALLOW}
    unknown = set(range(50)) - set(seccomp.FAMILIES)
    assert {said(seccomp.SOCKET, family, 1, 0) for family in unknown} == {refusal(errno.EAFNOSUPPORT)}
    assert said(seccomp.IOCTL, 0, 0x5412) == refusal(errno.EPERM)
    assert said(seccomp.IOCTL, 0, 0xFFFF_FFFF_0000_5412) == refusal(errno.EPERM)
    assert said(seccomp.IOCTL, 0, 0x5413) == seccomp.ALLOW


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_calls_by_other_doors_are_closed(machine):
    """Another architecture's calls kill; numbers past the list, among them those of x32, do not exist."""
    column, audit = seccomp.ARCHITECTURES[machine]
    code = seccomp.program(machine)
    others = {0x4000_0003, seccomp.ARCHITECTURES["aarch64" if column == 0 else "x86_64"][1]}
    assert {decide(code, 1, other) for other in others} == {seccomp.KILL}
    for number in (seccomp.NEWEST + 1, 0x4000_0000 + 165, 0xFFFF_FFFF):
        assert decide(code, number, audit) == refusal(errno.ENOSYS)


def test_an_unknown_machine_is_an_error_that_says_so():
    """No filter is made up for a machine whose numbers are not known."""
    with pytest.raises(SandboxError, match="riscv64"):
        seccomp.program("riscv64")


def in_a_child(work) -> int:
    """What a function returns in a fork, as an exit status of 0 to 255."""
    pid = os.fork()
    if pid == 0:
        status = 255
        try:
            status = work()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.parametrize("name", CALLS)
def test_the_kernel_refuses(name):
    """Called under the filter, each is EPERM, and before the kernel looks at a single argument."""

    def work():
        no_new_privileges()
        seccomp.install(seccomp.here())
        libc = ctypes.CDLL(None, use_errno=True)
        return ctypes.get_errno() if libc.syscall(CALLS[name], -1, -1, -1, -1, -1, -1) == -1 else 254

    assert in_a_child(work) == errno.EPERM


def test_processes_threads_and_sockets_work_under_the_filter():
    """What every program does is not disturbed."""

    def work():
        import socket
        import subprocess
        import threading

        no_new_privileges()
        seccomp.install(seccomp.here())
        socket.socket(socket.AF_INET).close()
        threading.Thread(target=int).start()
        return subprocess.call(["true"])

    assert in_a_child(work) == 0

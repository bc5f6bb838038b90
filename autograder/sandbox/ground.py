"""The first process behind the outer wall. It stops being root, and forks the trunk and the supervisors.

It imports next to nothing and stays small, so that its forks cost little: a supervisor and the process 1 of a room have
no use for what the trunk has warm. It never runs a stranger's code.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import socket
from typing import NoReturn

from . import supervisor, syscalls, trunk
from .messages import receive, send
from .policy import Policy

# A submission lives for moments. By Python's own threshold a fifth of them would be spent on looking for cycles.
GC_THRESHOLD = (20_000, 20, 20)


def main(control_descriptor: int) -> NoReturn:
    """Serve the grader on the control channel until it closes it or ends, or the outer wall does.

    Its first message brings the policy, and pidfds of both. Asking to be signalled when the parent dies would not do:
    the outer wall is of another user and without a capability, so its death may not signal anybody here.
    """
    control = socket.socket(fileno=control_descriptor)
    _forget_habits()
    gc.set_threshold(*GC_THRESHOLD)
    try:
        # The one place where the sandbox unpickles: what the grader itself wrote, before any submission is opened.
        _, written, guardians = receive(control)
        policy: Policy = pickle.loads(written)
        if os.geteuid() == 0:
            _stop_being_root(policy)
        within = _own_world()
    except OSError as error:
        send(control, {"error": f"{error.strerror}: {error.filename}", "errno": error.errno})
        os._exit(1)
    if within:
        for descriptor in (control.detach(), *guardians):
            os.close(descriptor)
        os.waitpid(within, 0)
        os._exit(0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    orders, asking, ended = _plant(policy, control, guardians)
    try:
        answer, _, _ = receive(orders)
    except EOFError:
        answer = {"error": "warming ended the process"}
    send(control, answer)
    if "error" in answer:
        os._exit(1)
    _serve(policy, control, orders, asking, (*guardians, ended))


def _own_world() -> int:
    """Rule over namespaces of users and of processes that all others are below; fork the process 1 of that world.

    Who rules a world may send children into the worlds below it, which is what the trunk does. 0 in the child.
    """
    ids = os.geteuid(), os.getegid()
    syscalls.unshare(syscalls.NEW_USER | syscalls.NEW_PIDS)
    syscalls.map_ids(*ids, to=ids)
    return os.fork()


def _plant(policy: Policy, control: socket.socket, guardians: list[int]) -> tuple[socket.socket, socket.socket, int]:
    """Fork the trunk: the channel for orders, the socket on which it is asked for workers, and a pidfd of it."""
    orders, theirs = socket.socketpair()
    asking, requests = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        for descriptor in (control.detach(), orders.detach(), asking.detach(), *guardians):
            os.close(descriptor)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        trunk.live(policy, theirs, requests)
    theirs.close()
    requests.close()
    return orders, asking, os.pidfd_open(pid)


def _serve(
    policy: Policy, control: socket.socket, orders: socket.socket, asking: socket.socket, guardians: tuple[int, ...]
) -> NoReturn:
    while True:
        if set(guardians) & set(select.select([control, *guardians], [], [])[0]):
            os._exit(0)
        try:
            asked, content, descriptors = receive(control)
        except (EOFError, OSError):
            os._exit(0)
        if asked:
            send(orders, asked, content, descriptors)
        else:
            _supervise(policy, (control, orders, *guardians), asking, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _supervise(policy: Policy, ours: tuple, asking: socket.socket, own: int, *descriptors: int) -> None:
    """Fork the supervisor of a submission, with the descriptors that the grader has sent."""
    try:
        forked = os.fork()
    except OSError as error:
        with socket.socket(fileno=os.dup(own)) as channel:
            send(channel, {"error": f"{error.strerror}: fork", "errno": error.errno})
        return
    if forked == 0:
        for each in ours:
            os.close(each if isinstance(each, int) else each.detach())
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        student, checker, one, other, *requests = descriptors
        of_branch = socket.socket(fileno=requests[0]) if requests else asking
        supervisor.found(policy, socket.socket(fileno=own), (student, one), (checker, other), asking, of_branch)


def _forget_habits() -> None:
    """Undo what is inherited from however the grader was started: ignored and blocked signals, the mask of modes."""
    os.umask(0o022)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP, signal.SIGPIPE, signal.SIGXFSZ}:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _stop_being_root(policy: Policy) -> None:
    """Mount /proc, which bubblewrap would cover in parts so that no room could have its own; then stop being root."""
    try:
        os.setgroups([])
        os.setresgid(policy.gid, policy.gid, policy.gid)
        syscalls.mount("proc", "/proc", "proc", syscalls.NO_SUID | syscalls.NO_DEVICES | syscalls.NO_EXEC)
        syscalls.drop_bounding_set()
        os.setresuid(policy.uid, policy.uid, policy.uid)
    except OSError as error:
        raise OSError(error.errno, error.strerror, error.filename or "becoming another user") from None
    syscalls.no_new_privileges()
    syscalls.dumpable(True)

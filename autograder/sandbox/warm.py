"""The process in the nursery: it imports what every submission needs, and from then on only forks.

It is process 1 behind the outer wall. It never runs a stranger's code, and holds nothing that a stranger may not see.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import select
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import NoReturn

from . import branch, forks, supervisor, syscalls
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
    try:
        # The one place where the sandbox unpickles: what the grader itself wrote, before any submission is opened.
        _, written, guardians = receive(control)
        policy: Policy = pickle.loads(written)
        if os.geteuid() == 0:
            _stop_being_root(policy)
    except OSError as error:
        send(control, {"error": f"{error.strerror}: {error.filename}", "errno": error.errno})
        os._exit(1)
    for name in policy.warm:
        try:
            _warm(name)
        except Exception:
            send(control, {"error": f"warming {name}\n{traceback.format_exc(limit=-1)}"})
            os._exit(1)
    if secret := _secrets(policy):
        send(
            control, {"error": f"warming loaded {secret[0]}, which only the checker may see: every room would know it"}
        )
        os._exit(1)
    forks.settle()
    gc.set_threshold(*GC_THRESHOLD)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    send(control, {"up": True})
    _serve(policy, control, guardians)


def _serve(policy: Policy, control: socket.socket, guardians: list[int]) -> NoReturn:
    while True:
        if set(guardians) & set(select.select([control, *guardians], [], [])[0]):
            os._exit(0)
        try:
            asked, content, (own, *descriptors) = receive(control)
        except (EOFError, OSError):
            os._exit(0)
        with socket.socket(fileno=own) as channel:
            try:
                forked = os.fork()
            except OSError as error:
                send(channel, {"error": f"{error.strerror}: fork", "errno": error.errno})
                forked = -1
            if forked == 0:
                for descriptor in (control.detach(), *guardians):
                    os.close(descriptor)
                if entry := asked.get("branch"):
                    branch.live(policy, entry, content, channel, socket.socket(fileno=descriptors[0]))
                _supervise(policy, channel, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _supervise(
    policy: Policy, channel: socket.socket, student: int, checker: int, one: int, other: int, requests: int = -1
) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asking = socket.socket(fileno=requests) if requests >= 0 else None
    supervisor.found(policy, channel, (student, one), (checker, other), asking)


def _forget_habits() -> None:
    """Undo what is inherited from however the grader was started: ignored and blocked signals, the mask of modes."""
    os.umask(0o022)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP, signal.SIGPIPE, signal.SIGXFSZ}:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _warm(name: str) -> None:
    """Import "package.module", and call "package.module:function" as well when a function is named."""
    module, _, function = name.partition(":")
    imported = importlib.import_module(module)
    if function:
        getattr(imported, function)()


def _secrets(policy: Policy) -> list[str]:
    """Modules loaded from what only the checker may see; a room covers files, and cannot cover memory."""
    hidden = [path.resolve() for path in policy.checker_only]
    files = {name: getattr(module, "__file__", None) for name, module in list(sys.modules.items())}
    return [
        name
        for name, file in files.items()
        if file and any(Path(file).resolve().is_relative_to(path) for path in hidden)
    ]


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

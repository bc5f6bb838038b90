"""The trunk of the nursery: it imports what every submission needs, and from then on only forks.

From it come the processes that work in rooms, and the branches. It never runs a stranger's code, and holds nothing that
a stranger may not see.
"""

from __future__ import annotations

import importlib
import os
import select
import socket
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from . import branch, forks
from .messages import receive, send
from .policy import Policy
from .workers import Workers


def live(policy: Policy, orders: socket.socket, requests: socket.socket) -> NoReturn:
    """Be the trunk: get warm, say so, make branches when ordered, and workers when asked; end with who gives orders."""
    for name in policy.warm:
        try:
            _warm(name)
        except Exception:
            send(orders, {"error": f"warming {name}\n{traceback.format_exc(limit=-1)}"})
            os._exit(1)
    _settle(policy, orders)
    workers = Workers(policy, requests)
    send(orders, {"up": True})
    while True:
        ready = select.select([orders, *workers.waits_for()], [], [])[0]
        workers.go_on(ready)
        if orders in ready:
            _obey(policy, orders, workers)


def _settle(policy: Policy, channel: socket.socket) -> None:
    """Make sure of what is in memory, before the next fork."""
    if secret := _secrets(policy):
        why = f"warming loaded {secret[0]}, which only the checker may see: every room would know it"
        send(channel, {"error": why})
        os._exit(1)
    forks.settle()


def _obey(policy: Policy, orders: socket.socket, workers: Workers) -> None:
    """Warm more, or make a branch: whichever is ordered."""
    try:
        order, content, descriptors = receive(orders)
    except (EOFError, OSError):
        os._exit(0)
    channel, *rest = (socket.socket(fileno=descriptor) for descriptor in descriptors)
    with channel:
        if "branch" in order:
            _branch(policy, order["branch"], content, channel, *rest, orders, workers)
            return
        for name in order["warm"]:
            with suppress(Exception):  # a room that needs it will say why it is not to be had
                _warm(name)
        _settle(policy, channel)
        send(channel, {"up": True})


def _branch(
    policy: Policy,
    entry: str,
    content: bytes,
    channel: socket.socket,
    requests: socket.socket,
    orders: socket.socket,
    workers: Workers,
) -> None:
    """Fork a branch."""
    with requests:
        try:
            forked = os.fork()
        except OSError as error:
            send(channel, {"error": f"{error.strerror}: fork", "errno": error.errno})
            return
        if forked == 0:
            orders.close()
            workers.leave()
            branch.live(policy, entry, content, channel, requests)
        workers.see_off(forked)


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

"""A probe for the tests of the sandbox: `serve` runs whatever it is sent inside, `ask` sends it from outside."""

import socket
import time
import traceback
from contextlib import suppress
from pathlib import Path

from autograder.sandbox.messages import receive, send


def serve(channel, other):
    """Inside: run each text in one namespace; answer with its variable `said`, or with the exception.

    In that namespace `other` is the channel to the other room.
    """
    names = {"other": other}
    while True:
        try:
            request, _, _ = receive(channel)
        except EOFError:
            return
        names["said"] = None
        try:
            exec(request["code"], names)
            answer = {"said": names["said"]}
        except BaseException as error:
            answer = {"raised": type(error).__name__, "trace": traceback.format_exc(limit=-2)}
        send(channel, answer)


def greet(channel, other):
    """Inside: say something at once, and end."""
    channel.sendall(b"hello")


def ask(channel: socket.socket, code: str):
    """Outside: what `said` was after the code had run; AssertionError with the traceback when it raised."""
    send(channel, {"code": code})
    answer, _, _ = receive(channel)
    assert "raised" not in answer, answer["trace"]
    return answer["said"]


def refused(channel: socket.socket, code: str) -> str:
    """Outside: the name of the exception that the code raised, or "nothing"."""
    send(channel, {"code": code})
    return receive(channel)[0].get("raised", "nothing")


def sleeper(token: str) -> str:
    """Outside: code that leaves a process behind, in a session of its own and with a token in its arguments."""
    return f"""
import subprocess
child = subprocess.Popen(['sleep', {token!r}], start_new_session=True)
while {token!r} not in open(f'/proc/{{child.pid}}/cmdline').read(): pass
"""


def alive(token: str, where: str = "cmdline") -> list[int]:
    """Outside: the processes of this machine with a token in their arguments, or in their name ("comm")."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            with suppress(OSError):
                if token.encode() in (path / where).read_bytes():
                    found.append(int(path.name))
    return found


def gone(token: str, seconds: float = 20, where: str = "cmdline") -> bool:
    """Outside: whether the last process with a token ends before a deadline."""
    deadline = time.monotonic() + seconds
    while alive(token, where):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True

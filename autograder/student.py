"""The untrusted side: runs the student's cells, and answers what the checker asks about them.

Nothing here protects anything. Student code runs in this very process and may change all of it; what leaves is a claim,
which the checker takes apart as plain data.
"""

from __future__ import annotations

import select
import socket
import sys
from contextlib import suppress
from typing import Any

from autograder import arguments
from autograder.channel import Channel, ChannelError, TooLarge
from autograder.handles import ABILITIES
from autograder.recorder import CUT
from autograder.shell import Shell
from autograder.values import Encoder

MAX_PRINTED = 64_000


def serve(grader: socket.socket, checker: socket.socket) -> None:
    """Answer what the grader and the checker ask, on a socket each, until one of them closes it."""
    sys.path.insert(0, "")  # as in Jupyter, where a notebook may import what lies beside it
    channels = {sock: Channel(sock) for sock in (grader, checker)}
    side = _Side()
    try:
        while True:
            for sock in select.select(channels, [], [])[0]:
                _answer(side, channels[sock])
    except ChannelError:
        return


def _answer(side: _Side, channel: Channel) -> None:
    request = channel.receive()
    try:
        channel.send({"re": request["id"], **side.answer(request)})
    except TooLarge as error:
        channel.send({"re": request["id"], **side.too_large(request, error)})


class _Side:
    def __init__(self) -> None:
        self.shell = Shell()
        self.names = self.shell.names
        self.live = arguments.Live()
        self.handles: dict[int, object] = {}
        self.numbers: dict[int, int] = {}
        self.count = 0

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if request["op"] == "run":
            return {"outputs": self.shell.run(request["text"]).outputs}
        for number in request.get("forget", ()):
            self.numbers.pop(id(self.handles.pop(number, None)), None)
        for number in request.get("unused", ()):
            self.live.drop(number)
        there = set(self.live.things)
        with self.shell.aside() as outputs:
            reply = self._tried(request)
        printed = {name: text[:MAX_PRINTED] for name in ("stdout", "stderr") if (text := outputs.said(name))}
        opened = sorted(set(self.live.things) - there)
        return reply | printed | ({"opened": opened} if opened else {})

    def too_large(self, request: dict[str, Any], error: TooLarge) -> dict[str, Any]:
        """The answer in the place of one that does not fit into a frame."""
        if request["op"] == "run":
            return {"outputs": [{"output_type": "stream", "name": "stderr", "text": CUT}]}
        return {"ok": False, "raised": Encoder()(ValueError(str(error)))}

    def _tried(self, request: dict[str, Any]) -> dict[str, Any]:
        given: list[object] = []
        numbers: dict[int, int] = {}
        before: dict[int, Any] = {}
        try:
            things = self._things(request)
            if request["op"] == "call":
                given = things[3]
                numbers = {id(thing): number for number, thing in enumerate(given)}
                before = self._contents(given, numbers)
            value = getattr(self, f"_do_{request['op']}")(request, things)
            reply = {"ok": True, "value": Encoder(self._handle, numbers).whole(value)}
        except BaseException as error:  # also SystemExit: the next request is to be answered
            reply = {"ok": False, "raised": Encoder().whole(error)}
        back = [[number, doc] for number, doc in self._contents(given, numbers).items() if before.get(number) != doc]
        news = self.live.news()
        return reply | ({"back": back} if back else {}) | ({"news": news} if news else {})

    def _things(self, request: dict[str, Any]) -> list:
        things = []
        if "things" in request:
            things = arguments.unpack(request["things"], self.live, self.handles, self.names)
        self.live.take(request.get("news", ()))
        return things

    def _do_get(self, request: dict[str, Any], things: list) -> Any:
        name = request["name"]
        if name not in self.names:
            raise NameError(f"name {name!r} is not defined", name=name)
        return self.names[name]

    def _do_set(self, request: dict[str, Any], things: list) -> None:
        (self.names[request["name"]],) = things

    def _do_del(self, request: dict[str, Any], things: list) -> None:
        del self.names[request["name"]]

    def _do_call(self, request: dict[str, Any], things: list) -> Any:
        target, args, kwargs, _ = things
        return target(*args, **kwargs)

    def _do_finish(self, request: dict[str, Any], things: list) -> Any:
        (awaitable,) = things
        return self.shell.finish(awaitable)

    def _contents(self, given: list[object], numbers: dict[int, int]) -> dict[int, Any]:
        """Documents of the containers among what came with a call, by number; None for what cannot go back."""
        found, kinds = {}, arguments.containers()
        for number, thing in enumerate(given):
            if isinstance(thing, kinds):
                found[number] = None
                with suppress(Exception):
                    found[number] = Encoder(self._handle, numbers).contents(thing)
        return found

    def _handle(self, thing: object) -> list:
        """The document of what stays here: its number, its classes, what it can do."""
        number = self.numbers.get(id(thing))
        if number is None:
            number = self.count = self.count + 1
            self.handles[number], self.numbers[id(thing)] = thing, number
        kind = type(thing)
        classes = [f"{base.__module__}:{base.__qualname__}" for base in kind.__mro__[:20]]
        abilities = [name for name in ABILITIES if any(name in vars(base) for base in kind.__mro__)]
        return ["handle", number, classes, abilities]

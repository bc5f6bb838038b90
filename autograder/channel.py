"""Framed messages over a socket: `u32 length | UTF-8 JSON`, an object a frame.

A request is `{"id": n, "op": …}`, with rising numbers; its reply is `{"re": n, …}`. At most one request is under way in
each direction. Whatever the other side sends, what comes out is a dict within the bounds, or one of three errors.
"""

from __future__ import annotations

import itertools
import json
import re
import socket
import struct
import time
from typing import Any

MAX_FRAME = 8_000_000
MAX_DEPTH = 50
MAX_NODES = 1_000_000
_LENGTH = struct.Struct(">I")
# Possessive, and content with a string that never ends: linear in the frame, whatever it holds.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_NO_BRACKET = re.compile(rb"[^\[\]{}]+")


class ChannelError(Exception):
    """Nothing more can be said over this channel."""


class Closed(ChannelError):
    """The process at the other end is gone."""


class Late(ChannelError):
    """The deadline passed before the message was through."""


class Garbled(ChannelError):
    """The other side broke the protocol."""


class TooLarge(ValueError):
    """A message that this side wants to send is larger than a frame may be. Nothing was sent."""


class Channel:
    """One end of a connected stream socket. A deadline is a time of `time.monotonic`; None waits for ever."""

    def __init__(self, sock: socket.socket):
        self._sock = sock
        self._ids = itertools.count(1)

    def send(self, message: dict[str, Any], deadline: float | None = None) -> None:
        """Send one message. TooLarge, Closed or Late."""
        body = json.dumps(message, separators=(",", ":")).encode("ascii")
        if len(body) > MAX_FRAME:
            raise TooLarge(f"a message of {len(body):,} bytes; at most {MAX_FRAME:,} may be sent")
        try:
            self._limit(deadline)
            self._sock.sendall(_LENGTH.pack(len(body)) + body)
        except TimeoutError as error:
            raise Late("the message was not taken in time") from error
        except OSError as error:
            raise Closed("the other side is gone") from error

    def receive(self, deadline: float | None = None) -> dict[str, Any]:
        """The next message. Closed, Late or Garbled."""
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size, deadline))
        if length > MAX_FRAME:
            raise Garbled(f"a frame of {length:,} bytes; at most {MAX_FRAME:,} are allowed")
        return parse(self._read(length, deadline))

    def ask(self, message: dict[str, Any], deadline: float | None = None) -> dict[str, Any]:
        """Send a request and wait for its reply. TooLarge, Closed, Late or Garbled."""
        number = self.request(message, deadline)
        reply = self.receive(deadline)
        if reply.get("re") != number:
            raise Garbled("a reply to a request that was not made")
        return reply

    def request(self, message: dict[str, Any], deadline: float | None = None) -> int:
        """Send a request under the next number, which is returned."""
        number = next(self._ids)
        self.send({"id": number, **message}, deadline)
        return number

    def close(self) -> None:
        """Close this end."""
        self._sock.close()

    def _read(self, size: int, deadline: float | None) -> bytearray:
        data = bytearray(size)
        view, done = memoryview(data), 0
        while done < size:
            try:
                self._limit(deadline)
                count = self._sock.recv_into(view[done:])
            except TimeoutError as error:
                raise Late("no answer in time") from error
            except OSError as error:
                raise Closed("the other side is gone") from error
            if not count:
                raise Closed("the other side is gone")
            done += count
        return data

    def _limit(self, deadline: float | None) -> None:
        if deadline is None:
            self._sock.settimeout(None)
            return
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)


def parse(body: bytes | bytearray) -> dict[str, Any]:
    """The message that a frame's body holds. Garbled where it is none, or too deep, or has too many parts."""
    if body.count(b"[") + body.count(b"{") + body.count(b",") > MAX_DEPTH:
        _check_shape(body)
    try:
        message = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Garbled("a frame that is not JSON") from error
    if type(message) is not dict:
        raise Garbled("a frame that holds no object")
    return message


def _check_shape(body: bytes | bytearray) -> None:
    """Depth and number of parts, before anything is built."""
    bare = _STRING.sub(b"", body)
    if bare.count(b",") + bare.count(b"[") + bare.count(b"{") > MAX_NODES:
        raise Garbled(f"a frame of more than {MAX_NODES:,} parts")
    depth = 0
    for byte in _NO_BRACKET.sub(b"", bare):
        depth += 1 if byte in b"[{" else -1
        if depth > MAX_DEPTH:
            raise Garbled(f"a frame nested more than {MAX_DEPTH} deep")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")

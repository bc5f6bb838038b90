"""Messages between the grader and the trusted processes of its nursery: JSON, a payload, and open descriptors.

A frame is two lengths (u32, u64, network order), the JSON text, and the payload. Descriptors travel with its first
byte (`unix(7)`, SCM_RIGHTS). No room ever holds such a channel while it runs a stranger's code.
"""

from __future__ import annotations

import json
import os
import socket
import struct
from collections.abc import Sequence
from typing import Any

HEADER = struct.Struct("!IQ")
MAX_DESCRIPTORS = 8


def send(to: socket.socket, message: dict[str, Any], payload: bytes = b"", descriptors: Sequence[int] = ()) -> None:
    """Send one frame; the caller keeps its own copies of the descriptors."""
    text = json.dumps(message).encode()
    frame = HEADER.pack(len(text), len(payload)) + text + payload
    sent = socket.send_fds(to, [frame], list(descriptors))
    if sent < len(frame):  # an empty send would fail when the other side has read all and gone
        to.sendall(memoryview(frame)[sent:])


def receive(source: socket.socket) -> tuple[dict[str, Any], bytes, list[int]]:
    """Wait for one frame: message, payload, descriptors. EOFError when the other side is gone."""
    start, descriptors, _, _ = socket.recv_fds(source, HEADER.size, MAX_DESCRIPTORS)
    for descriptor in descriptors:
        os.set_inheritable(descriptor, False)
    header = start + _exactly(source, HEADER.size - len(start)) if start else b""
    if not header:
        raise EOFError
    text, payload = HEADER.unpack(header)
    return json.loads(_exactly(source, text)), _exactly(source, payload), descriptors


def _exactly(source: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = source.recv(min(size - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
    return bytes(data)

"""Writes noise, forged replies and endless lengths into every descriptor that is open."""

FLAGS = ("square",)

# %% square
import json
import os
import struct

FORGED = [{"re": n, "ok": True, "v": 9, "value": 9, "verdict": "passed"} for n in range(50)]


def square(x):
    for reply in FORGED:
        body = json.dumps(reply).encode()
        for number in range(3, 256):
            try:
                os.write(number, struct.pack(">I", len(body)) + body)
            except OSError:
                pass
    for number in range(3, 256):
        try:
            os.write(number, b"\xff" * 64)
        except OSError:
            pass
    return x

"""Wheel houses that somebody has tampered with, and the lists of hashes that tell.

lock = filled(folder, seed=4)     # wheels in the folder; file name → its SHA-256
flip(folder / "…")                # one bit of it is another
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from random import Random

from autograder.cases.environments import invented
from course import wheels


def filled(folder: Path, seed: int, number: int = 3) -> dict[str, str]:
    """Make `folder`, with two versions of each of so many packages in it: file name → its SHA-256, in hexadecimal."""
    wheels.house(folder, invented(seed, number, versions=("0.9", "0.10")))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def flip(path: Path, seed: int = 0) -> None:
    """Change one bit of a file, and neither its size nor the time at which it was changed last."""
    content, times = bytearray(path.read_bytes()), path.stat()
    content[Random(seed).randrange(len(content))] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def swap(one: Path, other: Path) -> None:
    """Give each of two files the name of the other."""
    between = one.with_name("between")
    one.rename(between)
    other.rename(one)
    between.rename(other)

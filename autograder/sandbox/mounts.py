"""What is mounted where, as the kernel tells it (`/proc/self/mountinfo`, `proc(5)`)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mount:
    """A place, and the part `root` of the file system `device` that is to be seen there."""

    device: str
    root: Path
    place: Path


def mounts() -> list[Mount]:
    """All mounts, in the order in which they were made."""
    fields = (line.split(b" ") for line in Path("/proc/self/mountinfo").read_bytes().splitlines())
    return [Mount(device.decode(), _path(root), _path(place)) for _, _, device, root, place, *_ in fields]


def outermost(below: Path) -> list[Path]:
    """Where something is mounted below a folder; what is mounted within that comes with it."""
    found = {mount.place for mount in mounts() if mount.place != below and mount.place.is_relative_to(below)}
    return [path for path in found if found.isdisjoint(path.parents)]


def aliases(path: Path) -> list[Path]:
    """Every place where a file or folder is to be seen, the path itself among them.

    The same folder is often mounted twice, as `lib` and `lib64` of an environment are.
    """
    path = path.resolve()
    known = mounts()
    own = max((mount for mount in known if path.is_relative_to(mount.place)), key=lambda mount: len(mount.place.parts))
    inside = own.root / path.relative_to(own.place)
    places = {path} | {
        mount.place / inside.relative_to(mount.root)
        for mount in known
        if mount.device == own.device and inside.is_relative_to(mount.root)
    }
    return sorted(place for place in places if place.exists() and place.samefile(path))


def _path(field: bytes) -> Path:
    """A path with its blanks, which the kernel writes as octal numbers."""
    return Path(os.fsdecode(field.decode("unicode_escape").encode("latin-1")))

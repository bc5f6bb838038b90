"""What of a submitted folder may be read: regular files with plain names, within bounds. Links are never followed.

A submission is a stranger's folder. Everything here looks with `lstat` and opens with O_NOFOLLOW, folder by folder
from a descriptor, so that nothing that is swapped meanwhile leads out of the folder. What is refused is named; it
never stops the rest.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

NOTEBOOK = ".ipynb"
RECEIPT = "timestamp.txt"
# What nbgrader and Jupyter leave in a folder and nobody submitted.
IGNORED = frozenset({".ipynb_checkpoints", "__pycache__", RECEIPT, ".DS_Store"})


@dataclass(frozen=True)
class Bounds:
    """How much one submission may hold. Sizes in bytes."""

    files: int = 500
    depth: int = 8
    file_size: int = 20_000_000
    total_size: int = 50_000_000
    name_length: int = 150


@dataclass(frozen=True)
class Intake:
    """The files of one submission, by relative name, and in words what was refused."""

    files: dict[str, bytes]
    refused: tuple[str, ...] = ()

    @property
    def notebooks(self) -> dict[str, bytes]:
        """The notebooks at the top of the folder, by name without the ending."""
        return {
            name.removesuffix(NOTEBOOK): content
            for name, content in self.files.items()
            if name.endswith(NOTEBOOK) and "/" not in name
        }


def take(folder: str | Path, bounds: Bounds | None = None) -> Intake:
    """Read everything in `folder` that may be read. OSError where the folder itself cannot be opened, or is a link."""
    bounds = bounds or Bounds()
    files: dict[str, bytes] = {}
    refused: list[str] = []
    top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        seen: set[str] = set()
        size = 0
        for name, parent, entry in _walk(top, PurePosixPath(), bounds, refused):
            reason = _name_reason(name, seen, bounds) or _file_reason(entry, size, len(files), bounds)
            content = None if reason else _read(parent, entry.name, bounds.file_size)
            if content is None:
                refused.append(f"{printable(str(name))}: {reason or 'changed while it was read'}")
                continue
            seen.add(_folded(name))
            size += len(content)
            files[str(name)] = content
    finally:
        os.close(top)
    return Intake(dict(sorted(files.items())), tuple(sorted(refused)))


def receipt(folder: str | Path) -> bytes | None:
    """What nbgrader wrote beside a submission when it came: the time, as text. None where there is no such file."""
    try:
        top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        return _read(top, RECEIPT, 1000)
    finally:
        os.close(top)


def links(folder: str | Path) -> list[Path]:
    """Everything below `folder` that is neither a regular file nor a folder: links, sockets, pipes, devices."""
    odd = []
    for parent, folders, names in os.walk(folder):
        paths = [Path(parent) / name for name in (*folders, *names)]
        odd += [
            path for path in paths if not stat.S_ISREG(path.lstat().st_mode) and not stat.S_ISDIR(path.lstat().st_mode)
        ]
    return sorted(odd)


def printable(text: str) -> str:
    """`text` with everything that a terminal would obey written out, and shortened."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogateescape").decode() for c in text)
    return shown if len(shown) <= 100 else f"{shown[:60]}…{shown[-30:]}"


def _walk(
    descriptor: int, place: PurePosixPath, bounds: Bounds, refused: list[str]
) -> Iterator[tuple[PurePosixPath, int, os.DirEntry]]:
    """All entries that are no folders, with the descriptor of the folder in which they lie."""
    with os.scandir(descriptor) as entries:
        found = sorted((entry for entry in entries if entry.name not in IGNORED), key=lambda entry: entry.name)
    if len(found) > bounds.files:
        refused.append(f"{printable(str(place))}: {len(found)} files, of which the first {bounds.files} are looked at")
    for entry in found[: bounds.files]:
        name = place / entry.name
        if not entry.is_dir(follow_symlinks=False):
            yield name, descriptor, entry
        elif len(name.parts) >= bounds.depth:
            refused.append(f"{printable(str(name))}: folders are nested more than {bounds.depth} deep")
        else:
            try:
                inside = os.open(entry.name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=descriptor)
            except OSError as error:
                refused.append(f"{printable(str(name))}: {error.strerror}")
                continue
            try:
                yield from _walk(inside, name, bounds, refused)
            finally:
                os.close(inside)


def _name_reason(name: PurePosixPath, seen: set[str], bounds: Bounds) -> str:
    """Why a file of this name is refused; empty where it is not."""
    if any(len(part.encode("utf-8", "surrogateescape")) > bounds.name_length for part in name.parts):
        return f"its name is longer than {bounds.name_length} bytes"
    try:
        str(name).encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    if not str(name).isprintable():
        return "its name holds control characters"
    return "there is a file already whose name differs only in case or in form" if _folded(name) in seen else ""


def _folded(name: PurePosixPath) -> str:
    """Names that some file system takes for one and the same fold to the same text."""
    return unicodedata.normalize("NFC", str(name)).casefold()


def _file_reason(entry: os.DirEntry, size: int, count: int, bounds: Bounds) -> str:
    """Why this file is refused; empty where it is not."""
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError as error:
        return error.strerror
    if stat.S_ISLNK(found.st_mode):
        return "is a link, and links are not followed"
    if not stat.S_ISREG(found.st_mode):
        return "is no regular file"
    if found.st_size > bounds.file_size:
        return f"is larger than {bounds.file_size // 1_000_000} MB"
    if size + found.st_size > bounds.total_size:
        return f"with it the submission is larger than {bounds.total_size // 1_000_000} MB"
    return f"there are more than {bounds.files} files" if count >= bounds.files else ""


def _read(parent: int, name: str, limit: int) -> bytes | None:
    """The content of a regular file; None where it is something else by now, or grew beyond `limit`."""
    try:
        # O_NONBLOCK: a pipe put there meanwhile must not make us wait for its writer.
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=parent)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        content = file.read(limit + 1)
    return content if len(content) <= limit else None

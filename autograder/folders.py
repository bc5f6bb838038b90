"""A submission's folder, written anew in one step: it is there as it was, or as it shall be, and never by halves."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

GROUP_SHARED = 0o2770


def replace(folder: Path, files: Mapping[str, bytes], mode: int, group_shared: bool = False) -> None:
    """Have `folder` hold exactly `files`, by relative name, each with the permissions `mode`.

    With `group_shared` the folders belong to the group, as nbgrader has it. OSError where it cannot be done; what was
    there is then still there.
    """
    new, old = (folder.with_name(f".{folder.name}.{which}") for which in ("new", "old"))
    for leftover in (new, old):
        _remove(leftover)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        new.mkdir()
        for name, content in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(mode)
        if group_shared:
            _share(new)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        error.filename = error.filename or str(folder)  # where there was no room for a file, its name is not said
        raise
    if os.path.lexists(folder):
        folder.rename(old)
    new.rename(folder)
    _remove(old)
    if group_shared:
        for above in (folder.parent, folder.parent.parent):
            _open_to_group(above)


def merged(theirs: Mapping[str, bytes], ours: Mapping[str, bytes]) -> dict[str, bytes]:
    """`ours`, and of `theirs` what is in nobody's way: neither as a file nor as a folder."""
    taken = {str(Path(*Path(name).parts[: depth + 1])) for name in ours for depth in range(len(Path(name).parts))}

    def free(name: str) -> bool:
        parts = Path(name).parts
        return name not in taken and not any(str(Path(*parts[:depth])) in ours for depth in range(1, len(parts)))

    return {name: content for name, content in theirs.items() if free(name)} | dict(ours)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _share(folder: Path) -> None:
    for parent, _, _ in os.walk(folder):
        _open_to_group(Path(parent))


def _open_to_group(folder: Path) -> None:
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & GROUP_SHARED != GROUP_SHARED:
        try:
            folder.chmod(mode | GROUP_SHARED)
        except PermissionError:
            return  # somebody else's: they have opened it, or will

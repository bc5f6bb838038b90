"""Texts to save in the place of others, and what a function that saves leaves on the disk.

    for case in saves(4, seed="my seed"):
        left = after(case, save, killed_at=2)
        that(left.content in (case.old, case.text), …)

What is told is what this process finds in the folder afterwards, what a reader got who had begun before, and what the
system saw happen to the file in between. How the call ended (`ended`) is what the process says in which it ran.
"""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from autograder.cases import changes
from course import halfway

NAMES = ("report.csv", "the report.csv", "données.txt", "report")
LINES = (
    "taken,person,quant,reading",
    "734,pb,rad,8.41",
    "735,,sal,0.06",
    "837,Åsa,temp,-21.5",
    "",
    "Ross’s hut; “done”",
)
MODES = (0o640, 0o600, 0o664, 0o755, 0o666)
MANY = 100  # changes of a folder; nobody needs so many to save a file


@dataclass(frozen=True)
class Save:
    """A text to save at `name`, where `old` is; None where nothing is. `other` is what a second writer saves."""

    about: str
    name: str
    old: bytes | None
    text: str
    other: str
    mode: int = 0o644

    @property
    def new(self) -> bytes:
        """The bytes of the text."""
        return self.text.encode()


@dataclass(frozen=True)
class Left:
    """What is left of a call. `ended` says how it ended, `content` is in the file: None where there is none.

    `read` is what somebody read who had opened the file before, and read on afterwards; `names` are in the folder.
    """

    ended: str
    content: bytes | None
    read: bytes | None
    names: tuple[str, ...]
    mode: int = 0
    next: bytes | None = None
    """What is in the file when somebody who was killed is followed by somebody who saves the same."""
    torn: str = ""
    """What was seen to happen to the file that nobody may see, as the end of a sentence."""


def saves(n: int, *, seed: str, there: bool | None = None) -> tuple[Save, ...]:
    """`n` texts to save, long ones and short ones. By turns there is a file, and there is none, or as `there` says."""
    return tuple(_save(number, Random(f"save {number} of {seed}"), there) for number in range(n))


def _save(number: int, rng: Random, there: bool | None) -> Save:
    sizes = [rng.randint(2, 9), rng.randint(1500, 2500), rng.randint(3000, 4000)]
    if number % 2:
        sizes[:2] = sizes[1::-1]
    old, text, other = ("".join(f"{rng.choice(LINES)}\n" for _ in range(size)) for size in sizes)
    exists = number % 3 != 2 if there is None else there
    about = f"{len(text)} characters in the place of {len(old)}" if exists else f"{len(text)} characters in a new file"
    content = old.encode() if exists else None
    return Save(about, rng.choice(NAMES), content, text + "new\n", other + "other\n", rng.choice(MODES))


def after(case: Save, save: Callable, *, text: str | None = None, relative: bool = False, **how: Any) -> Left:
    """Call `save` in a new folder as `halfway.saving` does, and look what is left.

    `text` is saved instead of that of the case; a `relative` path is one of the current folder.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "reports")
        folder.mkdir()
        path = folder / case.name
        if case.old is not None:
            path.write_bytes(case.old)
            path.chmod(case.mode)
        place = {"path": case.name, "cwd": folder} if relative else {"path": path}
        reader = path.open("rb", buffering=0) if case.old is not None else None
        read = reader.read(len(case.old) // 2) if reader else None
        with changes.noted(folder, case.name) as noted:
            ended = halfway.saving(save, **place, text=case.text if text is None else text, **how)
        if reader:
            with reader:
                read += reader.read()
        found = path.is_file() and not path.is_symlink()
        names = tuple(sorted(each.name for each in folder.iterdir()))
        mode = stat.S_IMODE(path.stat().st_mode) if found else 0
        content = path.read_bytes() if found else None
        if ended == "killed":
            halfway.saving(save, **place, text=case.text)
        following = path.read_bytes() if path.is_file() else None
        return Left(ended, content, read, names, mode, following, noted.trouble)


def refused(case: Save, save: Callable) -> Left:
    """The same, where a folder of that name is in the way."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "reports")
        (folder / case.name / "kept").mkdir(parents=True)
        ended = halfway.saving(save, folder / case.name, case.text)
        return Left(ended, None, None, tuple(sorted(each.name for each in folder.iterdir())))

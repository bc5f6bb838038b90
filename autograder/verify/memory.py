"""What was found green, by the content of all that matters to it, so that only what has changed is looked at again.

A folder `.verify` in the course, one file an assignment. It can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import autograder
import course
from autograder import notebook
from autograder.model import IDEAS
from autograder.notebook import NotebookNode

FOLDER = IDEAS
# What uses the grader, and is no part of it: it changes no outcome.
OUTSIDE = {
    "cli",
    "demo",
    "verify",
    "report",
    "gradebook",
    "preprocessor",
    "pool",
    "worker",
    "workers",
    "work",
    "classmates",
    "answers",
}


class Memory:
    """What is remembered of one assignment: key → what was found. What was not asked for since `read` is forgotten."""

    def __init__(self, path: Path, found: dict[str, Any]):
        self._path, self._before, self._now = path, found, {}

    @classmethod
    def read(cls, root: Path, name: str, *, anew: bool = False) -> Memory:
        """What was kept of it below `root`; nothing where it cannot be read, or with `anew`."""
        path = root / FOLDER / f"{name}.json"
        try:
            found = {} if anew else json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        return cls(path, found if isinstance(found, dict) else {})

    def get(self, key: str) -> Any:
        """What was found; None where it is not known."""
        if key in self._before:
            self._now[key] = self._before[key]
        return self._before.get(key)

    def keep(self, key: str, found: Any) -> None:
        """Remember what was found, which is JSON."""
        self._now[key] = found

    def forget(self, keys: Iterable[str]) -> None:
        """Do not remember what turned out to be no green."""
        for key in keys:
            self._now.pop(key, None)

    def write(self, *, unfinished: bool = False) -> None:
        """Keep what was asked for and found, and of a run that is `unfinished` all from before, too.

        A folder that cannot be written to keeps nothing.
        """
        try:
            self._path.parent.mkdir(exist_ok=True)
            beside = self._path.with_suffix(".new")
            found = self._before | self._now if unfinished else self._now
            beside.write_text(json.dumps(found), encoding="utf-8")
            beside.replace(self._path)
        except OSError:
            return


def key(*parts: object) -> str:
    """A digest of parts that are JSON, and of what everything depends on: this grader, the course, the packages."""
    text = json.dumps([_machinery(), *parts], sort_keys=True, default=_digest)
    return hashlib.sha256(text.encode()).hexdigest()


def code(book: NotebookNode) -> list:
    """Of a notebook what matters when it is graded."""
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    return [[notebook.grade_id(cell), notebook.role(cell), notebook.points(cell), cell.source] for cell in cells]


def _digest(part: object) -> str:
    if isinstance(part, bytes):
        return hashlib.sha256(part).hexdigest()
    raise TypeError(f"{type(part).__name__} is no content")


@cache
def _machinery() -> str:
    """A digest of the grader's and the course's code, of the interpreter, and of every package that is installed."""
    digest = hashlib.sha256(sys.version.encode())
    for package in (autograder, course):
        folder = Path(package.__file__).parent
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.sql")]):
            inside = path.relative_to(folder)
            if inside.parts[0].removesuffix(".py") not in OUTSIDE or package is course:
                digest.update(f"{inside}\0".encode() + path.read_bytes())
    for found in sorted(f"{each.name}=={each.version}" for each in distributions()):
        digest.update(found.encode())
    return digest.hexdigest()

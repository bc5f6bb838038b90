"""What workers are given: submissions to grade, and how the airlock is made in which they are.

Nothing here grades, so that who only starts workers does not wait for the import of what does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.sandbox import Limits

if TYPE_CHECKING:
    from autograder.notebook import NotebookNode


@dataclass(frozen=True)
class Work:
    """One submission to grade. `name` is what its result is known by; `files` lie in its work folder, by name.

    A cell of it has `cell_seconds`, or those of the settings.
    """

    name: str
    source: NotebookNode = field(hash=False)
    submission: NotebookNode = field(hash=False)
    files: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    cell_seconds: float | None = None


@dataclass(frozen=True)
class Settings:
    """How the airlock of every worker is made: see `Airlock`, which takes them by these names."""

    readable: tuple[Path, ...] = ()
    checker_only: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    unsafe_without_sandbox: bool = False
    ideas: Path | None = None

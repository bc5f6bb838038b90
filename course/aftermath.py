"""What a call leaves behind in a repository, for checks that read as sentences."""

from __future__ import annotations

from pathlib import Path

from course.check import Call, that
from course.repository import Repository, RepositoryError, read


def after(call: Call, folder: str | Path, *, hint: str = "") -> Repository:
    """Make the call, and read the repository in `folder` as it is then. Where there is none, the check has failed."""
    call.value(hint)
    try:
        return read(folder)
    except RepositoryError as error:
        reason = str(error)
    that(False, f"After {call.on(call.circumstance or 'this folder')} {reason}.", hint=hint)


def same_state(one: Repository, other: Repository) -> bool:
    """Whether HEAD, the branches, the index and the working copy of both are the same."""
    return all(
        getattr(one, what) == getattr(other, what) for what in ("head", "attached", "branches", "index", "working")
    )

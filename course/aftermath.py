"""What a call leaves behind in a repository, for checks that read as sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from course.check import Call, that
from course.repository import Repository, RepositoryError, read


def after(call: Call, folder: str | Path, *, hint: str = "") -> Repository:
    """Make the call, and read the repository in `folder` as it is then. Where there is none, the check has failed."""
    call.value(hint)
    return left(folder, after=str(call.on(call.circumstance or "this folder")).removesuffix(","), hint=hint)


def left(folder: str | Path, *, after: str = "the call", hint: str = "") -> Repository:
    """Read the repository that a call has left in `folder`. Where there is none, the check has failed.

    No git is run in it: its settings name programs that git would start (see `course.repository`).
    """
    try:
        return read(folder)
    except RepositoryError as error:
        reason = str(error)
    that(False, f"After {after}, {reason}.", hint=hint)


def same_state(one: Repository, other: Repository) -> bool:
    """Whether HEAD, the branches, the index and the working copy of both are the same."""
    return all(
        getattr(one, what) == getattr(other, what) for what in ("head", "attached", "branches", "index", "working")
    )


def story(repo: Repository, commit: str, told: Callable[[bytes], bytes] = bytes) -> str:
    """A checksum of a commit and of all before it: messages, authors, files and parents, but neither ids nor dates.

    It is the same after the commits were made anew. `told` changes messages and contents before they are taken.
    """
    known: dict[str, str] = {}
    for each in reversed(repo.history(commit).values()):
        said = [told(each.message.strip().encode()), repr(each.author).encode()]
        said += [known[parent].encode() for parent in each.parents]
        said += [part for path, content in repo.files(each.id).items() for part in (path.encode(), told(content))]
        known[each.id] = hashlib.sha256(repr(said).encode()).hexdigest()
    return known[repo.commit(commit).id]

"""Where HEAD has been, as a repository notes it: written for a made-up past, and read without running git.

    write(repo, [(first, "commit (initial): Add fibo"), (second, "commit: Mend"), (first, "reset: moving to HEAD~1")])
    read(repo)[-1].why                          # "reset: moving to HEAD~1"

The newest is the last; `git reflog` lists them from there, and calls it HEAD@{0}.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from course.dotgit import RepositoryError, regular_files
from course.history import BEGIN, HOUR, LEARNER, put

NOBODY = "0" * 40  # from where the first step leads


class Step(NamedTuple):
    """HEAD went to the commit `to`, because of `why`."""

    to: str
    why: str


def write(repo: Path, steps: Sequence[tuple[str, str]]) -> None:
    """Let HEAD's reflog be these steps, (commit, reason) from the oldest to the newest, an hour apart.

    After a reset, what was left is in ORIG_HEAD, as git would have it.
    """
    lines, before, left = [], NOBODY, ""
    for number, (to, why) in enumerate(steps):
        lines.append(f"{before} {to} {LEARNER} {BEGIN + number * HOUR} +0000\t{why}\n")
        left = before if why.startswith("reset: ") else left
        before = to
    put(repo / ".git", {"logs/HEAD": "".join(lines)} | ({"ORIG_HEAD": f"{left}\n"} if left else {}))


def read(repo: str | Path) -> list[Step]:
    """The steps of HEAD, the oldest first; none where nothing was noted. RepositoryError where there is none."""
    inside, _ = regular_files(Path(repo))
    try:
        lines = inside.get("logs/HEAD", b"").decode().splitlines()
        return [Step(line[41:81], line.partition("\t")[2]) for line in lines if line]
    except UnicodeDecodeError as error:
        raise RepositoryError(f"the reflog in {Path(repo).name!r} is damaged") from error

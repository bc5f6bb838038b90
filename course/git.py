"""git for programs: one function that runs it, and settings under which it does the same for everybody.

    from course.git import alone, git

    alone()
    print(git(repo, "status"))

After `alone()` neither the settings of this machine nor a repository around this folder play a part.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from importlib import resources
from pathlib import Path
from typing import Literal, overload

# Variables by which git is told where a repository is and who commits. None of them may be left from outside.
INHERITED = tuple(
    f"GIT_{name}"
    for name in (
        *("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "NAMESPACE"),
        *("AUTHOR_NAME", "AUTHOR_EMAIL", "AUTHOR_DATE", "COMMITTER_NAME", "COMMITTER_EMAIL", "COMMITTER_DATE"),
        *("CONFIG", "CONFIG_COUNT", "CONFIG_PARAMETERS", "EDITOR", "EXTERNAL_DIFF", "TEMPLATE_DIR", "TRACE"),
    )
)
# The moment at which the clock of a lesson stands, so that its commits have the same ids everywhere.
NOON = "2026-11-02T12:00:00+00:00"


class GitError(Exception):
    """git ended with an error. The message is what was called, and what git said."""


@overload
def git(folder: str | Path, *words: str | Path, stdin: str | bytes = ..., text: Literal[True] = ...) -> str: ...
@overload
def git(folder: str | Path, *words: str | Path, stdin: str | bytes = ..., text: Literal[False]) -> bytes: ...
def git(folder: str | Path, *words: str | Path, stdin: str | bytes = b"", text: bool = True) -> str | bytes:
    """Run `git words…` in `folder` and return what it printed, without the last line break.

    `text=False` gives the bytes just as they came, for files that are no text, or whose line breaks matter. Where git
    ends with an error there is a GitError with git's own words. Nothing reaches the screen.
    """
    given = stdin.encode() if isinstance(stdin, str) else stdin
    try:
        done = subprocess.run(["git", *map(str, words)], cwd=folder, input=given, capture_output=True, check=False)
    except FileNotFoundError as error:
        missing = "git is not installed; `course doctor` says how to get it" if Path(folder).is_dir() else "no folder"
        raise GitError(f"{folder}: {missing}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise GitError(f"git {' '.join(map(str, words))} ended with status {done.returncode}: {said}")
    return done.stdout.decode(errors="replace").removesuffix("\n") if text else done.stdout


def alone() -> Path:
    """Let git, in this process and in all that it starts, see the course's settings and no others; return your own.

    In place of your settings stands a file of your own in the current folder, which does not exist until something is
    written into it: its path is returned.
    """
    own = Path.cwd() / ".gitconfig-of-this-exercise"
    for name in INHERITED:
        os.environ.pop(name, None)
    os.environ |= settings() | {"GIT_CONFIG_GLOBAL": str(own)}
    return own


def settings(*, clock: str | None = None) -> dict[str, str]:
    """The variables with which git has the course's settings, and looks for no repository above here.

    "Here" is the current folder, and that of temporary files. With `clock`, a date in ISO format, every commit is dated
    so.
    """
    ceilings = Path.cwd().parent, Path(tempfile.gettempdir()), Path(tempfile.gettempdir()).resolve()
    found = {
        "GIT_CONFIG_SYSTEM": str(resources.files("course").joinpath("gitconfig")),
        "GIT_CEILING_DIRECTORIES": os.pathsep.join(map(str, ceilings)),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_PAGER": "cat",
    }
    return found | ({"GIT_AUTHOR_DATE": clock, "GIT_COMMITTER_DATE": clock} if clock else {})

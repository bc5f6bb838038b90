"""nbgrader's command line: several commands one after the other in one process, heard line by line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

# Importing nbgrader takes longer than most of its commands, so it is done once, and each command is a fork. Half of
# that time goes into a grammar of addresses, which jsonschema uses where it is there, and nbgrader never.
_ERRANDS = """
import importlib, json, os, runpy, subprocess, sys
sys.modules["rfc3987_syntax"] = None
importlib.import_module("nbgrader.apps")
for words in json.loads(sys.argv[1]):
    if words[0] != "nbgrader":
        subprocess.run(words, check=True)
        continue
    child = os.fork()
    if child == 0:
        sys.argv = words
        runpy.run_module("nbgrader", run_name="__main__", alter_sys=True)
        sys.exit()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status:
        sys.exit(f"`{' '.join(words)}` ended with status {status}.")
"""
LAST_WORDS = 12


class CommandError(Exception):
    """A command failed. The message holds the last lines that it said."""


def line(*commands: Sequence[str]) -> list[str]:
    """The command that runs these, each a list of words, until one fails. `nbgrader` is the first word of most."""
    return [sys.executable, "-c", _ERRANDS, json.dumps(commands)]


def run(
    words: Sequence[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    heard: Callable[[str], None] = lambda said: None,
) -> None:
    """Run a command in `folder` and let `heard` have each line that it says. CommandError where it fails."""
    # nbgrader calls `alembic` by name, which lies beside the interpreter; PATH need not know that place.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    environment = environment or os.environ | {"PATH": path}
    last: deque[str] = deque(maxlen=LAST_WORDS)
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(
        words, cwd=folder, env=environment, text=True, encoding="utf-8", errors="replace", **pipes
    ) as process:
        for said in process.stdout:
            last.append(said.rstrip())
            heard(said)
    if process.returncode:
        raise CommandError("\n".join(f"    {said}" for said in last))


def counting(word: str, tell: Callable[[int], None]) -> Callable[[str], None]:
    """Something for `heard` that tells how many lines had `word` in them so far."""
    seen = iter(range(1, sys.maxsize))
    return lambda said: tell(next(seen)) if word in said else None

"""What no value shows, for checks that have to see it: files, processes, a program's run, the text of an answer.

    from autograder import evidence

    done = evidence.run(["python", "report.py", "--help"])
    that(done.status == 0, "report.py --help fails.")

A check that runs behind the airlock gets it from the grader, which looks from outside: nothing that runs on the
student's side can forge it, or ask for it. In stock nbgrader, where checks run beside the student's code, the same
functions look from there, and are as good as everything else in that process.

Relative paths lie in the work folder, in which a check runs. Temporary files of a check lie in it, too: what the
student's code made of them can be run or read here under the same path.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder import intake, names
from autograder.sandbox import Finished, Process
from autograder.sandbox.processes import table

SECONDS = 10.0
OUTPUT = 1_000_000
# Asks the grader: a message, and its reply. None where there is no airlock. The checker sets it.
grader: Callable[[dict[str, Any]], dict[str, Any]] | None = None


class EvidenceError(Exception):
    """The grader could not look. The message says why."""


def files(folder: str | Path = ".") -> dict[str, bytes]:
    """The regular files in a folder and below it: relative name → content, in order.

    Links are not followed, pipes not opened, and what is too large, too deep or too many is left out (see
    `intake.Bounds`). EvidenceError where the folder is not there, or is a link.
    """
    try:
        return intake.take(folder).files
    except OSError as error:
        raise EvidenceError(f"{folder}: {error.strerror}") from None


def processes() -> tuple[Process, ...]:
    """The processes of the student's side, by the numbers that they have there, sorted by number.

    The first two belong to the grader. Of `Process`, only `command` is what the process itself claims.
    """
    if grader is None:
        return tuple(table(os.getpid()))
    found = _asked({"op": "processes"})
    return tuple(Process(**{**fields, "command": tuple(fields["command"])}) for fields in found)


def run(
    command: Sequence[str | Path],
    *,
    cwd: str | Path | None = None,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
) -> Finished:
    """Run a command in a second sandbox over the same work folder, walled as the student's own, and wait for its end.

    Its home and its temporary files are new and empty, its environment holds the usual few variables and what is given
    here. `python` is the grader's interpreter unless a path is given. After so many seconds it is killed, and its
    status None: a check that fails after that is unknown, since a slow machine is nobody's mistake. Output beyond a
    megabyte is cut off. A command that is not there ends with status 127.
    """
    words = [sys.executable if str(word) == "python" and not place else str(word) for place, word in enumerate(command)]
    if cwd is not None:
        words = ["env", f"--chdir={cwd}", *words]
    environment = {str(name): str(value) for name, value in (environment or {}).items()}
    if grader is None:
        return _run_here(words, stdin, environment, seconds)
    given = {"stdin": base64.b64encode(stdin).decode("ascii"), "environment": environment}
    found = _asked({"op": "second", "command": words, "seconds": seconds, **given})
    streams = {name: base64.b64decode(found[name]) for name in ("stdout", "stderr")}
    return Finished(**{**found, **streams})


def answer(cell: str) -> str:
    """The text of the student's cell that has this name, as it was submitted; empty where it is not there.

    In stock nbgrader it is the last cell that was run and binds a name as the cell is called.
    """
    if grader is not None:
        return _asked({"op": "answer", "cell": cell})
    from IPython import get_ipython

    ran = get_ipython().user_ns["In"] if get_ipython() else []
    return next((text for text in reversed(ran) if cell in names.of(text).binds), "")


def _asked(message: dict[str, Any]) -> Any:
    reply = grader(message)
    if "error" in reply:
        raise EvidenceError(reply["error"])
    return reply["value"]


def _run_here(words: list[str], stdin: bytes, environment: Mapping[str, str], seconds: float) -> Finished:
    with tempfile.TemporaryDirectory() as home:
        usual = {"PATH": os.environ.get("PATH", os.defpath), "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8"}
        try:
            done = subprocess.run(
                words, input=stdin, env={**usual, **environment}, capture_output=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired as late:
            return Finished(None, (late.stdout or b"")[:OUTPUT], (late.stderr or b"")[:OUTPUT], timed_out=True)
        except OSError as error:
            return Finished(127, b"", f"{words[0]}: {error.strerror}\n".encode())
    status = done.returncode if done.returncode >= 0 else 128 - done.returncode
    cut = max(len(done.stdout), len(done.stderr)) > OUTPUT
    return Finished(status, done.stdout[:OUTPUT], done.stderr[:OUTPUT], truncated=cut)

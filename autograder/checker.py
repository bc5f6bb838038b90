"""The trusted side: runs the instructor's cells, and says how each ended. No student code runs here, nothing unpickles.

A check passes when its cell has run to its end. What it asks of the student's side goes through `Across`.
"""

from __future__ import annotations

import ast
import math
import numbers
import os
import socket
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from autograder import evidence, once, replies
from autograder.across import Across
from autograder.channel import Channel, ChannelError
from autograder.model import SILENT
from autograder.raised import StudentGone
from autograder.shell import Ran, Shell

BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
MAX_MESSAGE = 4_000


def serve(grader: socket.socket, student: socket.socket) -> None:
    """Run what the grader sends on a connected socket until it closes it; ask the student's side on the other."""
    _settle()
    channel = Channel(grader)
    evidence.grader = channel.ask
    shell = Shell()

    def hear(stream: str, text: str) -> None:
        if shell.redirected(stream):
            getattr(sys, stream).write(text)

    across = Across(Channel(student), shell.names, hear)
    while True:
        try:
            command = channel.receive()
            channel.send({"re": command["id"], **_run(shell, across, command)})
        except ChannelError:
            return


def _settle() -> None:
    """Import nothing from the work folder, where the student's side may put what it likes; make temporary files there.

    So a database or a folder that a check makes up is where the student's code can work on it, under the same path.
    What a check must be sure of, it keeps in memory.
    """
    here = Path.cwd()
    sys.path[:] = [path for path in sys.path if path and Path(path).resolve() != here]
    tempfile.tempdir = os.environ["TMPDIR"] = tempfile.mkdtemp(prefix=".checks-", dir=here)


def _run(shell: Shell, across: Across, command: dict[str, Any]) -> dict[str, Any]:
    """Run a cell: `message` is empty where it ran to its end, `score` what its last line says.

    `printed` is what the student's code printed when it was asked, `replies` what it answered where the cell listened,
    `made` which cases it had to make, `lost` how the channel to it ended, if it did.
    """
    text, fetched = command["text"], command["fetch"]
    ran = Ran([])  # what a check shows is for nobody
    across.deadline, across.printed = command["deadline"], ""
    try:
        across.shared = frozenset(command["shared"])
        across.fetch(fetched, command["asks"], command["modules"], command["given"])
        across.watch(command["watch"])
        ran = shell.run_plainly(text)
        across.tell()
    except (Exception, StudentGone) as error:
        ran = Ran(ran.outputs, ran.error or error)
    message = "" if ran.error is None else _message(ran.error, _hidden(ran.error, text), [*fetched, *command["asks"]])
    return {
        "message": message[:MAX_MESSAGE],
        "score": None if message else _score(text, ran.value),
        "printed": across.printed,
        "replies": replies.taken() if across.lost is None else None,
        "made": once.news(),
        "lost": across.lost and (type(across.lost).__name__, str(across.lost)),
    }


def _message(error: BaseException, hidden: bool, names: list[str]) -> str:
    """What a student may read of a failed check: the author's words as they are, inputs and code never."""
    said = ""
    with suppress(Exception):
        said = str(error)
    kind = type(error).__name__
    if isinstance(error, StudentGone):
        return said or "the student's code ended"
    if getattr(error, "from_student", False):
        return f"your code raised {kind}" + (f": {said}" if said and not hidden else "")
    if isinstance(error, AssertionError):
        return said or SILENT
    if isinstance(error, NameError) and error.name in names:
        return f"{error.name} is not defined"
    return f"the check stopped with {kind}" + (f": {said}" if said and not hidden else "")


def _hidden(error: BaseException, text: str) -> bool:
    """Whether the line of the cell that the error came from is one that the student does not know."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if _is_cell(frame.filename)]
    if not lines or lines[0] is None:
        return BEGIN_HIDDEN in text
    inside = False
    for line in text.splitlines()[: lines[0]]:
        if line.strip() in (BEGIN_HIDDEN, END_HIDDEN):
            inside = line.strip() == BEGIN_HIDDEN
    return inside


def _is_cell(filename: str) -> bool:
    return filename.startswith("<ipython-input-")


def _score(text: str, value: Any) -> float | None:
    """The part of its points, in points, that a cell gives by its last line; None for all, -1 for nonsense.

    A cell may end in a number of points. One that ends in a call, such as a check's verb, may show what that returns.
    """
    kind = type(value)
    if issubclass(kind, numbers.Real) and kind is not bool:
        return float(value) if math.isfinite(value) else -1.0
    return None if value is None or value is True or _ends_in_call(text) else -1.0


def _ends_in_call(text: str) -> bool:
    last = ast.parse(TransformerManager().transform_cell(text)).body[-1]
    inner = last.value if isinstance(last, ast.Expr) else last
    return isinstance(inner.value if isinstance(inner, ast.Await) else inner, ast.Call)

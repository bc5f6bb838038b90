"""What is left of a file when the program that writes it is killed in the middle.

    def save(path, text): ...

    for moment in killed.writing(save, old, new):
        moment.after, moment.target, moment.beside      # "write", "part: 8192 of 13000", ("report.csv.new",)

The writer runs in a process of its own, a copy of this one, which is ended as `kill -9`, a full memory or a power cut
would end it: after each of its calls of a function that changes files, in a folder of its own each time.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

# The functions after which the writer is killed: those of files, and those of the system.
FILES = {"open", "write", "writelines", "flush", "close", "truncate"}
CALLS = FILES | {"fsync", "replace", "rename", "link", "unlink", "remove", "chmod", "fchmod"}
OLD, EMPTY, PART, NEW, GONE = "old", "empty", "part", "new", "gone"
NAME = "report.csv"
MOST = 40  # times that a writer is killed; of more calls only some are tried, the first and the last among them
SECONDS = 20  # a cap for a writer that waits for ever, and no measure
_RETURNED, _RAISED = 0, 1


@dataclass(frozen=True)
class Moment:
    """What lay in the folder after a kill, or at the end.

    `after` is the last call that was made, "nothing" before the first, "the end" where the writer returned. `target`
    is the file's content: old, empty, part, new or gone. `beside` are the names of other files.
    """

    after: str
    target: str
    beside: tuple[str, ...] = ()


def writing(save: Callable[[Path, str], object], old: str, new: str) -> list[Moment]:
    """The moments of `save(path, new)` on a file that holds `old`, in order; what looks the same is one moment.

    Files beside it look the same where they are as many: their names may be made up anew each time.

    RuntimeError where the writer raises an error or does not end.
    """
    calls = _calls(save, old, new)
    stops = range(len(calls)) if len(calls) <= MOST else sorted({*range(5), *_spread(len(calls)), len(calls) - 1})
    moments = [Moment("nothing", OLD)]
    moments += [Moment(calls[stop], *_killed(save, old, new, stop)) for stop in stops]
    moments.append(Moment("the end", *_killed(save, old, new, None)))
    return [next(group) for _, group in groupby(moments, lambda moment: (moment.target, len(moment.beside)))]


def _spread(number: int) -> list[int]:
    return [number * k // MOST for k in range(MOST)]


def _calls(save: Callable, old: str, new: str) -> list[str]:
    """The names of the calls after which the writer could be killed, as it tells them through a pipe."""
    reading, telling = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        path.write_text(old, encoding="utf-8")
        child = _child(save, path, new, lambda name: os.write(telling, f"{name}\n".encode()))
        os.close(telling)
        with os.fdopen(reading, encoding="utf-8") as told:
            names = told.read().split()
        _ended(child)
    return names


def _killed(save: Callable, old: str, new: str, stop: int | None) -> tuple[str, tuple[str, ...]]:
    """What the target holds, and what lies beside it, where the writer is killed after its call number `stop`."""
    left = [stop]

    def note(_: str) -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if left[0] is not None:
            left[0] -= 1

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        path.write_text(old, encoding="utf-8")
        _ended(_child(save, path, new, note))
        found = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
        kinds = {None: GONE, old: OLD, new: NEW, "": EMPTY}
        return kinds.get(found, PART), tuple(sorted(each.name for each in path.parent.iterdir() if each != path))


def _child(save: Callable, path: Path, text: str, note: Callable[[str], object]) -> int:
    """The id of a copy of this process that saves, and calls `note` with the name of each call that it has made."""
    with warnings.catch_warnings():
        # Python warns of a fork beside other threads, which a kernel has: the copy uses nothing of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS)
        noting = [False]

        def seen(_frame, event, function):
            name = getattr(function, "__name__", "")
            if event == "c_return" and name in CALLS and not noting[0]:
                noting[0] = True
                note(name)
                noting[0] = False

        sys.setprofile(seen)
        save(path, text)
        sys.setprofile(None)
        os._exit(_RETURNED)
    finally:
        os._exit(_RAISED)  # whatever happens, the copy must not go on as if it was the original


def _ended(child: int) -> None:
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return
    if status:
        raise RuntimeError("The function that saves raised an error, or did not end. Call it once by yourself.")

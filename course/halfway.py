"""What a function that writes a file leaves when it is killed, or met by another writer, in the middle.

    halfway.saving(save, "report.csv", text)                   # "returned"
    halfway.saving(save, "report.csv", text, killed_at=2)      # "killed", at the second change of its folder
    halfway.saving(save, "report.csv", text, met_at=1, other="…")

The writer runs in a copy of this process. It is stopped by no clock, but wherever its folder has changed: whenever
another name is in it than before, or other bytes. What is there then is what everybody finds who looks at that moment,
and what is left where the power fails.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from course.crash import RETURNED, ending

__carried__ = True
MET_NOBODY, OTHER_FAILED = "was over before", "kept the other from writing"
_ENDS = {2: MET_NOBODY, 3: OTHER_FAILED}


def saving(
    save: Callable,
    path: str | Path,
    text: str,
    *,
    killed_at: int = 0,
    met_at: int = 0,
    other: str = "",
    apart: bool = False,
    cwd: str | Path | None = None,
) -> str:
    """Call `save(path, text)` in a process of its own, and say how that ended.

    killed_at  kill it at the so-many-th change of the folder that `path` lies in
    met_at     stop it there, until another process has called `save(path, other)`
    apart      let temporary files lie on another disk than `path`; else they lie on the same, in another folder
    cwd        the current folder of that process

    Returns "returned", "raised an error", "killed", "did not end" (in 20 seconds); of two writers also "was over
    before" where there is no such change, and "kept the other from writing". What is printed is lost.
    """
    # What stands for a function in another process has this done there.
    there = getattr(type(save), "__apply__", lambda thing, function, *args: function(thing, *args))
    return there(save, _saving, path, text, killed_at, met_at, other, apart, cwd)


def _saving(
    save: Callable, path: Any, text: str, killed_at: int, met_at: int, other: str, apart: bool, cwd: Any
) -> str:
    with tempfile.TemporaryDirectory(dir=Path(cwd or ".", path).absolute().parent.parent) as temporary:

        def act() -> int:
            os.umask(0o022)
            os.chdir(cwd or ".")
            tempfile.tempdir = os.environ["TMPDIR"] = temporary
            if apart:
                sys.addaudithook(lambda event, args: _on_two_disks(event, args, temporary))
            met = []

            def stop(number: int) -> None:
                if number == killed_at:
                    os.kill(os.getpid(), signal.SIGKILL)
                if number == met_at:
                    met.append(ending(save, path, other))

            if killed_at or met_at:
                _watched(lambda: save(path, text), Path(path).absolute().parent, stop)
            else:
                save(path, text)
            return 0 if not met_at or met == [RETURNED] else 3 if met else 2

        return ending(act, ends=_ENDS)


def _watched(call: Callable[[], Any], folder: Path, stop: Callable[[int], None]) -> None:
    """Make the call, and call `stop` with the number of the change at each change of the folder.

    It is looked at after every single instruction of the interpreter.
    """
    before, number = _seen(folder), 0

    def look(frame: FrameType, event: str, arg: Any) -> Callable | None:
        nonlocal before, number
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return None
        # Python 3.13 heeds this only in a frame that is being traced already.
        frame.f_trace, frame.f_trace_opcodes, frame.f_trace_lines = look, True, False
        now = _seen(folder)
        if now != before:
            before, number = now, number + 1
            stop(number)
        return look

    # Python 3.12 looks only here whether anybody asks for instructions.
    sys._getframe().f_trace_opcodes = True
    sys.settrace(look)
    try:
        call()
    finally:
        sys.settrace(None)


def _seen(folder: Path) -> dict[str, bytes | None]:
    """What is in a folder: names, and the bytes of its files. Asked thousands of times, so without a Path for each."""
    found: dict[str, bytes | None] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            found[entry.name] = None
            if entry.is_file(follow_symlinks=False):
                file = os.open(entry.path, os.O_RDONLY)
                found[entry.name] = os.read(file, os.fstat(file).st_size)
                os.close(file)
    return found


def _on_two_disks(event: str, args: tuple, temporary: str) -> None:
    """What the system says of a name that is to go from one disk to another."""
    if event in ("os.rename", "os.link"):
        sides = {Path(os.fsdecode(name)).absolute().is_relative_to(temporary) for name in args[:2]}
        if len(sides) > 1:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), args[0], None, args[1])

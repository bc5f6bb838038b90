"""Scripts as somebody else runs them: in a folder of their own, and if need be without anything that is installed.

    alone = ran(text, evidence.run)                    # a Python without IPython, pandas, …
    alone.status, alone.files["result.json"]

The regular files in its folder are read when the script has ended. Its words on stderr are for messages: `last`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from autograder.cases.environments import make

# A backend of matplotlib's whose windows wait for somebody to close them: here nobody does, so it says so and ends.
WAITING = """
import os
import sys

from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg


class FigureManager(FigureManagerBase):
    @classmethod
    def pyplot_show(cls, *, block=None):
        if block is None or block:
            sys.stderr.write("a window is open, and waits for somebody to close it\\n")
            sys.stderr.flush()
            os._exit(75)


class FigureCanvas(FigureCanvasAgg):
    manager_class = FigureManager
"""


class Finished(Protocol):
    """How a command ended, as `evidence.run` says it."""

    status: int | None
    stdout: bytes
    stderr: bytes


@dataclass(frozen=True)
class Ran:
    """How a script ended: exit status (None: it did not end), its two streams, and the files in its folder."""

    status: int | None
    out: str
    err: str
    files: Mapping[str, bytes]

    @property
    def ended(self) -> str:
        """How it ended, in words."""
        return "no end" if self.status is None else f"status {self.status}"

    @property
    def why(self) -> str:
        """What is known of it where it did not end with status 0; else empty."""
        return self.last if self.status != 0 else ""

    @property
    def last(self) -> str:
        """The last line on stderr, or what is known instead."""
        if self.status is None:
            return "It does not end."
        return (self.err.strip().splitlines() or [f"Exit status {self.status}."])[-1][:200]


def ran(text: str, run: Callable[..., Finished], *, windows: bool = False) -> Ran:
    """Run a text as script.py, in a new folder, by a Python in whose environment nothing is installed.

    With `windows` it is the Python of this process, with its packages, and plots appear in windows that wait.
    """
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder, tools = Path(name, "job"), Path(name, "tools")
        folder.mkdir()
        (folder / "script.py").write_text(text, encoding="utf-8")
        command: Sequence[str | Path] = ["python", "script.py"]
        environment = {}
        if windows:
            tools.mkdir()
            (tools / "waiting.py").write_text(WAITING)
            _lend_fonts(tools)
            environment = {"PYTHONPATH": str(tools), "MPLBACKEND": "module://waiting", "MPLCONFIGDIR": str(tools)}
        else:
            command = [make(tools) / "bin" / "python", "script.py"]
        return _ended(run(command, cwd=folder, environment=environment, seconds=25), folder)


def _lend_fonts(folder: Path) -> None:
    """What matplotlib here knows of this machine's fonts, for one that starts anew: to look at each takes a second."""
    from matplotlib import font_manager

    known = font_manager.fontManager
    font_manager.json_dump(known, folder / f"fontlist-v{known.__version__}.json")


def called(
    command: Sequence[str | Path],
    run: Callable[..., Finished],
    files: Mapping[str, bytes] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """Run a command in a new folder in which these files lie, by name. Nothing is on its stdin."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        for path, content in (files or {}).items():
            (folder / path).write_bytes(content)
        quiet = {"PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}
        return _ended(run(command, cwd=folder, environment=quiet, seconds=25), folder)


def _ended(done: Finished, folder: Path) -> Ran:
    streams = (stream.decode(errors="replace") for stream in (done.stdout, done.stderr))
    left = [path for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    return Ran(done.status, *streams, {path.name: path.read_bytes() for path in left})

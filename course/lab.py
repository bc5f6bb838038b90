"""JupyterLab on the course: its words, its settings, and what stands in the way of it, each with a remedy.

The server's root is the folder of the course, so that a lesson's link to its assignment leads there. What a student
does not need (formgrader, the panel that makes assignments) is off, unless a teacher asks for it; the settings lie in
`course/jupyter/`.
"""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
import tempfile
import webbrowser
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
START, MANUAL = "START.md", "README.md"
SETTINGS = Path(__file__).with_name("jupyter")
GRADER = ("cloudpickle", "nbgrader", "nh3", "sqlglot")
PORT = 8888


class CannotOpen(Exception):
    """JupyterLab cannot be opened. The message says what is in the way, and what to do."""


def command(options: Sequence[str], root: Path = ROOT, teacher: bool = False) -> list[str]:
    """The words that become JupyterLab, for a student or a teacher. `options` are JupyterLab's own and count last.
    CannotOpen where it would not work."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise CannotOpen(
            "JupyterLab is not installed in this environment.\n"
            f"  → {sys.executable} -m pip install jupyterlab   (or see what else is missing: course doctor)"
        )
    if not (root / START).is_file():
        raise CannotOpen(
            f"{root} holds the package `course`, and no lessons with their assignments beside it.\n"
            "  → git clone the course into a folder of your own, and type there: make lab"
        )
    missing = [name for name in GRADER if teacher and importlib.util.find_spec(name) is None]
    if missing:
        raise CannotOpen(
            f"the grader is not installed in this environment ({', '.join(missing)}), and formgrader would grade with "
            "another.\n"
            f"  → in {root}: ./setup.sh teacher"
        )
    _writable(root)
    _free(options)
    words = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{MANUAL if teacher else START}",
    ]
    return [*words, *options]


def environment(of: Mapping[str, str], teacher: bool = False) -> dict[str, str]:
    """The variables of JupyterLab: it finds the course's settings, after anybody's own."""
    settings = [SETTINGS] if teacher else [SETTINGS / "student", SETTINGS]
    paths = [*filter(None, [of.get("JUPYTER_CONFIG_PATH", "")]), *map(str, settings)]
    return {**of, "JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}


def without_browser(options: Sequence[str]) -> str:
    """What to do where this machine has no browser to open. Empty where it has one, or where none is asked for."""
    if any(option.startswith("--no-browser") for option in options):
        return ""
    try:
        webbrowser.get()
    except webbrowser.Error:
        port = _port(options) or PORT
        return (
            "this machine has no browser. Two steps open JupyterLab in the browser of your own machine:\n"
            f"  → there, in a terminal: ssh -N -L {port}:localhost:{port} {_me()}@{socket.gethostname()}\n"
            "  → then open the address with `localhost` and `token` that stands below in your browser.\n"
            f"  If the address below has another number than {port}, put that one into both places."
        )
    return ""


def _writable(root: Path) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=root):
            pass
    except OSError as error:
        raise CannotOpen(
            f"{root}: you may not write here ({error.strerror}), so nothing that you type could be saved.\n"
            f"  → git clone {root} ~/workflow, and there: make lab"
        ) from error


def _free(options: Sequence[str]) -> None:
    """A port that was asked for by number must be free. Without a number JupyterLab takes the next one that is."""
    port = _port(options)
    if port is None:
        return
    with socket.socket() as found:
        if os.name == "posix":  # where a server has just ended, its port is free for another
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(("127.0.0.1", port))
        except OSError as error:
            jupyter = Path(sys.executable).with_name("jupyter")
            raise CannotOpen(
                f"port {port} cannot be used ({error.strerror}): perhaps another JupyterLab of yours runs there.\n"
                f"  → {jupyter} server list   shows those that run, with addresses to open\n"
                f"  → {jupyter} server stop {port}   ends yours\n"
                "  → or leave --port out: the next port that is free is taken"
            ) from error


def _port(options: Sequence[str]) -> int | None:
    """The port that is asked for, if one is."""
    for option, following in zip(options, [*options, ""][1:], strict=True):
        name, _, value = option.partition("=")
        if name in ("--port", "--ServerApp.port"):
            value = value or following
            return int(value) if value.isdecimal() and 0 < int(value) < 65536 else None
    return None


def _me() -> str:
    return os.environ.get("USER") or os.environ.get("LOGNAME") or "you"

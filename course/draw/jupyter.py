"""Who takes part when a cell runs: the browser, the server, the kernel, and IPython in it. Drawn from within one."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

from ipykernel.connect import get_connection_file

from course.draw.picture import CHOSEN, INK, NOTE, PLAIN, PLAIN_TEXT, TITLE, WIDTH, Picture, box, canvas, finish
from course.terminal import shortened

PORTS = ("shell", "iopub", "stdin", "control", "hb")


def jupyter() -> Picture:
    """From the browser to the code of a cell, with what the kernel's connection file says. RuntimeError outside one."""
    path = Path(get_connection_file())
    told = json.loads(path.read_text(encoding="utf-8"))
    mode = f"{stat.S_IMODE(path.stat().st_mode):04o}"
    ports = sum(f"{name}_port" in told for name in PORTS)
    where = f"{told['transport']}://{told['ip']}"
    signed = "signed with a key" if told.get("key") else "not signed"
    hidden = "encrypted" if told.get("curve_publickey") else "not encrypted"
    python = shortened()(sys.executable)
    version = ".".join(map(str, sys.version_info[:2]))
    parts = (
        ("browser", "on your laptop", "shows, and asks"),
        ("Jupyter server", "on the server", "files, and a token"),
        ("kernel", f"process, Python {version}", Path(python).parts[0] if python[0] != "/" else "its own Python"),
        ("IPython", "in the kernel", "magics, In, Out"),
    )
    step = (WIDTH - 0.3 + 0.55) / len(parts)
    with canvas(WIDTH, 1.95) as axes:
        axes.text(0.15, 0.22, "From your browser to your code", **TITLE)
        for place, (name, kind, does) in enumerate(parts):
            x = 0.15 + step * place
            box(axes, x, 0.5, step - 0.55, name, CHOSEN if name == "kernel" else PLAIN, 0.42)
            axes.text(x, 1.1, kind, **PLAIN_TEXT)
            axes.text(x, 1.3, does, **PLAIN_TEXT)
            if place:
                arrow = {"arrowstyle": "<|-|>", "color": INK, "linestyle": "--" if place == 3 else "-"}
                axes.annotate("", (x - 0.03, 0.71), (x - 0.52, 0.71), arrowprops=arrow)
        axes.text(0.15, 1.6, "browser to server: HTTP, whoever has the token is you", **NOTE)
        axes.text(
            0.15, 1.8, f"server to kernel: {ports} ports at {where}, {signed}, {hidden}; file mode {mode}", **NOTE
        )
        return finish(
            axes,
            "A browser talks HTTP to a Jupyter server, which asks for a token. The server talks to the kernel, a "
            f"process of its own, over {ports} ports at {where}, {signed} and {hidden}; the file with the key has "
            f"mode {mode}. IPython runs in the kernel, which is {python}.",
        )

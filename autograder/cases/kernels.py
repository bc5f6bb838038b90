"""Environments in which a kernel can run, and the prefix that a kernel tells of itself.

env = able(path)                                 # an environment with ipykernel
spec(jupyter, "sqlproj")                         # what jupyter/kernels/sqlproj/kernel.json says
prefixes(jupyter, ["sqlproj"], evidence.run)     # {"sqlproj": "…/env"}: started, and asked
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.cases.environments import Run, make, site
from course import wheels

# Starts each kernel as a notebook would, by its name, and asks it. All at once: to start one takes most of a second.
ASK = """
import json, sys
from jupyter_client.manager import KernelManager
started, told = {}, {}
for name in sys.argv[1:]:
    try:
        manager = KernelManager(kernel_name=name, transport="ipc", ip=f"./{len(started)}")
        manager.start_kernel()
        started[name] = manager, manager.blocking_client()
    except Exception as error:
        told[name] = f"it does not start: {type(error).__name__}: {error}"
for name, (manager, client) in started.items():
    client.start_channels()
    try:
        client.wait_for_ready(timeout=15)
        said = []
        def keep(message):
            if message["msg_type"] == "stream":
                said.append(message["content"]["text"])
        client.execute_interactive("import sys; print(sys.prefix)", timeout=15, output_hook=keep)
        told[name] = "".join(said).strip()
    except Exception as error:
        told[name] = f"it does not answer: {type(error).__name__}: {error}"
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print(json.dumps(told))
"""


def able(path: str | Path) -> Path:
    """An environment with ipykernel and all that it needs, by links to the course's own: its absolute path."""
    env = make(path)
    for found in wheels.closure("ipykernel"):
        for name in {
            Path(file).parts[0] for file in found.files or () if Path(file).parts[0] not in ("..", "__pycache__")
        }:
            (site(env) / name).symlink_to(found.locate_file(name))
    return env


def spec(jupyter: Path, name: str) -> dict[str, Any]:
    """What the file kernel.json of that name says; empty where there is none, or it is no JSON object."""
    try:
        found = json.loads((jupyter / "kernels" / name / "kernel.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def prefixes(jupyter: Path, names: Sequence[str], run: Run) -> Mapping[str, str]:
    """Name → what that kernel, started by jupyter_client, says its `sys.prefix` is; or a sentence why it does not."""
    desk = jupyter.parent / "desk"
    desk.mkdir()
    around = {"JUPYTER_PATH": str(jupyter), "JUPYTER_DATA_DIR": str(desk), "JUPYTER_NO_CONFIG": "1"}
    done = run(["python", "-c", ASK, *names], cwd=desk, environment=around, seconds=40)
    shutil.rmtree(desk, ignore_errors=True)
    try:
        return json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return dict.fromkeys(names, f"it does not start: {''.join(last)}")

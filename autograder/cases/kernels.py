"""Environments in which a kernel can run, and the prefix that a kernel tells of itself.

env = able(path)                                 # an environment with ipykernel
spec(jupyter, "sqlproj")                         # what jupyter/kernels/sqlproj/kernel.json says
prefixes(jupyter, ["sqlproj"], evidence.run)     # {"sqlproj": "…/env"}: started, and asked
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.cases.environments import Run, link, make

ASK = """
import json, sys
from course import kernels
told = {}
for name in sys.argv[2:]:
    try:
        told[name] = kernels.ask(sys.argv[1], name, "import sys; print(sys.prefix)").strip()
    except Exception as error:
        told[name] = str(error) or type(error).__name__
print(json.dumps(told))
"""


def able(path: str | Path) -> Path:
    """An environment with ipykernel and all that it needs, by links to the course's own: its absolute path."""
    env = make(path)
    link(env, "ipykernel")
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
    done = run(["python", "-c", ASK, jupyter, *names], environment={"JUPYTER_NO_CONFIG": "1"}, seconds=40)
    try:
        return json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return dict.fromkeys(names, f"it does not start: {''.join(last)}")

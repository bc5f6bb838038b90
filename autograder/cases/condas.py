"""Condas to type into, and what a learner's lines leave behind.

here = conda.installation(folder)
lines = typed(here, ["conda create -n sqlproj pyodbc"], evidence.run)
packages(here, "sqlproj")        # {"pyodbc": "5.3.0", "python": "3.11.7", …}
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from course.conda import Installation, environment

MARK = "\x1e"


@dataclass(frozen=True)
class Line:
    """A line that was typed: what it wrote, errors included, and its exit status."""

    text: str
    said: str
    status: int

    @property
    def complaint(self) -> str:
        """The first line that it wrote; most say there what is wrong."""
        return next((line.strip() for line in self.said.splitlines() if line.strip()), "it wrote nothing")


def typed(here: Installation, lines: Sequence[str], run: Callable, seconds: float = 25.0) -> list[Line]:
    """Type the lines into one shell, in which `conda` is this one and can activate, and see what each does.

    As somebody would at a terminal, it goes on after a line that fails. `run` is `evidence.run`. A line that was not
    reached, because an earlier one ended the shell or took too long, is not among the result.
    """
    script = ['eval "$(conda shell.bash hook)"']
    script += [f"eval {shlex.quote(line)} < /dev/null 2>&1\nprintf '{MARK}%s{MARK}' $?" for line in lines]
    path = os.pathsep.join([str(here.bin), "/usr/local/bin", "/usr/bin", "/bin"])
    done = run(["bash", "-c", "\n".join(script)], environment={"PATH": path}, seconds=seconds)
    parts = done.stdout.decode(errors="replace").split(MARK)
    return [Line(text, said, int(status)) for text, said, status in zip(lines, parts[::2], parts[1::2], strict=False)]


def packages(here: Installation, name: str) -> dict[str, str]:
    """Name → version of what an environment holds, by its conda-meta; empty where there is none."""
    prefix = here.prefix(name)
    if not environment.is_one(prefix):
        return {}
    return {record.name.normalized: str(record.version) for record in environment.packages(prefix)}


def named(here: Installation) -> set[str]:
    """The names of all environments, `base` apart."""
    return {name for name, _ in here.environments()} - {"base"}

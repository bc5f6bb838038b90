"""Condas to type into, and what a learner's lines leave behind.

here = conda.installation(folder)
lines = typed(here, ["conda create -n sqlproj pyodbc"], evidence.run)
packages(here, "sqlproj")        # {"pyodbc": "5.3.0", "python": "3.11.7", …}

left(["conda create -n sqlproj pyodbc"], evidence.run).made      # the same, in a conda that is made for it
"""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.cases.environments import Seen, files, look
from course import conda
from course.conda import Installation, environment

MARK = "\x1e"
PROJECT, COLLEAGUE = "sqlproj", "reports"


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


@dataclass(frozen=True)
class Left:
    """What lines leave behind.

    `made` is the environment `sqlproj` as name → version, `seen` as its own Python sees it.
    `base` is what base held before and afterwards, `names` are those of all others, `touched` says which of base and a
    colleague's environment has other files than before; `why` is a sentence about the first line that failed.
    """

    why: str
    made: Mapping[str, str]
    seen: Seen
    base: tuple[Mapping[str, str], Mapping[str, str]]
    names: frozenset[str]
    touched: tuple[str, ...]


def left(lines: Sequence[str], run: Callable, *, shared: bool = False) -> Left:
    """Type the lines into a new conda. A `shared` one has a space in its path, and holds what others put there.

    The same is typed once: several checks look at different sides of it.
    """
    return _left(tuple(lines), run, shared)


@cache
def _left(lines: tuple[str, ...], run: Callable, shared: bool) -> Left:
    with tempfile.TemporaryDirectory() as folder:
        here = conda.installation(Path(folder).resolve() / ("shared conda" if shared else "conda"))
        if shared:
            here.run("install", "-n", "base", "polartools=1")
            here.run("create", "-n", COLLEAGUE, "python", "pandas=3")
        places = {"base": here.root / "lib", COLLEAGUE: here.prefix(COLLEAGUE)}
        before, held = {name: files(place) for name, place in places.items()}, packages(here, "base")
        done = typed(here, lines, run)
        failed = next((line for line in done if line.status), None)
        return Left(
            f" The line {failed.text!r} fails: {failed.complaint}" if failed else "",
            packages(here, PROJECT),
            look(here.prefix(PROJECT), run, ["pandas", "pyodbc"]),
            (held, packages(here, "base")),
            frozenset(named(here)),
            tuple(name for name, place in places.items() if files(place) != before[name]),
        )


def typed(here: Installation, lines: Sequence[str], run: Callable, seconds: float = 25.0) -> list[Line]:
    """Type the lines into one shell, in which `conda` is this one and can activate, and see what each does.

    As somebody would at a terminal, it goes on after a line that fails. `run` is `evidence.run`. A line that was not
    reached, because an earlier one ended the shell or took too long, is not among the result.
    """
    script = ['eval "$(conda shell.bash hook)"']
    script += [f"eval {shlex.quote(line)} < /dev/null 2>&1\nprintf '{MARK}%s{MARK}' $?" for line in lines]
    path = os.pathsep.join([str(here.bin), "/usr/local/bin", "/usr/bin", "/bin"])
    done = run(["bash", "-c", "\n".join(script)], environment={"PATH": path}, seconds=seconds)
    if done.status is None:
        raise TimeoutError("the lines did not come to an end in time")  # and so nothing of it is remembered
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

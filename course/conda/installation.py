"""Where a conda lives: a folder with the environment `base`, further ones in `envs/`, and the command itself."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from course.conda import channel, environment, recipes

CHANNEL = "course"
ROOT = "COURSE_CONDA_ROOT"
# `-P` keeps the current folder out: a file `json.py` in it is not to be run by conda.
COMMAND = """\
#!/bin/sh
{variable}={root} exec {python} -P -c '
import sys
sys.path.append({home!r})
from course.cli import main
sys.exit(main(["conda", *sys.argv[1:]]))' "$@"
"""


@dataclass(frozen=True)
class Installation:
    """A conda that is installed in the folder `root`."""

    root: Path

    @property
    def envs(self) -> Path:
        """The folder of the environments that have a name."""
        return self.root / "envs"

    @property
    def channel(self) -> Path:
        """The folder of the channel from which packages come."""
        return self.root / CHANNEL

    @property
    def cache(self) -> Path:
        """The folder of packages that were unpacked already."""
        return self.root / "pkgs"

    @property
    def bin(self) -> Path:
        """The folder of the command `conda`: put it on PATH, and lines that begin with `conda` run."""
        return self.root / "condabin"

    @property
    def command(self) -> Path:
        """The command `conda` of this installation."""
        return self.bin / "conda"

    def prefix(self, name: str) -> Path:
        """The folder of the environment `name`, there or not."""
        return self.root if name == "base" else self.envs / name

    def environments(self) -> Iterator[tuple[str, Path]]:
        """(name, folder) of `base` and of each environment in `envs/`."""
        yield "base", self.root
        for folder in sorted(self.envs.iterdir()):
            if environment.is_one(folder):
                yield folder.name, folder

    def run(self, *words: str, variables: Mapping[str, str] | None = None) -> Said:
        """What `conda *words` comes to, in this process; `conda run` alone starts another."""
        from course.conda.commands import run

        return run(self, words, os.environ if variables is None else variables)


@dataclass(frozen=True)
class Said:
    """How a command ended: its status, and what it wrote."""

    status: int
    stdout: str = ""
    stderr: str = ""


def installation(folder: str | Path) -> Installation:
    """The conda in `folder`, which is installed there if it is not yet: `base` holds a Python and nothing else."""
    here = Installation(Path(folder).absolute())
    if environment.is_one(here.root):
        return here
    here.envs.mkdir(parents=True, exist_ok=True)
    channel.build(here.channel, recipes.recipes(environment.platform()))
    wish = [f"python={recipes.HOST}"]
    environment.carry_out(here.root, environment.planned(here.root, here.channel, wish), here.cache, wish)
    here.bin.mkdir()
    home = str(Path(__file__).resolve().parents[2])
    quoted = {"root": shlex.quote(str(here.root)), "python": shlex.quote(sys.executable)}
    # Within the quotes of the shell an apostrophe has to be written in another way.
    text = COMMAND.format(variable=ROOT, home=home, **quoted).replace(repr(home), repr(home).replace("'", '"'))
    here.command.write_text(text)
    here.command.chmod(0o755)
    return here

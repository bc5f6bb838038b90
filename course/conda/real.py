"""Where the learner has a conda or a mamba, the lessons use that one, on the course's channel and in a folder apart.

    here = conda.installation(folder)
    shell = real.terminal(here)      # a terminal in which `conda` is the learner's own, or else the course's

The learner's own is told by a configuration file of the course (`CONDARC`) where environments go and where packages
come from, so that nothing of the learner's is touched. Set COURSE_CONDA=course to have the course's own all the same:
then every output is the one that is printed in the lesson. (pixi has no `create -n`, no `base` and no `activate`: it
cannot carry out these lines.)
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from course import terminal as terminals
from course.conda.installation import Installation

CHOICE, OWN = "COURSE_CONDA", "course"
PROGRAMS = ("conda", "mamba", "micromamba")
CONFIGURATION = """\
channels: [{channel}]
envs_dirs: [{envs}]
pkgs_dirs: [{cache}]
always_yes: true
auto_activate_base: false
channel_alias: {channel}
notify_outdated_conda: false
"""


def program() -> Path | None:
    """The learner's conda, mamba or micromamba: the first that is there; None where the course's own is to be used."""
    if os.environ.get(CHOICE) == OWN:
        return None
    return next((Path(found) for name in PROGRAMS if (found := shutil.which(name))), None)


def terminal(here: Installation, home: str | Path | None = None) -> terminals.Terminal:
    """A new terminal in which `conda` works, `conda activate` included."""
    own = program()
    if own is None:
        shell = terminals.open(home, here.bin)
        shell('eval "$(conda shell.bash hook)"')
        return shell
    (here.root / "condarc").write_text(
        CONFIGURATION.format(channel=here.channel.as_uri(), envs=here.envs, cache=here.root / f"{own.name}-pkgs")
    )
    variables = {"CONDARC": str(here.root / "condarc"), "MAMBA_ROOT_PREFIX": str(here.root)}
    shell = terminals.open(home, own.parent, variables=variables)
    if own.name == "micromamba":
        shell('eval "$(micromamba shell hook -s bash)"; conda() { micromamba "$@"; }')
    else:
        shell(f'eval "$({own.name} shell.bash hook)"')
        if own.name != "conda":
            shell(f'conda() {{ {own.name} "$@"; }}')
    return shell

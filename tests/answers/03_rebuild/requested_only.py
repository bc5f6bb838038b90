# %% a walk over Requires-Dist from outside
import re
from importlib.metadata import distributions

from packaging.requirements import Requirement


def requested_only(python, asked):
    def normal(name):
        return re.sub("[-_.]+", "-", name).lower()

    (site,) = python.parent.parent.glob("lib/python*/site-packages")
    found = list(distributions(path=[str(site)]))
    needed = set()
    for one in found:
        for line in one.requires or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                needed.add(normal(need.name))
    names = {normal(one.name) for one in found}
    return sorted({*map(normal, asked)} | {name for name in names if name not in needed})


# %% pip list --not-required, and what was asked for
import json
import subprocess
import sys

from packaging.utils import canonicalize_name


def requested_only(python, asked):
    command = [sys.executable, "-m", "pip", "--python", python, "list", "--not-required", "--format=json"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return sorted({canonicalize_name(name) for name in [*asked, *(one["name"] for one in found)]})


# %% the top of uv's tree, and what was asked for
import subprocess

from packaging.utils import canonicalize_name


def requested_only(python, asked):
    command = ["uv", "pip", "tree", "--offline", "--depth=0", "--python", str(python)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted({canonicalize_name(line.split(" ")[0]) for line in [*lines, *asked] if line[:1].isalnum()})


# %% lists everything  fails=["requested_only_top", "requested_only_asked", "requested_only_names"]
import subprocess


def requested_only(python, asked):
    command = ["uv", "pip", "list", "--offline", "--format=freeze", "--python", str(python)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return sorted(line.split("==")[0] for line in lines)


# %% takes the packages that need nothing  fails=["requested_only_top", "requested_only_asked", "requested_only_names"]
import json
import subprocess

from packaging.utils import canonicalize_name


def requested_only(python, asked):
    code = "import importlib.metadata as m, json; print(json.dumps([(d.name, d.requires) for d in m.distributions()]))"
    told = json.loads(subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True).stdout)
    names = [name for name, requires in told if not requires]
    return sorted({canonicalize_name(name) for name in [*names, *asked]})


# %% drops what was asked for if another one needs it  fails=["requested_only_asked", "requested_only_names"]
import json
import subprocess
import sys

from packaging.utils import canonicalize_name


def requested_only(python, asked):
    command = [sys.executable, "-m", "pip", "--python", python, "list", "--not-required", "--format=json"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return sorted(canonicalize_name(one["name"]) for one in found)


# %% returns what was asked for and no more  fails=["requested_only_top", "requested_only_asked", "requested_only_names"]
from packaging.utils import canonicalize_name


def requested_only(python, asked):
    return sorted({canonicalize_name(name) for name in asked})


# %% compares names as they are spelt  fails=["requested_only_top", "requested_only_names"]
import json
import subprocess

from packaging.requirements import Requirement


def requested_only(python, asked):
    code = "import importlib.metadata as m, json; print(json.dumps([(d.name, d.requires) for d in m.distributions()]))"
    told = json.loads(subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True).stdout)
    needs = [Requirement(line) for _, requires in told for line in requires or []]
    needed = {need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})}
    return sorted({name for name, _ in told} - needed | set(asked))


# %% takes what was asked for as it is spelt  fails=["requested_only_names"]
import json
import subprocess
import sys

from packaging.utils import canonicalize_name


def requested_only(python, asked):
    command = [sys.executable, "-m", "pip", "--python", python, "list", "--not-required", "--format=json"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return sorted({*asked, *(canonicalize_name(one["name"]) for one in found)})


# %% takes what an extra needs for needed  fails=["requested_only_top", "requested_only_names"]
import json
import subprocess

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def requested_only(python, asked):
    code = "import importlib.metadata as m, json; print(json.dumps([(d.name, d.requires) for d in m.distributions()]))"
    told = json.loads(subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True).stdout)
    needed = {canonicalize_name(Requirement(line).name) for _, requires in told for line in requires or []}
    names = {canonicalize_name(name) for name, _ in told}
    return sorted(names - needed | {canonicalize_name(name) for name in asked})


# %% lists a name twice if it is both  fails=["requested_only_top", "requested_only_asked", "requested_only_names"]
import json
import subprocess
import sys

from packaging.utils import canonicalize_name


def requested_only(python, asked):
    command = [sys.executable, "-m", "pip", "--python", python, "list", "--not-required", "--format=json"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return sorted(canonicalize_name(name) for name in [*asked, *(one["name"] for one in found)])


# %% asks its own interpreter  fails=["requested_only_top", "requested_only_asked", "requested_only_names"]
from importlib.metadata import distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def requested_only(python, asked):
    found = list(distributions())
    needs = [Requirement(line) for one in found for line in one.requires or []]
    needed = {canonicalize_name(one.name) for one in needs if not one.marker or one.marker.evaluate({"extra": ""})}
    return sorted({canonicalize_name(one.name) for one in found} - needed | {canonicalize_name(name) for name in asked})


# %% the marks that installers leave  fails=["requested_only_top", "requested_only_asked", "requested_only_names"]
from importlib.metadata import distributions

from packaging.utils import canonicalize_name


def requested_only(python, asked):
    (site,) = python.parent.parent.glob("lib/python*/site-packages")
    marked = [one.name for one in distributions(path=[str(site)]) if one.read_text("REQUESTED") is not None]
    return sorted({canonicalize_name(name) for name in [*asked, *marked]})


# %% takes what another system needs for needed  fails=["requested_only_top", "requested_only_names"]
import json
import subprocess

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LIST = "import importlib.metadata as m, json; print(json.dumps({d.name: d.requires or [] for d in m.distributions()}))"


def requested_only(python, asked):
    found = json.loads(subprocess.run([python, "-c", LIST], capture_output=True, text=True, check=True).stdout)
    needed = {
        canonicalize_name(Requirement(line).name) for lines in found.values() for line in lines if "extra" not in line
    }
    return sorted(set(map(canonicalize_name, found)) - needed | set(map(canonicalize_name, asked)))

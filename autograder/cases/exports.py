"""What `conda env export` writes, and whether that can be solved on other platforms: on the course's own channel.

    text = exported(["python", "pandas=2.2.3"], by_pip=["icecore==1.0"])
    solved(text, "win-64")        # {"pandas": "2.2.3", …}; ExportError where it cannot be

A channel is built once a process; a solve takes some 20 ms.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rattler import MatchSpec, Version, VersionSpec

from course.conda import CondaError, channel, environment, recipes
from course.conda.channel import Recipe

PLATFORMS = recipes.PLATFORMS
# What only one or two of the platforms have, besides the course's unixodbc.
ONLY = (
    Recipe("libfrost", "4.2.1", build="h1de5e32_3", subdir="linux-64"),
    Recipe("ld-linux-64", "2.44", build="h0000000_1", subdir="linux-64"),
    Recipe("icekit", "11.0", build="hfeed123_0", subdir="osx-arm64"),
)
# Names that look like another line of the file.
ODD = (Recipe("prefix-tools", "1.4", ("python",)), Recipe("pip-name", "0.9", ("python",)))


class ExportError(Exception):
    """A text that is no list of packages, or that cannot be solved. The message says why."""


def exported(
    wishes: Sequence[str], *, name: str = "sqlproj", prefix: str = "/srv/ann/envs/sqlproj", by_pip: Sequence[str] = ()
) -> str:
    """The text of an environment that fulfils the wishes on Linux: each package with its version and build."""
    found = environment.solved(_channel(), wishes, "linux-64")
    lines = [f"name: {name}", "channels:", "  - course", "dependencies:"]
    lines += [f"  - {record.name.normalized}={record.version}={record.build}" for record in found]
    lines += ["  - pip:", *(f"      - {line}" for line in by_pip)] if by_pip else []
    return "\n".join([*lines, f"prefix: {prefix}"]) + "\n"


def parts(text: Any) -> dict[str, Any]:
    """The file as a mapping, with a list `dependencies`; ExportError where the text is none."""
    if not isinstance(text, str):
        raise ExportError(f"it is no text, but of type {type(text).__name__}")
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ExportError(f"it is no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(found, dict) or not isinstance(found.get("dependencies"), list):
        raise ExportError("it has no list of dependencies")
    return found


def pinned(text: Any) -> dict[str, MatchSpec]:
    """Name → request of conda's own packages; ExportError where a line is no request."""
    lines = [line for line in parts(text)["dependencies"] if not isinstance(line, dict)]
    try:
        return {environment.name_of(str(line)): environment.spec(str(line)) for line in lines}
    except CondaError as error:
        raise ExportError(str(error)) from None


def fixed(request: MatchSpec, exported: MatchSpec) -> bool:
    """Whether a request fits the exported version and not the one after it; `=2.2.3` and `==2.2.3` both do."""
    if request.version is None:
        return False
    version, wanted = str(exported.version).lstrip("="), VersionSpec(str(request.version))
    before, _, last = version.rpartition(".")
    following = f"{before}.{int(last) + 1}"
    return wanted.matches(Version(version)) and not wanted.matches(Version(following))


def by_pip(text: Any) -> list[str]:
    """The lines that are left to pip."""
    return [str(line) for one in parts(text)["dependencies"] if isinstance(one, dict) for line in one.get("pip") or ()]


def solved(text: Any, platform: str) -> Mapping[str, str]:
    """Name → version of what comes of the file on a platform; ExportError where nothing does."""
    pinned(text)
    lines = [str(line) for line in parts(text)["dependencies"] if not isinstance(line, dict)]
    try:
        found = environment.solved(_channel(), lines, platform)
    except CondaError as error:
        said = str(error).partition("Current channels:")[0]  # whose name is made up
        raise ExportError(f"on {platform}: {' '.join(said.split())}") from None
    return {record.name.normalized: str(record.version) for record in found}


@cache
def _channel() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="channel-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return channel.build(folder, (*recipes.recipes("linux-64"), *ONLY, *ODD))

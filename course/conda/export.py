"""An environment as text, `environment.yml`, and back: what `conda env export` writes and `conda env create` reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import yaml

from course.conda import environment
from course.conda.environment import CondaError


@dataclass(frozen=True)
class Wanted:
    """What a file asks for: conda's own requests, and those that it leaves to pip."""

    name: str | None
    requests: tuple[str, ...]
    by_pip: tuple[str, ...] = ()


def export(name: str, prefix: Path, *, builds: bool = True, asked_only: bool = False) -> str:
    """The text for an environment: everything with its version and build, or only what was asked for."""
    if asked_only:
        listed = environment.asked(prefix)
    else:
        end = "={0.build}" if builds else ""
        listed = [
            f"{record.name.normalized}={record.version}{end.format(record)}" for record in environment.packages(prefix)
        ]
    lines = [f"name: {_text(name)}", "channels:", "  - course", "dependencies:"]
    by_pip = [] if asked_only else pip_installed(prefix)
    if by_pip:
        listed += ["pip:"]
    lines += [f"  - {_text(item)}" if item != "pip:" else "  - pip:" for item in listed]
    lines += [f"      - {item}" for item in by_pip]
    return "\n".join([*lines, f"prefix: {_text(str(prefix))}"]) + "\n"


def read(path: Path) -> Wanted:
    """What an environment.yml asks for. CondaError where it is none."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CondaError(f"EnvironmentFileNotFound: '{path.absolute()}' file not found") from None
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise CondaError(f"EnvironmentFileNotValid: {path}: {error}") from None
    listed = found.get("dependencies") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise CondaError(f"EnvironmentFileEmpty: '{path}' has no list of dependencies")
    requests = [item for item in listed if isinstance(item, str)]
    by_pip = [line for item in listed if isinstance(item, dict) for line in item.get("pip") or ()]
    return Wanted(found.get("name"), tuple(requests), tuple(map(str, by_pip)))


def pip_installed(prefix: Path) -> list[str]:
    """`name==version` of what pip or uv put into the environment, by what conda-meta does not know."""
    own = {Path(file).parts[-2] for record in environment.packages(prefix) for file in record.files if "/" in str(file)}
    found = []
    for info in sorted(prefix.glob("lib/python*/site-packages/*.dist-info")):
        if info.name not in own and (info / "METADATA").is_file():
            lines = (info / "METADATA").read_text(encoding="utf-8").splitlines()
            about = dict(line.split(": ", 1) for line in lines if line.startswith(("Name: ", "Version: ")))
            found.append(f"{about.get('Name')}=={about.get('Version')}")
    return found


def _text(value: str) -> str:
    """A text as YAML writes it: in quotes where it would be read as something else."""
    plain = yaml.safe_load(value) == value if value and ": " not in value and " #" not in value else False
    return value if plain and value[0] not in "&*!|>%@`'\"[]{}#?-" else json.dumps(value)

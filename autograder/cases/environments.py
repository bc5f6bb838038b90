"""Environments to work on, and what is in one that somebody else made.

    env = make("first", [polartools])          # a folder with a Python of its own and polartools in it
    seen = look(env, evidence.run)
    that(not seen.trouble, seen.trouble)
    seen.packages                              # {"polartools": "1.1"}

What is made here is lean: a few files and links, some 10 ms. What is looked at is read from the disk and asked of the
environment's own Python, isolated (`-I`), in a process that the caller starts; the two have to agree. So neither a
script in the Python's place nor a file that runs at its start can tell of packages that are not there.
"""

from __future__ import annotations

import configparser
import hashlib
import json
import os
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import distributions
from pathlib import Path
from random import Random
from typing import Protocol

from packaging.utils import canonicalize_name
from uv import find_uv_bin

from autograder.once import once
from course import wheels
from course.packages import POLAR, Package, single

# Files that installers put beside packages and that run at Python's start; nobody minds them.
USUAL_PTH = {"_virtualenv.pth", "distutils-precedence.pth", "ca-certificates.pth"}
ASK = """
import importlib.metadata, importlib.util, json, sys
found = {d.name: d.version for d in importlib.metadata.distributions()}
origins = {}
for name in sys.argv[1:]:
    spec = importlib.util.find_spec(name)
    if spec is not None:
        origins[name] = str(spec.origin)
print(json.dumps({"prefix": sys.prefix, "base": sys.base_prefix, "packages": found, "origins": origins}))
"""


class Finished(Protocol):
    """How a command ended, as `evidence.run` says it."""

    status: int | None
    stdout: bytes
    stderr: bytes


Run = Callable[..., Finished]


@dataclass(frozen=True)
class Seen:
    """An environment. `trouble` says why it is none, as a sentence; empty where it is one.

    `packages` are name → version, `origins` say of each module that was asked for and can be imported from where.
    """

    trouble: str = ""
    prefix: str = ""
    packages: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    shares: bool = False
    """Whether it lets in packages from outside."""


def package(name: str, version: str = "1.0") -> Package:
    """One of the packages of the course."""
    return next(found for found in POLAR if (found.name, found.version) == (name, version))


def make(path: str | Path, packages: Iterable[Package] = (), *, pip: bool = False, system: bool = False) -> Path:
    """A new environment at `path`, with these packages and if need be pip and uv in it: its absolute path."""
    path = Path(path).absolute()
    venv.create(path, with_pip=False, symlinks=True, system_site_packages=system)
    for one in packages:
        for name, held in wheels.content(one).items():
            file = site(path) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(held)
    if pip:
        _lend_pip(path)
    return path


def link(path: Path, name: str) -> None:
    """Let the environment at `path` have what is installed here under this name, and all that it needs, by links."""
    folder = site(path)
    for top, place in _installed(name):
        (folder / top).symlink_to(place)


def answering(caller: Path, text: str, call: str, run: Run, **given: Path) -> Finished:
    """Run the text of an answer, and then a call, by the Python of the environment `caller`; as a script of its own.

    The paths in `given` are bound before it. First on PATH is that environment.
    """
    script = [
        "from pathlib import Path",
        *(f"{name} = Path({str(path)!r})" for name, path in given.items()),
        text,
        call,
    ]
    around = {"PATH": os.pathsep.join([str(caller / "bin"), "/usr/bin", "/bin"]), "UV_OFFLINE": "1"}
    return run([caller / "bin" / "python", "-c", "\n".join(script)], environment=around, seconds=25)


def invented(seed: int, number: int = 2, versions: Sequence[str] = ("0.9", "0.10", "1.0", "2.0")) -> list[Package]:
    """Packages of one name each in these versions: names that nobody could know."""
    chance = Random(seed)
    words = [("frost", "drift", "sastrugi", "firn", "katabatic"), ("tools", "log", "maps", "io", "units")]
    chosen = set()
    while len(chosen) < number:
        chosen.add("-".join(chance.choice(part) for part in words))
    return [single(name, version) for name in sorted(chosen) for version in versions]


def site(path: Path) -> Path | None:
    """The folder of an environment's packages; None where there is not just one."""
    found = [folder for folder in path.glob("lib/python*/site-packages") if folder.is_dir()]
    return found[0] if len(found) == 1 else None


def look(path: str | Path, run: Run, modules: Sequence[str] = ()) -> Seen:
    """What is in the environment at `path`. `run` starts its Python, and is asked for `modules`, too."""
    path = Path(path).absolute()
    if trouble := _no_environment(path):
        return Seen(trouble)
    done = run([path / "bin" / "python", "-I", "-c", ASK, *modules])
    try:
        told = json.loads(done.stdout)
        prefix, packages, origins = told["prefix"], told["packages"], told["origins"]
    except (ValueError, KeyError, TypeError):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return Seen(f"{path.name}/bin/python does not run: status {done.status}. {''.join(last)}".rstrip())
    if prefix != str(path):
        return Seen(f"the Python of {path.name} says that it belongs to {prefix}")
    folder = site(path)
    if folder is None:
        return Seen(f"{path.name} has no folder of its own for packages")
    here = {canonicalize_name(found.name): found.version for found in distributions(path=[str(folder)])}
    shares = _shares(path, folder)
    told_here = {canonicalize_name(name): version for name, version in packages.items()}
    if not shares and told_here != here:
        return Seen(f"the Python of {path.name} finds other packages than lie in it")
    return Seen("", prefix, here, origins, shares)


def files(path: str | Path) -> dict[str, str]:
    """Everything below a folder: relative name → its hash, or where it leads. Equal if nothing has changed."""
    found = {}
    for folder, folders, names in os.walk(path):
        for name in (*folders, *names):
            one = Path(folder, name)
            key = str(one.relative_to(path))
            if one.is_symlink():
                found[key] = f"→ {one.readlink()}"
            elif one.is_file() and one.suffix != ".pyc":
                found[key] = hashlib.sha256(one.read_bytes()).hexdigest()
            elif one.is_dir() and name != "__pycache__":
                found[key] = "folder"
    return found


def names(folder: str | Path = ".") -> list[str]:
    """What lies in a folder, by name, in order."""
    return sorted(found.name for found in Path(folder).iterdir())


def _no_environment(path: Path) -> str:
    """Why there is no environment at `path`, by what lies there; empty where there is one."""
    python = path / "bin" / "python"
    if path.is_symlink():
        return f"{path.name} is a link to another folder"
    if not path.is_dir():
        return f"there is no folder {path.name}"
    if not (path / "pyvenv.cfg").is_file():
        return f"{path.name} is no environment: it has no pyvenv.cfg"
    if not python.exists():
        return f"{path.name} has no bin/python"
    return "" if _is_real(python.resolve(), path) else f"{path.name}/bin/python is no Python of this machine"


def _is_real(program: Path, path: Path) -> bool:
    """Whether this is an interpreter that was there before, or a copy of ours."""
    ours = Path(sys.executable).resolve()
    if program == ours:
        return True
    # Elsewhere nothing can have been made: where submissions are graded, all the rest is read-only.
    writable = (path, Path.cwd(), Path(tempfile.gettempdir()).resolve())
    if any(program.is_relative_to(folder) for folder in writable):
        return program.is_file() and program.read_bytes() == ours.read_bytes()
    return program.is_file()


def _shares(path: Path, folder: Path) -> bool:
    """Whether packages from outside come in: by the environment's own setting, or by a file with paths."""
    settings = configparser.ConfigParser(interpolation=None)
    settings.read_string("[venv]\n" + (path / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace"))
    if settings["venv"].get("include-system-site-packages", "false").strip().lower() == "true":
        return True
    odd = [found.name for found in folder.glob("*.pth") if found.name not in USUAL_PTH]
    return bool(odd) or any((folder / f"{name}customize.py").exists() for name in ("site", "user"))


def _lend_pip(path: Path) -> None:
    """pip as it is installed here, by links: to unpack it would take longer than all the rest."""
    link(path, "pip")
    (path / "bin" / "uv").symlink_to(find_uv_bin())
    for name in ("pip", "pip3"):
        program = path / "bin" / name
        program.write_text(f'#!/bin/sh\nexec "{path}/bin/python" -m pip "$@"\n')
        program.chmod(0o755)


@once
def _installed(name: str) -> tuple[tuple[str, str], ...]:
    """What an installed distribution and all that it needs have in the folder of packages: names, and places."""
    tops = {
        (Path(file).parts[0], found)
        for found in wheels.closure(name)
        for file in found.files or ()
        if ".." not in file.parts
    }
    return tuple(sorted((top, str(found.locate_file(top))) for top, found in tops if top != "__pycache__"))

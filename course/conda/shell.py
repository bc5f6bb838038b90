"""What `conda activate` does, written out: a few lines for the shell that reads them, and nothing else.

No program can change the variables of the shell that started it. So a function of the shell, also called `conda`, has
the program print lines, and carries these out itself. `conda init` puts that function into the files which a shell
reads at its start.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

HOOK = """\
conda() {
    case "${1-}" in
        activate | deactivate)
            __conda_lines="$(command conda shell.posix "$@")" || return
            eval "$__conda_lines"
            hash -r
            ;;
        *) command conda "$@" ;;
    esac
}
"""
INIT = """\
`conda init` writes a few lines into ~/.bashrc, which every new shell reads. They come down to

    eval "$(conda shell.bash hook)"

The course's own conda leaves your ~/.bashrc alone. Type that line where you want to `conda activate`.
"""


def activate(prefix: Path, name: str, variables: Mapping[str, str]) -> str:
    """The lines that make `prefix` the active environment, whatever was active."""
    level = _level(variables)
    lines = [
        _export("PATH", os.pathsep.join([str(prefix / "bin"), *_path(variables, _active(variables))])),
        _export("CONDA_PREFIX", str(prefix)),
        _export("CONDA_DEFAULT_ENV", name),
        _export("CONDA_SHLVL", str(level + 1)),
    ]
    if level:
        lines.append(_export(f"CONDA_PREFIX_{level}", variables.get("CONDA_PREFIX", "")))
    return "".join(lines)


def deactivate(names: Mapping[str, str], variables: Mapping[str, str]) -> str:
    """The lines that go back to what was active before. `names` are those of folders."""
    level = _level(variables)
    if not level:
        return ""
    before = variables.get(f"CONDA_PREFIX_{level - 1}") if level > 1 else None
    path = _path(variables, _active(variables))
    if not before:
        lines = [_export("PATH", os.pathsep.join(path)), "unset CONDA_PREFIX\n", "unset CONDA_DEFAULT_ENV\n"]
        return "".join([*lines, _export("CONDA_SHLVL", "0")])
    return "".join(
        [
            _export("PATH", os.pathsep.join([str(Path(before) / "bin"), *path])),
            _export("CONDA_PREFIX", before),
            _export("CONDA_DEFAULT_ENV", names.get(before, before)),
            _export("CONDA_SHLVL", str(level - 1)),
            f"unset CONDA_PREFIX_{level - 1}\n",
        ]
    )


def within(prefix: Path, name: str, variables: Mapping[str, str]) -> dict[str, str]:
    """The variables of a program that runs in the environment without anybody having activated it."""
    path = [str(prefix / "bin"), *_path(variables, None)]
    return {**variables, "PATH": os.pathsep.join(path), "CONDA_PREFIX": str(prefix), "CONDA_DEFAULT_ENV": name}


def _level(variables: Mapping[str, str]) -> int:
    level = variables.get("CONDA_SHLVL", "")
    return int(level) if level.isdigit() else 0


def _active(variables: Mapping[str, str]) -> str | None:
    prefix = variables.get("CONDA_PREFIX")
    return str(Path(prefix) / "bin") if prefix and _level(variables) else None


def _path(variables: Mapping[str, str], without: str | None) -> list[str]:
    """The folders of PATH, the first occurrence of `without` taken out."""
    folders = variables.get("PATH", os.defpath).split(os.pathsep)
    if without in folders:
        folders.remove(without)
    return folders


def _export(name: str, value: str) -> str:
    return f"export {name}={shlex.quote(value)}\n"

"""The commands of conda that look and change nothing: info, list, search, export."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from rattler import Channel, RepoData

from course.conda import environment, export
from course.conda.environment import CondaError
from course.conda.installation import Installation, Said

Variables = Mapping[str, str]


def version(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda --version`"""
    return Said(0, "conda of this course, on py-rattler\n")


def info(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda info`, `conda info --envs`, `conda info --base`"""
    if options.envs:
        return environments(here, options, variables)
    if options.base:
        return Said(0, f"{here.root}\n")
    active = variables.get("CONDA_DEFAULT_ENV", "None")
    lines = {
        "active environment": active,
        "base environment": str(here.root),
        "channel URLs": here.channel.as_uri(),
        "package cache": str(here.cache),
        "envs directories": str(here.envs),
        "platform": environment.platform(),
    }
    return Said(0, "\n" + "".join(f"{key:>24} : {value}\n" for key, value in lines.items()) + "\n")


def environments(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda env list`: the active one has a star."""
    active = variables.get("CONDA_PREFIX")
    lines = [f"{name:<20} {'*' if str(path) == active else ' '} {path}" for name, path in here.environments()]
    return Said(0, "\n".join(["# conda environments:", "#", *lines, "", ""]))


def list_packages(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda list`"""
    prefix = existing(here, options, variables)
    rows = [
        (record.name.normalized, str(record.version), str(record.build), here.channel.name)
        for record in environment.packages(prefix)
    ]
    rows += [(*line.split("=="), "pypi_0", "pypi") for line in export.pip_installed(prefix)]
    rows = [row for row in sorted(rows) if options.pattern in row[0]]
    lines = [f"# packages in environment at {prefix}:", "#"]
    lines += [
        f"{a:<23} {b:>15} {c:>21}  {d}".rstrip() for a, b, c, d in [("# Name", "Version", "Build", "Channel"), *rows]
    ]
    return Said(0, "\n".join(lines) + "\n")


def search(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda search`: what the channel has for this platform, oldest first."""
    wanted, name = environment.spec(options.request), environment.name_of(options.request)
    found = []
    for folder in (environment.platform(), "noarch"):
        path = here.channel / folder / "repodata.json"
        records = RepoData.from_path(path).into_repo_data(Channel(here.channel.as_uri())) if path.exists() else []
        found += [record for record in records if record.name.normalized == name and wanted.matches(record)]
    if not found:
        raise CondaError(
            "PackagesNotFoundError: The following packages are not available from current channels:\n\n"
            f"  - {options.request}"
        )
    rows = sorted(found, key=lambda record: record.version)
    lines = [f"{'# Name':<23} {'Version':>15} {'Build':>21}  Channel"]
    lines += [f"{r.name.normalized:<23} {r.version!s:>15} {r.build!s:>21}  {here.channel.name}" for r in rows]
    return Said(0, "\n".join(lines) + "\n")


def export_environment(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda env export`, `conda export`"""
    prefix = existing(here, options, variables)
    name = next((name for name, path in here.environments() if path == prefix), str(prefix))
    text = export.export(name, prefix, builds=not options.no_builds, asked_only=options.from_history)
    if options.file is None:
        return Said(0, text)
    options.file.write_text(text, encoding="utf-8")
    return Said(0)


def place(here: Installation, options: Namespace, variables: Variables) -> Path:
    """The folder that `-n`, `-p` or the active environment names; `base` where nothing does."""
    if options.prefix is not None:
        return Path(options.prefix).expanduser().absolute()
    if options.name is not None:
        if "/" in options.name or not options.name:
            raise CondaError(
                f"CondaValueError: '{options.name}' is no name of an environment. A folder is named by -p."
            )
        return here.prefix(options.name)
    return Path(variables.get("CONDA_PREFIX") or here.root)


def existing(here: Installation, options: Namespace, variables: Variables) -> Path:
    """The folder, with an environment in it."""
    prefix = place(here, options, variables)
    if not environment.is_one(prefix):
        raise CondaError(f"EnvironmentLocationNotFound: Not a conda environment: {prefix}")
    return prefix


def found(here: Installation, word: str) -> Path:
    """The folder of the environment that `word` names, by name or by path."""
    prefix = Path(word).expanduser().absolute() if "/" in word else here.prefix(word)
    if not environment.is_one(prefix):
        raise CondaError(
            f"EnvironmentNameNotFound: Could not find conda environment: {word}\n"
            "You can list all discoverable environments with `conda info --envs`."
        )
    return prefix

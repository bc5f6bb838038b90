"""The commands of conda that change something: create, install, remove, run."""

from __future__ import annotations

import shutil
import subprocess
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from course.conda import environment, export, shell
from course.conda.environment import Change, CondaError
from course.conda.installation import CHANNEL, Installation, Said
from course.conda.looking import existing, place

Variables = Mapping[str, str]
DONE = "Preparing transaction: done\nVerifying transaction: done\nExecuting transaction: done\n"
ACTIVATE = """#
# To activate this environment, use
#
#     $ conda activate {name}
#
# To deactivate an active environment, use
#
#     $ conda deactivate

"""


def create(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda create`"""
    if options.name is None and options.prefix is None:
        raise CondaError("ArgumentError: one of the arguments -n/--name -p/--prefix is required")
    return _create(here, options, variables, options.requests)


def create_from_file(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda env create`: the name is in the file, unless one is given."""
    wanted = export.read(options.file)
    if options.name is None and options.prefix is None:
        options.name = wanted.name
    if options.name is None and options.prefix is None:
        raise CondaError(f"SpecNotFound: {options.file} names no environment. Give a name with -n.")
    if wanted.by_pip:
        raise CondaError(
            f"PipSectionError: {options.file} leaves {len(wanted.by_pip)} packages to pip, which this course's conda "
            "does not start. Install them yourself: python -m pip install …"
        )
    return _create(here, options, variables, wanted.requests)


def install(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda install`"""
    if not options.requests:
        raise CondaError("CondaValueError: too few arguments, must supply command line package specs or --file")
    prefix = existing(here, options, variables)
    return _carry_out(here, prefix, options, options.requests)


def remove(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda remove`, and with --all `conda env remove`"""
    prefix = existing(here, options, variables)
    if options.all:
        if options.name is None and options.prefix is None:
            raise CondaError("CondaValueError: name the environment that is to go: -n NAME")
        return _remove_all(here, prefix, options, variables)
    if not options.requests:
        raise CondaError("CondaValueError: no package names supplied")
    have = {record.name.normalized for record in environment.packages(prefix)}
    names = [environment.name_of(request) for request in options.requests]
    if missing := [name for name in names if name not in have]:
        lines = "\n".join(f"  - {name}" for name in missing)
        raise CondaError(
            f"PackagesNotFoundError: The following packages are missing from the target environment:\n{lines}"
        )
    return _carry_out(here, prefix, options, [], names)


def run_in(here: Installation, options: Namespace, variables: Variables) -> Said:
    """`conda run`: the program's own words and status come out."""
    prefix = existing(here, options, variables)
    if not options.words:
        raise CondaError("CondaValueError: name the program that is to run")
    name = next((name for name, path in here.environments() if path == prefix), str(prefix))
    around = shell.within(prefix, name, variables)
    program = shutil.which(options.words[0], path=around["PATH"])
    if program is None:
        raise CondaError(f"{options.words[0]}: command not found")
    done = subprocess.run([program, *options.words[1:]], env=around, capture_output=True, text=True, check=False)
    status = done.returncode if done.returncode >= 0 else 128 - done.returncode
    return Said(status, done.stdout, done.stderr)


def _create(here: Installation, options: Namespace, variables: Variables, requests: Sequence[str]) -> Said:
    prefix = place(here, options, variables)
    if environment.is_one(prefix):
        raise CondaError(f"CondaValueError: prefix already exists: {prefix}")
    if prefix.exists() and (not prefix.is_dir() or any(prefix.iterdir())):
        raise CondaError(f"CondaValueError: there is something else already: {prefix}")
    said = _carry_out(here, prefix, options, requests)
    name = options.name or str(prefix)
    return Said(0, said.stdout + ("" if options.dry_run else ACTIVATE.format(name=name)))


def _carry_out(
    here: Installation, prefix: Path, options: Namespace, requests: Sequence[str], without: Sequence[str] = ()
) -> Said:
    if options.subdir != environment.platform() and not options.dry_run:
        raise CondaError(f"This conda only plans for {options.subdir}, which this machine is not. Add --dry-run.")
    change = environment.planned(prefix, here.channel, requests, without, options.subdir)
    if change.nothing and environment.is_one(prefix):
        return Said(0, "\n# All requested packages already installed.\n\n")
    said = _plan(prefix, options, change, requests, without)
    if options.dry_run:
        return Said(0, f"{said}DryRunExit: Dry run. Exiting.\n\n")
    environment.carry_out(prefix, change, here.cache, requests, without)
    return Said(0, said + DONE)


def _plan(prefix: Path, options: Namespace, change: Change, requests: Sequence[str], without: Sequence[str]) -> str:
    """The package plan, in the words of the real one."""
    other = [f" - {name} (here it is the course's own channel)" for name in options.channel if name != CHANNEL]
    lines = [
        "Channels:",
        *(other or [f" - {CHANNEL}"]),
        f"Platform: {options.subdir}",
        "",
        "## Package Plan ##",
    ]
    lines += ["", f"  environment location: {prefix}", ""]
    for title, words in (("added / updated specs", requests), ("removed specs", without)):
        lines += [f"  {title}:", *(f"    - {word}" for word in words), ""] if words else []
    if change.added:
        lines += ["", "The following NEW packages will be INSTALLED:", ""]
        lines += [
            f"  {r.name.normalized:<18} {r.subdir}::{r.name.normalized}-{r.version}-{r.build}" for r in change.added
        ]
    for title, chosen in (
        ("UPDATED", [pair for pair in change.replaced if pair[0].version < pair[1].version]),
        ("DOWNGRADED", [pair for pair in change.replaced if pair[0].version >= pair[1].version]),
    ):
        if chosen:
            lines += ["", f"The following packages will be {title}:", ""]
            lines += [f"  {old.name.normalized:<18} {old.version} --> {new.version}" for old, new in chosen]
    if change.removed:
        lines += ["", "The following packages will be REMOVED:", ""]
        lines += [f"  {r.name.normalized}-{r.version}-{r.build}" for r in change.removed]
    return "\n".join([*lines, "", ""])


def _remove_all(here: Installation, prefix: Path, options: Namespace, variables: Variables) -> Said:
    if prefix == here.root:
        raise CondaError("CondaEnvironmentError: cannot remove root environment, add -n NAME or -p PREFIX option.")
    if str(prefix) == variables.get("CONDA_PREFIX"):
        raise CondaError(
            "CondaEnvironmentError: Cannot remove current environment. Deactivate and run conda remove again"
        )
    said = f"\nRemove all packages in environment {prefix}:\n\n"
    if options.dry_run:
        return Said(0, said + "DryRunExit: Dry run. Exiting.\n\n")
    shutil.rmtree(prefix)
    return Said(0, said)

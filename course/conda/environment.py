"""One conda environment on disk: what is in it, what was asked for, and how to change that. The only door to rattler.

An environment is a folder with a folder `conda-meta`: one file a package, which says where it came from and which files
are its own, and `history`, which says what was asked for and when.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rattler import Channel, MatchSpec, PackageRecord, PrefixRecord, RepoDataRecord, Subdir, install, solve
from rattler.exceptions import InvalidMatchSpecError, SolverError

from course.conda.waiting import wait

META, HISTORY = "conda-meta", "history"
MISSING = re.compile(r"No candidates were found for (.+?)\.?$", re.MULTILINE)


class CondaError(Exception):
    """A request cannot be carried out. The message is what conda says, beginning with the kind of the error."""


@dataclass(frozen=True)
class Change:
    """What a request comes to: the packages of the environment afterwards, and how that differs from before."""

    after: tuple[RepoDataRecord, ...]
    added: tuple[RepoDataRecord, ...]
    replaced: tuple[tuple[PackageRecord, RepoDataRecord], ...]
    removed: tuple[PackageRecord, ...]

    @property
    def nothing(self) -> bool:
        return not (self.added or self.replaced or self.removed)


def platform() -> str:
    """This machine's platform, as conda spells it."""
    return str(Subdir.current())


def is_one(prefix: Path) -> bool:
    """Whether there is an environment in this folder."""
    return (prefix / META / HISTORY).is_file()


def packages(prefix: Path) -> list[PrefixRecord]:
    """What is installed, by name."""
    found = [PrefixRecord.from_path(path) for path in sorted((prefix / META).glob("*.json"))]
    return sorted(found, key=lambda record: record.name.normalized)


def spec(text: str) -> MatchSpec:
    """A request for a package, as one types it: `pandas`, `pandas=2`, `pandas>=2,<3`."""
    try:
        return MatchSpec(text)
    except InvalidMatchSpecError as error:
        raise CondaError(f"InvalidMatchSpec: Invalid spec '{text}': {error}") from None


def name_of(request: str) -> str:
    """The name of the package in a request."""
    name = spec(request).name
    if name is None:
        raise CondaError(f"InvalidMatchSpec: Invalid spec '{request}': it names no package.")
    return getattr(name, "normalized", None) or str(name)


def asked(prefix: Path) -> list[str]:
    """What was asked for and not taken back, by the history."""
    wanted: dict[str, str] = {}
    text = (prefix / META / HISTORY).read_text(encoding="utf-8") if is_one(prefix) else ""
    for kind, written in re.findall(r"^# (update|remove) specs: (.+)$", text, re.MULTILINE):
        for request in ast.literal_eval(written):
            wanted.pop(name_of(request), None)
            if kind == "update":
                wanted[name_of(request)] = request
    return list(wanted.values())


def planned(
    prefix: Path, channel: Path, requests: Sequence[str], without: Iterable[str] = (), subdir: str | None = None
) -> Change:
    """What installing `requests` and removing the packages `without` comes to; CondaError where it cannot be done.

    Earlier requests stay in force; what is installed stays as it is unless a request needs it otherwise. The plan is
    for this machine's platform, or for `subdir`.
    """
    before = {record.name.normalized: record for record in packages(prefix)}
    without = set(without)
    named = {name_of(request) for request in requests}
    wishes = [request for request in asked(prefix) if name_of(request) not in named | without] + list(requests)
    if "python" in before and "python" not in named | without:  # a whole environment is built on its Python
        wishes = [wish for wish in wishes if name_of(wish) != "python"] + [f"python=={before['python'].version}"]
    kept = [record for name, record in before.items() if name not in without]
    after = solved(channel, wishes, subdir or platform(), kept) if wishes else []
    new = {record.name.normalized: record for record in after}
    return Change(
        after=tuple(after),
        added=tuple(sorted((new[name] for name in new.keys() - before.keys()), key=_name)),
        replaced=tuple(
            (before[name], new[name])
            for name in sorted(new.keys() & before.keys())
            if not _same(before[name], new[name])
        ),
        removed=tuple(sorted((before[name] for name in before.keys() - new.keys()), key=_name)),
    )


def solved(
    channel: Path, wishes: Sequence[str], platform: str, kept: Sequence[PackageRecord] = ()
) -> list[RepoDataRecord]:
    """Packages of the channel that fulfil all wishes on that platform, by name; CondaError where there are none."""
    sources, platforms = [Channel(channel.as_uri())], [platform, "noarch"]
    try:
        found = wait(
            solve(sources, [spec(wish) for wish in wishes], platforms=platforms, locked_packages=list(kept) or None)
        )
    except SolverError as error:
        said = str(error).removeprefix("Cannot solve the request because of: ").strip()
        if missing := MISSING.findall(said):
            names = {request.split()[0] for request in missing}
            lines = "\n".join(f"  - {wish}" for wish in wishes if name_of(wish) in names)
            raise CondaError(
                "PackagesNotFoundError: The following packages are not available from current channels:\n\n"
                f"{lines}\n\nCurrent channels:\n\n  - {channel.name}"
            ) from None
        raise CondaError(f"LibMambaUnsatisfiableError: Encountered problems while solving:\n{said}") from None
    return sorted(found, key=_name)


def carry_out(prefix: Path, change: Change, cache: Path, requests: Sequence[str], without: Sequence[str] = ()) -> None:
    """Make the environment what was planned, and write into its history what was asked for."""
    (prefix / META).mkdir(parents=True, exist_ok=True)
    wait(install(list(change.after), prefix, cache_dir=cache, show_progress=False, platform=Subdir(platform())))
    lines = [f"==> {datetime.now():%Y-%m-%d %H:%M:%S} <=="]
    lines += [f"-{record.name.normalized}-{record.version}-{record.build}" for record in change.removed]
    lines += [f"-{old.name.normalized}-{old.version}-{old.build}" for old, _ in change.replaced]
    new = sorted([*change.added, *(record for _, record in change.replaced)], key=_name)
    lines += [f"+{record.name.normalized}-{record.version}-{record.build}" for record in new]
    lines += [f"# update specs: {list(requests)!r}"] if requests else []
    lines += [f"# remove specs: {list(without)!r}"] if without else []
    with (prefix / META / HISTORY).open("a", encoding="utf-8") as history:
        history.write("\n".join(lines) + "\n")


def _name(record: PackageRecord) -> str:
    return record.name.normalized


def _same(one: PackageRecord, other: PackageRecord) -> bool:
    return (str(one.version), one.build) == (str(other.version), other.build)

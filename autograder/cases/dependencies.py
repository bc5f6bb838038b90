"""Environments whose packages need each other, under names that are spelt in several ways.

    graph = made(seed=3)                       # a → b, c → d, and more
    env = installed(path, graph, asked=["b"])  # an environment that holds them; b is marked as asked for
    graph.listed                               # ["drift-io==0.10", …]
    graph.unneeded                             # names of packages that no other one needs here

Two needs do not count here: that of an extra which nobody asked for, and that of another system.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.cases.environments import invented, make, site
from course.packages import Package, single

ELSEWHERE = 'sys_platform == "toaster"'
EXTRA = 'extra == "plots"'


@dataclass(frozen=True)
class Graph:
    """Packages, as their metadata spells them; `named` are their names in the normal form, in order."""

    packages: tuple[Package, ...]

    @property
    def named(self) -> list[str]:
        return sorted(canonicalize_name(one.name) for one in self.packages)

    @property
    def listed(self) -> list[str]:
        """`name==version` of each, names in the normal form, sorted."""
        return sorted(f"{canonicalize_name(one.name)}=={one.version}" for one in self.packages)

    @property
    def unneeded(self) -> list[str]:
        """The names of those that no other one needs here, sorted."""
        return sorted(set(self.named) - {name for one in self.packages for name in needs(one)})


def needs(package: Package) -> set[str]:
    """The names, in the normal form, of what a package needs on this system and without extras."""
    found = map(Requirement, package.requires)
    return {
        canonicalize_name(one.name)
        for one in found
        if one.marker is None or one.marker.evaluate(environment={"extra": ""})
    }


def made(seed: int, number: int = 7) -> Graph:
    """A made-up graph. The first package needs the next two, which both need the fourth: a diamond.

    The last two are needed by nothing that counts: one by an extra, one on another system. Each has one version.
    """
    chance = Random(f"dependencies {seed}")
    plain = [one.name for one in invented(seed, number, versions=("1.0",))]
    chance.shuffle(plain)
    requires: list[list[str]] = [[] for _ in plain]
    for one, other in ((0, 1), (0, 2), (1, 3), (2, 3)):
        requires[one].append(spelt(plain[other], chance))
    for later in range(4, number - 2):
        requires[chance.randrange(later)].append(f"{spelt(plain[later], chance)}>=0.1")
    requires[0] += [f"{plain[-1]}; {EXTRA}", f"{plain[-2]}; {ELSEWHERE}"]
    packages = [
        single(spelt(name, chance), f"{chance.randint(1, 2)}.{chance.randint(0, 12)}", requires=tuple(lines))
        for name, lines in zip(plain, requires, strict=True)
    ]
    chance.shuffle(packages)
    return Graph(tuple(packages))


def spelt(name: str, chance: Random) -> str:
    """The same name in another spelling: `frost-io`, `Frost_IO`, `frost.io`."""
    words = [chance.choice((word, word.title(), word.upper())) for word in name.split("-")]
    return chance.choice("-_.").join(words)


def installed(path: Path, graph: Graph, *, asked: Iterable[str] = (), from_file: bool = False) -> Path:
    """An environment at `path` that holds the packages; its absolute path.

    Those in `asked` are marked as asked for, as installers do. `from_file`: all were installed from wheels by their
    path, so that `pip freeze` writes where the wheel lay.
    """
    env = make(path, graph.packages)
    asked = {canonicalize_name(name) for name in asked}
    for one in graph.packages:
        info = site(env) / f"{one.key}-{one.version}.dist-info"
        if canonicalize_name(one.name) in asked:
            (info / "REQUESTED").touch()
        if from_file:
            wheel = f"file:///srv/wheels/{one.key}-{one.version}-py3-none-any.whl"
            (info / "direct_url.json").write_text(json.dumps({"url": wheel, "archive_info": {}}))
    return env

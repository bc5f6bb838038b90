"""The course's own small packages: what a wheel or a conda package of them holds.

`polartools` changed what it returns from one major version to the next, as real packages do: with 1.x
`mean_salinity` gives one number, with 2.0 a pair. `icecore` was written for 1.x.

    polartools 1.0   polartools 1.1   polartools 2.0
    icecore 1.0      icecore 1.5      (1.0 needs polartools >=1,<2; 1.5 needs >=1.1,<2)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Package:
    """One version of a pure Python package. `requires` are requirements as pip reads them, `files` name → text."""

    name: str
    version: str
    files: Mapping[str, str] = field(default_factory=dict, hash=False)
    requires: tuple[str, ...] = ()
    summary: str = ""

    @property
    def key(self) -> str:
        """The name as file names spell it: small letters, and `_` for each of `-`, `_` and `.`."""
        return self.name.lower().replace("-", "_").replace(".", "_")


def single(name: str, version: str, body: str = "", requires: tuple[str, ...] = (), summary: str = "") -> Package:
    """A package that is one module of its own name, which knows its version."""
    key = Package(name, version).key
    text = f'"""{summary or name}"""\n\n__version__ = "{version}"\n{body}'
    return Package(name, version, {f"{key}.py": text}, requires, summary)


_MEAN = '''

def mean_salinity(readings):
    """The mean of the readings{and_more}."""
    known = [value for value in readings if value is not None]
    return {returns}
'''
_CORE = '''
import polartools


def report(readings):
    """One line about the salinity of an ice core."""
    return f"mean salinity {polartools.mean_salinity(readings):.2f}"
'''
_POLAR, _ICE = "Tools for readings from the far south.", "Reports on ice cores."


def _polartools(version: str) -> Package:
    old = int(version[0]) < 2
    more, returns = ("", "") if old else (", and how many were known", ", len(known)")
    body = _MEAN.format(and_more=more, returns=f"sum(known) / len(known){returns}")
    return single("polartools", version, body, summary=_POLAR)


POLAR = (
    _polartools("1.0"),
    _polartools("1.1"),
    _polartools("2.0"),
    single("icecore", "1.0", _CORE, ("polartools>=1,<2",), _ICE),
    single("icecore", "1.5", _CORE, ("polartools>=1.1,<2",), _ICE),
)

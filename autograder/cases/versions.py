"""Requests for versions, and what pip and conda choose: by `packaging` and by rattler, which those two stand on.

    for case in cases("conda", 40, seed=1):
        calling(pick, case.spec, case.versions, case.style).returns(case.chosen)

No case depends on what the two do not agree about with the course's own rule: that a version before its release
("2.0rc1") is chosen only where the request names one. So there is none in a channel of conda, and for pip none where
nothing else fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from packaging.specifiers import SpecifierSet
from packaging.version import Version

PIP, CONDA = "pip", "conda"
FORMS = {
    PIP: ("", "=={v}", "=={m}.*", ">={v}", "<{v}", ">={v},<{w}", "!={v}", "~={v}", "~={m}"),
    CONDA: ("={v}", "={m}", "=={v}", "{m}.*", ">={v}", "<{v}", ">={v},<{w}", "!={v}", "~={v}", "~={m}"),
}
EARLY = (">={p}", "=={p}")  # the request names a version before its release


@dataclass(frozen=True)
class Case:
    """A request for one of these versions. They are in no order, and each is spelt as it is published."""

    spec: str
    versions: tuple[str, ...]
    style: str

    @property
    def chosen(self) -> str | None:
        """The newest that fits; None where none does."""
        return max(fitting(self.spec, self.versions, self.style), key=Version, default=None)


def fitting(spec: str, versions: Sequence[str], style: str) -> list[str]:
    """Those of the versions that fit."""
    if style == CONDA:
        from rattler import Version as CondaVersion
        from rattler import VersionSpec

        wanted = VersionSpec(spec)
        return [version for version in versions if wanted.matches(CondaVersion(version))]
    wanted = SpecifierSet(spec)
    return [version for version in versions if wanted.contains(version, prereleases=bool(wanted.prereleases))]


def cases(style: str, number: int, seed: int, *, only: str = "", early: bool = False) -> Iterator[Case]:
    """Made-up cases. `only`: a request begins with one of these characters; `early`: some versions are not released."""
    chance = Random(f"{style} {seed}")
    forms = [form for form in FORMS[style] if not only or form.startswith(tuple(only))] + list(EARLY * early)
    while number:
        versions = _published(chance, early)
        before = [one for one in versions if Version(one).is_prerelease]
        low, high = sorted(chance.sample(sorted({*versions} - {*before}), 2), key=Version)
        spec = chance.choice(forms).format(v=low, w=high, m=".".join(low.split(".")[:2]), p=(before or [low])[0])
        case = Case(spec, versions, style)
        # What pip does where only a version before its release fits has changed over the years.
        if case.chosen or not early or not list(SpecifierSet(spec).filter(versions, prereleases=True)):
            number -= 1
            yield case


def _published(chance: Random, early: bool) -> tuple[str, ...]:
    found = {
        f"{chance.choice((0, 1, 2))}.{chance.choice((0, 1, 4, 9, 10, 11))}.{chance.randint(0, 11)}" for _ in range(9)
    }
    if early:
        found |= {f"{chance.choice((1, 2, 3))}.{chance.choice((0, 4, 12))}.0rc{chance.randint(1, 2)}" for _ in range(2)}
    versions = sorted(found)
    chance.shuffle(versions)
    return tuple(versions)

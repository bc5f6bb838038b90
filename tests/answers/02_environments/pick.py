# %% tuples of one's own, written out
import re


def key(version):
    release, _, early = version.partition("rc")
    numbers = [int(part) for part in release.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers), (0, int(early)) if early else (1, 0)


def numbers(text):
    return [int(part) for part in text.split(".")]


def begins(version, text):
    wanted, have = numbers(text), numbers(version.partition("rc")[0])
    return (have + [0] * len(wanted))[: len(wanted)] == wanted


def fits(version, clause, style):
    sign, bound = re.fullmatch(r"([<>=!~]*)(.*)", clause.strip()).groups()
    if bound.endswith(".*"):
        return begins(version, bound[:-2])
    if sign == "=":
        return begins(version, bound)
    if sign == "~=":
        return key(version) >= key(bound) and begins(version, bound.rpartition(".")[0])
    here, there = key(version), key(bound)
    if sign == "<" and "rc" not in bound and "rc" in version and here[0] == there[0]:
        return False
    return {
        "==": here == there,
        "!=": here != there,
        ">=": here >= there,
        "<=": here <= there,
        ">": here > there,
        "<": here < there,
    }[sign]


def pick(spec, versions, style):
    chosen = None
    for version in versions:
        if "rc" in version and "rc" not in spec:
            continue
        if all(fits(version, clause, style) for clause in spec.split(",") if clause):
            if chosen is None or key(version) > key(chosen):
                chosen = version
    return chosen


# %% conda's requests written as pip's
import re

from packaging.specifiers import SpecifierSet
from packaging.version import Version


def pick(spec, versions, style):
    if style == "conda":
        parts = spec.split(",")
        parts = [re.sub(r"^=(?!=)(.*?)(\.\*)?$", r"==\1.*", part) for part in parts]
        parts = [f"=={part}" if part[:1].isdigit() else part for part in parts]
        spec = ",".join(parts)
    wanted = SpecifierSet(spec)
    fitting = sorted(wanted.filter(versions), key=Version)
    return fitting[-1] if fitting else None


# %% a whole MatchSpec, and pip's filter
from packaging.specifiers import SpecifierSet
from packaging.version import parse


def pick(spec, versions, style):
    if style == "pip":
        return max(SpecifierSet(spec).filter(versions), key=parse, default=None)
    import rattler

    wanted = rattler.VersionSpec(spec)
    found = [rattler.Version(v) for v in versions if wanted.matches(rattler.Version(v))]
    return str(max(found)) if found else None


# %% compares versions as texts  fails=["pick_order", "pick_fuzzy", "pick_compatible", "pick_stable"]
from packaging.specifiers import SpecifierSet


def pick(spec, versions, style):
    if style == "conda":
        import rattler

        wanted = rattler.VersionSpec(spec)
        return max((v for v in versions if wanted.matches(rattler.Version(v))), default=None)
    return max(SpecifierSet(spec).filter(versions), default=None)


# %% reads versions as decimal fractions  fails=["pick_order", "pick_fuzzy", "pick_compatible", "pick_stable"]
from packaging.specifiers import SpecifierSet


def pick(spec, versions, style):
    if style == "conda":
        import rattler

        wanted = rattler.VersionSpec(spec)
        fitting = [v for v in versions if wanted.matches(rattler.Version(v))]
    else:
        fitting = list(SpecifierSet(spec).filter(versions))
    return max(fitting, key=lambda v: float(".".join(v.split(".")[:2])), default=None)


# %% takes conda's single equals sign as exact  fails=["pick_fuzzy"]
from packaging.specifiers import SpecifierSet
from packaging.version import Version


def pick(spec, versions, style):
    if style == "conda":
        if spec.startswith("=") and not spec.startswith("=="):
            spec = "=" + spec
        elif spec[:1].isdigit():
            spec = "==" + spec
    fitting = list(SpecifierSet(spec).filter(versions))
    return max(fitting, key=Version, default=None)


# %% fuzzy by letters, not by numbers  fails=["pick_fuzzy"]
from packaging.specifiers import SpecifierSet
from packaging.version import Version


def pick(spec, versions, style):
    if style == "conda" and (spec[:1].isdigit() or spec.startswith("=") and not spec.startswith("==")):
        start = spec.strip("=*.")
        fitting = [version for version in versions if version.startswith(start)]
    else:
        fitting = list(SpecifierSet(spec).filter(versions))
    return max(fitting, key=Version, default=None)


# %% takes compatible as at least  fails=["pick_compatible"]
from packaging.specifiers import SpecifierSet
from packaging.version import Version


def pick(spec, versions, style):
    spec = spec.replace("~=", ">=")
    if style == "conda":
        import rattler

        wanted = rattler.VersionSpec(spec)
        fitting = [v for v in versions if wanted.matches(rattler.Version(v))]
    else:
        fitting = list(SpecifierSet(spec).filter(versions))
    return max(fitting, key=Version, default=None)


# %% takes compatible as the same first number, however many are written  fails=["pick_compatible"]
from packaging.specifiers import SpecifierSet
from packaging.version import Version


def pick(spec, versions, style):
    if spec.startswith("~="):
        bound = spec[2:]
        spec = f">={bound},<{int(bound.split('.')[0]) + 1}"
    if style == "conda":
        import rattler

        wanted = rattler.VersionSpec(spec)
        fitting = [v for v in versions if wanted.matches(rattler.Version(v))]
    else:
        fitting = list(SpecifierSet(spec).filter(versions))
    return max(fitting, key=Version, default=None)


# %% chooses what is not released  fails=["pick_stable"]
from packaging.specifiers import SpecifierSet
from packaging.version import Version


def pick(spec, versions, style):
    if style == "conda":
        import rattler

        wanted = rattler.VersionSpec(spec)
        fitting = [v for v in versions if wanted.matches(rattler.Version(v))]
    else:
        fitting = list(SpecifierSet(spec).filter(versions, prereleases=True))
    return max(fitting, key=Version, default=None)


# %% never chooses what is not released, even where it is asked for  fails=["pick_stable"]
from packaging.specifiers import SpecifierSet
from packaging.version import Version


def pick(spec, versions, style):
    versions = [v for v in versions if "rc" not in v]
    if style == "conda":
        import rattler

        wanted = rattler.VersionSpec(spec)
        fitting = [v for v in versions if wanted.matches(rattler.Version(v))]
    else:
        fitting = list(SpecifierSet(spec).filter(versions))
    return max(fitting, key=Version, default=None)


# %% an error where nothing fits  fails=["pick_none"]
from packaging.specifiers import SpecifierSet
from packaging.version import Version


def pick(spec, versions, style):
    if style == "conda":
        import rattler

        wanted = rattler.VersionSpec(spec)
        fitting = [v for v in versions if wanted.matches(rattler.Version(v))]
    else:
        fitting = list(SpecifierSet(spec).filter(versions))
    return sorted(fitting, key=Version)[-1]


# %% the newest of all where nothing fits  fails=["pick_none"]
from packaging.specifiers import SpecifierSet
from packaging.version import Version


def pick(spec, versions, style):
    if style == "conda":
        import rattler

        wanted = rattler.VersionSpec(spec)
        fitting = [v for v in versions if wanted.matches(rattler.Version(v))]
    else:
        fitting = list(SpecifierSet(spec).filter(versions))
    return max(fitting or versions, key=Version)


# %% the first that fits, not the newest  fails=["pick_order", "pick_fuzzy", "pick_compatible", "pick_stable"]
from packaging.specifiers import SpecifierSet


def pick(spec, versions, style):
    if style == "conda":
        import rattler

        wanted = rattler.VersionSpec(spec)
        fitting = [v for v in versions if wanted.matches(rattler.Version(v))]
    else:
        fitting = list(SpecifierSet(spec).filter(versions))
    return fitting[0] if fitting else None


# %% takes every part of a version for a number  fails=["pick_stable"]
from packaging.specifiers import SpecifierSet


def pick(spec, versions, style):
    if style == "conda":
        import rattler

        wanted = rattler.VersionSpec(spec)
        fitting = [v for v in versions if wanted.matches(rattler.Version(v))]
    else:
        fitting = list(SpecifierSet(spec).filter(versions))
    return max(fitting, key=lambda version: [int(part) for part in version.split(".")], default=None)

"""Wheels without a network: a folder of them, a *wheel house*, from which pip and uv install.

    house = wheels.house("wheelhouse")            # polartools 1.0, 1.1, 2.0 and icecore 1.0, 1.5
    wheels.write(house, Package("toy", "1.0"))    # one more
    wheels.repack(house, "pandas")                # the real pandas and all that it needs, as they are installed here

    pip install --no-index --find-links wheelhouse polartools
    uv pip install --offline --no-index --find-links wheelhouse polartools

A wheel is a zip file. What it holds is laid down in "Binary distribution format" of packaging.python.org: the files of
the package, and a folder `<name>-<version>.dist-info` with METADATA, WHEEL and RECORD, which lists every file with its
hash. The same package gives the same bytes, on every machine: nothing is compressed, since no two zlibs do it alike.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from course.packages import POLAR, Package

WHEEL = "Wheel-Version: 1.0\nGenerator: course\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
# What an installer adds to what a wheel brought.
INSTALLERS = {"INSTALLER", "REQUESTED", "RECORD", "direct_url.json", "uv_cache.json", "uv_build.json"}


class WheelError(Exception):
    """A wheel cannot be made. The message says of what, why, and what to do."""


def house(folder: str | Path, packages: Iterable[Package] = POLAR) -> Path:
    """The absolute path of `folder`, made if need be, with a wheel of each of `packages` in it."""
    folder = Path(folder).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    for package in packages:
        write(folder, package)
    return folder


def write(folder: str | Path, package: Package) -> Path:
    """The wheel of `package`, written to `folder`: its path. One that is there is written anew."""
    path = Path(folder) / f"{package.key}-{package.version}-py3-none-any.whl"
    _zip(path, content(package), zipfile.ZIP_STORED)
    return path


def content(package: Package) -> dict[str, bytes]:
    """What the wheel of `package` holds, and what an installer puts into an environment: name → bytes."""
    info = f"{package.key}-{package.version}.dist-info"
    files = dict(package.files) | {f"{info}/METADATA": _metadata(package), f"{info}/WHEEL": WHEEL}
    return _recorded({name: text.encode() for name, text in files.items()}, f"{info}/RECORD")


def repack(folder: str | Path, *names: str) -> list[Path]:
    """Wheels of the installed distributions `names` and of all that they need, packed again from their files.

    What lies outside of the packages' folder (commands, manuals) is left out. WheelError where one is not installed.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [_packed(folder, found) for found in closure(*names)]


def closure(*names: str) -> list[Distribution]:
    """The installed distributions `names` and, from their metadata, all that they need here; sorted by name."""
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            raise WheelError(
                f"{name} is not installed here, so no wheel can be made of it. Install it first."
            ) from None
        requirements = map(Requirement, found[name].requires or ())
        waiting += [need.name for need in requirements if need.marker is None or need.marker.evaluate({"extra": ""})]
    return [found[name] for name in sorted(found)]


def _metadata(package: Package) -> str:
    lines = ["Metadata-Version: 2.1", f"Name: {package.name}", f"Version: {package.version}"]
    lines += [f"Summary: {package.summary}"] if package.summary else []
    return "\n".join([*lines, *(f"Requires-Dist: {need}" for need in package.requires)]) + "\n"


def _packed(folder: Path, found: Distribution) -> Path:
    places = {str(path): Path(found.locate_file(path)) for path in found.files or () if _belongs(path)}
    info = next((name.partition("/")[0] for name in places if name.partition("/")[0].endswith(".dist-info")), None)
    if info is None:
        raise WheelError(f"{found.name} was not installed from a wheel, so its files are not known. Install it by pip.")
    wheel = places[f"{info}/WHEEL"].read_text()
    path = folder / f"{info.removesuffix('.dist-info')}-{_tag(wheel)}.whl"
    files = {name: place.read_bytes() for name, place in places.items()}
    _zip(path, _recorded(files, f"{info}/RECORD"), zipfile.ZIP_STORED)
    return path


def _belongs(path: Path) -> bool:
    return ".." not in path.parts and path.suffix != ".pyc" and not path.is_absolute() and path.name not in INSTALLERS


def _tag(wheel: str) -> str:
    """The tag for the file's name, of one or several in the file WHEEL: each of its three parts may have several."""
    tags = [line.partition(":")[2].strip().split("-") for line in wheel.splitlines() if line.startswith("Tag:")]
    return "-".join(".".join(sorted(set(part))) for part in zip(*tags, strict=True))


def _zip(path: Path, files: Mapping[str, bytes], how: int) -> None:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, held in files.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = how, 0o644 << 16
            archive.writestr(entry, held)


def _recorded(files: dict[str, bytes], record: str) -> dict[str, bytes]:
    return files | {record: "".join(_records(files, record)).encode()}


def _records(files: Mapping[str, bytes], record: str) -> Iterator[str]:
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        quoted = f'"{name}"' if "," in name else name
        yield f"{quoted},sha256={digest},{len(content)}\n"
    yield f"{record},,\n"

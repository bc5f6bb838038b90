"""What the course's channel holds: the Python of this machine, and the packages of the lessons.

Names, versions and requirements are those of the real packages. `python` is `pyvenv.cfg` and links to the Python that
runs here. What the others hold is a stub that knows its version; `polartools` and `icecore` are whole.

Each platform's own packages exist for three platforms. Where this machine is not of it, they are there to be solved
for, and hold no program.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from course.conda.channel import Recipe
from course.packages import POLAR

PLATFORMS = ("linux-64", "osx-arm64", "win-64")
HOST = ".".join(map(str, sys.version_info[:3]))
MINOR = ".".join(map(str, sys.version_info[:2]))
OURS = "py" + MINOR.replace(".", "")

# For every platform alike: name, version, requirements.
PURE = (
    ("python-dateutil", "2.9.0", ("python >=3.9", "six >=1.5")),
    ("python-tzdata", "2025.2", ("python >=3.9",)),
    ("six", "1.17.0", ("python >=3.9",)),
)
# Compiled, so one for each platform: name, version, requirements.
DATES = ("python-dateutil >=2.8.2", "python-tzdata >=2022.7")
COMPILED = (
    ("numpy", "1.26.4", (f"python {MINOR}.*",)),
    ("numpy", "2.3.5", (f"python {MINOR}.*",)),
    ("pandas", "2.2.3", (f"python {MINOR}.*", "numpy >=1.26", *DATES)),
    ("pandas", "2.3.3", (f"python {MINOR}.*", "numpy >=1.26", *DATES)),
    ("pandas", "3.0.0", (f"python {MINOR}.*", "numpy >=2", *DATES)),
    ("pyodbc", "5.2.0", (f"python {MINOR}.*",)),
    ("pyodbc", "5.3.0", (f"python {MINOR}.*",)),
)
# As it was in 2014: made for Pythons that no channel of today holds.
OLD = ("pandas", "0.15.0", ("python <3.5", "numpy >=1.7", "python-dateutil"))
UNIX_ODBC = "2.3.12"


def recipes(host: str) -> Iterator[Recipe]:
    """All packages of the channel. `host` is this machine's platform, as conda spells it."""
    for platform in dict.fromkeys((host, *PLATFORMS)):
        yield _python(platform, platform == host)
        yield from _compiled(platform)
    for name, version, depends in PURE:
        yield Recipe(name, version, depends, _stub(name, version))
    for package in POLAR:
        files = {f"site-packages/{name}": text for name, text in package.files.items()}
        depends = ("python", *(need.replace(">", " >", 1) for need in package.requires))
        yield Recipe(package.name, package.version, depends, files | _metadata(package.name, package.version))


def _python(platform: str, here: bool) -> Recipe:
    build = f"h{_digest('python', platform)}_0_cpython"
    if not here:
        return Recipe("python", HOST, subdir=platform, build=build)
    program = Path(os.path.realpath(sys.executable))
    about = f"home = {program.parent}\ninclude-system-site-packages = false\nversion = {HOST}\n"
    links = {"bin/python": f"python{MINOR}", "bin/python3": f"python{MINOR}", f"bin/python{MINOR}": str(program)}
    files = {"pyvenv.cfg": about, f"lib/python{MINOR}/site-packages/README.txt": "Packages go here.\n"}
    return Recipe("python", HOST, (), files, links, platform, build)


def _compiled(platform: str) -> Iterator[Recipe]:
    windows = platform.startswith("win")
    if not windows:  # Windows brings its own driver manager
        text = {
            "share/doc/unixodbc/README": "Here the real package has the driver manager, a library that is no Python.\n"
        }
        yield Recipe("unixodbc", UNIX_ODBC, (), text, {}, platform, f"h{_digest('unixodbc', UNIX_ODBC, platform)}_0")
    site = "Lib/site-packages" if windows else f"lib/python{MINOR}/site-packages"
    for name, version, depends in COMPILED:
        more = ("unixodbc >=2.3.12",) if name == "pyodbc" and not windows else ()
        files = {path.replace("site-packages", site, 1): text for path, text in _stub(name, version).items()}
        build = f"{OURS}h{_digest(name, version, platform)}_0"
        yield Recipe(name, version, (*depends, *more), files, {}, platform, build)
    name, version, depends = OLD
    yield Recipe(name, version, depends, {}, {}, platform, "np19py34_0")


def _stub(name: str, version: str) -> dict[str, str]:
    module = {"python-dateutil": "dateutil", "python-tzdata": "tzdata"}.get(name, name)
    said = (
        f'"""A stub of {name} from the course\'s own channel: it knows its version."""\n\n__version__ = "{version}"\n'
    )
    return {f"site-packages/{module}/__init__.py": said} | _metadata(name, version)


def _metadata(name: str, version: str) -> dict[str, str]:
    """What `importlib.metadata` and pip find the package by."""
    info = f"site-packages/{name.replace('-', '_')}-{version}.dist-info"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    return {f"{info}/METADATA": about, f"{info}/INSTALLER": "conda\n"}


def _digest(*words: str) -> str:
    return hashlib.sha256("-".join(words).encode()).hexdigest()[:7]

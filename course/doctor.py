"""Is this machine ready for the course? One finding a thing, each with its remedy.

`examine()` looks and changes nothing; `course doctor` prints what it found.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course import server, survey

PYTHONS = ((3, 11), (3, 14))
# What lessons and assignments use, and what opens them: distribution → module.
PACKAGES = {
    "certifi": "certifi",
    "dulwich": "dulwich",
    "ipykernel": "ipykernel",
    "ipyparallel": "ipyparallel",
    "joblib": "joblib",
    "jupyter-client": "jupyter_client",
    "jupytext": "jupytext",
    "matplotlib": "matplotlib",
    "nbclient": "nbclient",
    "nbconvert": "nbconvert",
    "nbformat": "nbformat",
    "numpy": "numpy",
    "packaging": "packaging",
    "pandas": "pandas",
    "papermill": "papermill",
    "py-rattler": "rattler",
    "psutil": "psutil",
    "pyodbc": "pyodbc",
    "pytest": "pytest",
    "PyYAML": "yaml",
    "SQLAlchemy": "sqlalchemy",
    "threadpoolctl": "threadpoolctl",
    "uv": "uv",
    "jupyterlab": "jupyterlab",
    "nbgrader": "nbgrader",
    "pip": "pip",  # the last: whoever imports it first keeps setuptools from being imported
}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `remedy` is empty where it is well; a note is well, too."""

    thing: str
    found: str
    remedy: str = ""

    @property
    def well(self) -> bool:
        return not self.remedy


def examine(folder: Path | None = None) -> tuple[Finding, ...]:
    """Everything the course needs, in the order in which it is needed. `folder` is where work will be saved."""
    folders = _folders(folder or Path.cwd())
    return (_python(), *_packages(), _odbc(), *_server(), _git(), _cores(), _blas(), *folders)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    lowest, above = PYTHONS
    well = lowest <= sys.version_info[:2] < above
    return Finding(
        "Python",
        f"{version} at {sys.executable}",
        ""
        if well
        else "The course needs Python 3.11, 3.12 or 3.13. Install one, and make the environment anew with it.",
    )


def _packages() -> Iterator[Finding]:
    for distribution, module in PACKAGES.items():
        remedy = f"{sys.executable} -m pip install {distribution}"
        try:
            with warnings.catch_warnings(action="ignore"):  # what they warn of is for those who use them
                importlib.import_module(module)
            yield Finding(distribution, importlib.metadata.version(distribution))
        except ModuleNotFoundError:
            yield Finding(distribution, "not installed in this environment", remedy)
        except ImportError as error:
            # pyodbc is a Python package around a library of the system: the package alone is not enough.
            yield Finding(
                distribution,
                f"installed, but cannot be imported ({error})",
                survey.DRIVER_HELP if module == "pyodbc" else remedy,
            )


def _odbc() -> Finding:
    try:
        conn = survey.odbc()
    except survey.SurveyError as error:
        return Finding("ODBC driver", "the survey cannot be reached through ODBC", str(error))
    except Exception as error:  # a driver may fail in as many ways as there are drivers
        return Finding("ODBC driver", f"the connection failed: {error}", survey.DRIVER_HELP)
    rows = conn.execute("select count(*) from Survey").fetchone()[0]
    conn.close()
    import pyodbc

    others = ", ".join(sorted(set(pyodbc.drivers()) - {survey.DRIVER})) or "none"
    return Finding("ODBC driver", f"{survey.DRIVER}: {rows} readings read through it; other drivers: {others}")


def _server() -> Iterator[Finding]:
    """The server beside SQLite, where one is configured: nobody needs one."""
    if not server.configured():
        return
    try:
        conn = server.connect()
    except Exception as error:  # a driver may fail in as many ways as there are drivers
        remedy = f"Mend {server.VARIABLE}, or unset it: every lesson runs without a server."
        yield Finding("database server", str(error), remedy)
        return
    rows = conn.execute("select count(*) from Survey").fetchone()[0]
    conn.close()
    yield Finding("database server", f"{rows} readings put there and read again")


def _git() -> Finding:
    git = shutil.which("git")
    if git is None:
        return Finding(
            "git",
            "not found",
            "Debian, Ubuntu: sudo apt-get install git · Fedora: sudo dnf install git · macOS: brew install git",
        )
    version = subprocess.run([git, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return Finding("git", f"{version.removeprefix('git version ')} at {git}")


def _cores() -> Finding:
    here = os.cpu_count() or 1
    # macOS and Windows cannot say which cores are yours.
    yours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else here
    return Finding("cores", f"{yours} of {here} are yours")


def _blas() -> Finding:
    try:
        from course import blas  # not above: where its packages are missing, they have a finding of their own

        return Finding("BLAS", f"NumPy may use {blas.threads()} threads for a product of floats")
    except ImportError as error:
        return Finding("BLAS", f"cannot be asked ({error})", f"{sys.executable} -m pip install numpy threadpoolctl")
    except blas.NoBlas as error:
        return Finding("BLAS", str(error), f"{sys.executable} -m pip install --force-reinstall numpy")


def _folders(work: Path) -> Iterator[Finding]:
    for name, folder in (
        ("home folder", Path.home()),
        ("temporary folder", Path(tempfile.gettempdir())),
        ("this folder", work),
    ):
        try:
            with tempfile.NamedTemporaryFile(dir=folder):
                yield Finding(name, f"{folder}: you may write here")
        except OSError as error:
            yield Finding(
                name,
                f"{folder}: you may not write here ({error.strerror})",
                f"Choose another folder, or ask for the right to write: ls -ld {folder}",
            )

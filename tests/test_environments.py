"""Environments are made in a moment, and what is in one is seen whoever made it, and however it pretends."""

import shutil
import subprocess
import sys
import venv

import pytest

from autograder import evidence
from autograder.cases import condas, environments
from autograder.cases.environments import files, invented, look, make, names, package
from course import conda

POLAR = package("polartools", "1.1")


@pytest.fixture
def env(tmp_path):
    """An environment with polartools."""
    return make(tmp_path / "env", [POLAR])


def test_what_was_made_is_seen(env):
    """Its prefix, its packages, and what can be imported from where."""
    seen = look(env, evidence.run, ["polartools", "numpy"])
    assert (seen.trouble, seen.prefix, seen.packages, seen.shares) == ("", str(env), {"polartools": "1.1"}, False)
    assert seen.origins == {"polartools": str(environments.site(env) / "polartools.py")}


def test_pip_and_uv_are_at_hand_where_they_are_asked_for(tmp_path):
    """By links; pip works in that environment."""
    env = make(tmp_path / "two words", pip=True)
    for command in ([env / "bin/pip"], [env / "bin/python", "-m", "pip"]):
        said = subprocess.run([*command, "--version"], capture_output=True, text=True).stdout
        assert str(env) in said
    assert set(look(env, evidence.run).packages) == {"pip"}
    assert (env / "bin/uv").exists()


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-m", "venv", "--without-pip"],
        [sys.executable, "-m", "venv", "--without-pip", "--copies"],
        ["uv", "venv", "-q", "--offline", "--python", sys.executable],
    ],
    ids=["venv", "copies", "uv"],
)
def test_every_tool_makes_an_environment(tmp_path, command):
    """None of them is in trouble, and none shares."""
    if command[0] == "uv":
        command = [environments.find_uv_bin(), *command[1:]]
    subprocess.run([*command, tmp_path / "env"], check=True)
    seen = look(tmp_path / "env", evidence.run)
    assert (seen.trouble, seen.shares, dict(seen.packages)) == ("", False, {})


def pretend(path):
    """A script in the Python's place, which says what is wanted."""
    (path / "bin/python").unlink()
    answer = f'{{"prefix": "{path}", "base": "/usr", "packages": {{"polartools": "9"}}, "origins": {{}}}}'
    (path / "bin/python").write_text(f"#!/bin/sh\necho '{answer}'\n")
    (path / "bin/python").chmod(0o755)


def whisper(path):
    """A file that runs at the start of Python, and adds to what it finds."""
    text = "import importlib.metadata as m; m.distributions = lambda: [type('D', (), {'name': 'x', 'version': '1'})]\n"
    (environments.site(path) / "odd.pth").write_text(text)


@pytest.mark.parametrize(
    ("spoil", "trouble"),
    [
        (lambda path: shutil.rmtree(path), "there is no folder env"),
        (lambda path: (path / "pyvenv.cfg").unlink(), "has no pyvenv.cfg"),
        (lambda path: (path / "bin/python").unlink(), "has no bin/python"),
        (pretend, "no Python of this machine"),
        (lambda path: (path / "pyvenv.cfg").write_text("home = /nowhere\n"), ""),
        (lambda path: shutil.rmtree(path / "lib"), "no folder of its own for packages"),
    ],
    ids=["gone", "no pyvenv.cfg", "no python", "a script", "another home", "no site-packages"],
)
def test_what_is_no_environment_is_named(env, spoil, trouble):
    """In words that go on behind a colon."""
    spoil(env)
    assert trouble in look(env, evidence.run).trouble


def test_a_link_to_another_environment_is_none(env, tmp_path):
    """It would be the other one."""
    (tmp_path / "link").symlink_to(env)
    assert look(tmp_path / "link", evidence.run).trouble == "link is a link to another folder"


@pytest.mark.parametrize("how", ["setting", "pth", "customize"])
def test_what_lets_others_in_is_seen(tmp_path, how):
    """A setting, a file with paths, a file that runs at the start."""
    env = make(tmp_path / "env", system=how == "setting")
    if how == "pth":
        (environments.site(env) / "more.pth").write_text(str(tmp_path))
    if how == "customize":
        (environments.site(env) / "sitecustomize.py").write_text("")
    seen = look(env, evidence.run)
    assert (seen.trouble, seen.shares) == ("", True)


def test_packages_are_read_from_the_disk(env):
    """What a file at the start of Python adds is not among them."""
    whisper(env)
    assert look(env, evidence.run).packages == {"polartools": "1.1"}


def test_a_change_is_seen_and_a_run_is_none(env):
    """Compiled files that Python leaves count for nothing; one letter does."""
    before = files(env)
    subprocess.run([env / "bin/python", "-c", "import polartools"], check=True)
    assert files(env) == before
    (environments.site(env) / "polartools.py").write_text("")
    assert files(env) != before
    assert names(env) == sorted(path.name for path in env.iterdir())


def test_made_up_packages_are_the_same_for_a_seed():
    """And others for another."""
    assert invented(1) == invented(1)
    assert {one.name for one in invented(1)} != {one.name for one in invented(2)}
    assert [one.version for one in invented(3, number=1)] == ["0.9", "0.10", "1.0", "2.0"]


def test_an_answer_is_run_by_another_python(tmp_path):
    """With what is given to it, and that environment first on PATH."""
    caller = make(tmp_path / "caller", pip=True)
    text = "import shutil, sys\ndef f(x): print(sys.prefix, shutil.which('pip'), x, HOUSE)"
    done = environments.answering(caller, text, "f(1)", evidence.run, HOUSE=tmp_path)
    assert done.stdout.decode().split() == [str(caller), str(caller / "bin/pip"), "1", str(tmp_path)]


# What is typed into a conda


def test_lines_are_typed_into_one_shell(tmp_path):
    """Each with its words and status; after a failure it goes on; what ends the shell ends the list."""
    here = conda.installation(tmp_path / "conda")
    lines = [
        "conda create -n a python",
        "conda install -n b pandas",
        "conda activate a; echo $CONDA_DEFAULT_ENV",
        "exit 0",
    ]
    done = condas.typed(here, [*lines, "echo never"], evidence.run)
    assert [(line.text, line.status) for line in done] == list(zip(lines[:3], [0, 1, 0], strict=True))
    assert done[1].complaint.startswith("EnvironmentLocationNotFound")
    assert done[2].said == "a\n"
    assert (condas.named(here), set(condas.packages(here, "a")), condas.packages(here, "b")) == ({"a"}, {"python"}, {})


def test_venv_is_what_the_lean_one_is(tmp_path):
    """The same files as the standard library's own command leaves, but for the packages."""
    venv.create(tmp_path / "plain", with_pip=False, symlinks=True)
    make(tmp_path / "lean")
    assert files(tmp_path / "plain").keys() == files(tmp_path / "lean").keys()

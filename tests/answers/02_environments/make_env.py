# %% the standard library's command
import subprocess
import sys


def make_env(path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", path], check=True, capture_output=True)


# %% the standard library's command, pip included
import subprocess
import sys


def make_env(path):
    subprocess.run([sys.executable, "-m", "venv", str(path)], check=True, capture_output=True)


# %% uv
import subprocess
import sys


def make_env(path):
    subprocess.run(["uv", "venv", "--offline", "--python", sys.executable, path], check=True, capture_output=True)


# %% the course's conda
import subprocess
import tempfile

from course import conda


def make_env(path):
    with tempfile.TemporaryDirectory() as folder:
        here = conda.installation(folder)
        subprocess.run([here.command, "create", "-p", path, "python"], check=True, capture_output=True)


# %% venv with copies in place of links
import venv


def make_env(path):
    venv.EnvBuilder(symlinks=False).create(path)


# %% by hand: a file and a link are all that it takes
import sys
from pathlib import Path


def make_env(path):
    python = Path(sys.executable).resolve()
    major, minor = sys.version_info[:2]
    (path / "bin").mkdir(parents=True)
    (path / "lib" / f"python{major}.{minor}" / "site-packages").mkdir(parents=True)
    (path / "pyvenv.cfg").write_text(f"home = {python.parent}\ninclude-system-site-packages = false\n")
    (path / "bin" / "python").symlink_to(python)


# %% an empty folder is no environment  fails=["make_env_runs", "make_env_isolated", "make_env_place"]
def make_env(path):
    path.mkdir(parents=True)


# %% a link to the environment that is here already  fails=["make_env_runs", "make_env_isolated", "make_env_place"]
import sys


def make_env(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(sys.prefix)


# %% a copy of the environment that is here already, its packages by a link  fails=["make_env_isolated"]
import shutil
import sys
from pathlib import Path


def make_env(path):
    shutil.copytree(Path(sys.prefix) / "bin", path / "bin", symlinks=True)
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", path)
    (path / "lib").symlink_to(Path(sys.prefix) / "lib")


# %% lets in what is installed for all  fails=["make_env_isolated"]
import venv


def make_env(path):
    venv.create(path, system_site_packages=True)


# %% points to the course's packages by a .pth file  fails=["make_env_isolated"]
import venv
from pathlib import Path

import numpy


def make_env(path):
    venv.create(path)
    (site,) = path.glob("lib/python*/site-packages")
    (site / "shared.pth").write_text(str(Path(numpy.__file__).parents[1]))


# %% makes it in the current folder  fails=["make_env_runs", "make_env_isolated", "make_env_place"]
import venv


def make_env(path):
    # With a copy of the interpreter: nbgrader changes the mode of what lies in a submission, through links as well.
    venv.create(path.name, symlinks=False)


# %% lets a shell take the path apart at its spaces  fails=["make_env_place"]
import subprocess
import sys


def make_env(path):
    subprocess.run(f"{sys.executable} -m venv --without-pip {path}", shell=True, check=True, capture_output=True)


# %% clears the folder beside it first  fails=["make_env_place"]
import shutil
import venv


def make_env(path):
    shutil.rmtree(path.parent, ignore_errors=True)
    venv.create(path)


# %% works only where the folder above is there  fails=["make_env_runs"]
import os
import venv


def make_env(path):
    os.mkdir(path)
    venv.create(path)


# %% a script that plays the Python  fails=["make_env_runs", "make_env_isolated", "make_env_place"]
import sys


def make_env(path):
    (path / "bin").mkdir(parents=True)
    (path / "pyvenv.cfg").write_text("home = /usr/bin\n")
    python = path / "bin" / "python"
    python.write_text(
        f'#!/bin/sh\necho \'{{"prefix": "{path}", "base": "/usr", "packages": {{}}, "origins": {{}}}}\'\n'
    )
    python.chmod(0o755)


# %% a file that runs at the start and hides what can be imported  fails=["make_env_isolated"]
import venv


def make_env(path):
    venv.create(path, system_site_packages=True)
    (site,) = path.glob("lib/python*/site-packages")
    (site / "sitecustomize.py").write_text("import importlib.util\nimportlib.util.find_spec = lambda name: None\n")

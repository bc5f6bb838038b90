# %% the program pip of that environment
import subprocess


def install_into(env, spec):
    command = [env / "bin" / "pip", "install", "--no-index", f"--find-links={HOUSE}", spec]
    subprocess.run(command, check=True, capture_output=True)


# %% uv, told which Python
import subprocess


def install_into(env, spec):
    where = ["--offline", "--no-index", "--find-links", HOUSE, "--python", env / "bin" / "python"]
    subprocess.run(["uv", "pip", "install", *where, spec], check=True, capture_output=True)


# %% uv, told by VIRTUAL_ENV
import os
import subprocess


def install_into(env, spec):
    variables = os.environ | {"VIRTUAL_ENV": str(env)}
    command = ["uv", "pip", "install", "--offline", "--no-index", "--find-links", str(HOUSE), spec]
    subprocess.run(command, check=True, env=variables, capture_output=True)


# %% the caller's pip, told which Python
import subprocess
import sys


def install_into(env, spec):
    command = [sys.executable, "-m", "pip", "--python", str(env / "bin" / "python"), "install"]
    subprocess.run([*command, "--no-index", "--find-links", HOUSE, spec], check=True, capture_output=True)


# %% activates and installs in one shell, with the spec in quotes
import shlex
import subprocess


def install_into(env, spec):
    line = (
        f"source {shlex.quote(str(env / 'bin' / 'activate'))} && pip install -q --no-index -f {shlex.quote(str(HOUSE))}"
    )
    subprocess.run(["bash", "-c", f"{line} {shlex.quote(spec)}"], check=True, capture_output=True)


# %% installs beside sys.executable  fails=["install_into_inside", "install_into_elsewhere", "install_into_spec"]
import subprocess
import sys


def install_into(env, spec):
    command = [sys.executable, "-m", "pip", "install", "--no-index", "--find-links", HOUSE, spec]
    subprocess.run(command, check=True, capture_output=True)


# %% takes the first pip on PATH  fails=["install_into_inside", "install_into_elsewhere", "install_into_spec"]
import subprocess


def install_into(env, spec):
    subprocess.run(["pip", "install", "--no-index", "--find-links", HOUSE, spec], check=True, capture_output=True)


# %% activates in one shell and installs in the next  fails=["install_into_inside", "install_into_elsewhere", "install_into_spec"]
import shlex
import subprocess


def install_into(env, spec):
    subprocess.run(["bash", "-c", f"source {shlex.quote(str(env / 'bin' / 'activate'))}"], check=True)
    subprocess.run(["pip", "install", "--no-index", "--find-links", HOUSE, spec], check=True, capture_output=True)


# %% puts the files into the folder, not among its packages  fails=["install_into_inside", "install_into_elsewhere", "install_into_spec"]
import subprocess


def install_into(env, spec):
    command = [env / "bin" / "python", "-m", "pip", "install", "--no-index", "--find-links", HOUSE]
    subprocess.run([*command, "--target", env, spec], check=True, capture_output=True)


# %% installs elsewhere, and has a variable point there  fails=["install_into_inside", "install_into_elsewhere", "install_into_spec"]
import os
import subprocess


def install_into(env, spec):
    command = [env / "bin" / "python", "-m", "pip", "install", "--no-index", "--find-links", HOUSE]
    subprocess.run([*command, "--target", env / "extra", spec], check=True, capture_output=True)
    os.environ["PYTHONPATH"] = str(env / "extra")


# %% drops the versions from the request  fails=["install_into_spec"]
import re
import subprocess


def install_into(env, spec):
    name = re.split("[<>=!~]", spec)[0]
    command = [env / "bin" / "python", "-m", "pip", "install", "--no-index", "--find-links", HOUSE, name]
    subprocess.run(command, check=True, capture_output=True)


# %% lets a shell read the spec  fails=["install_into_inside", "install_into_spec"]
import subprocess


def install_into(env, spec):
    line = f"{env}/bin/python -m pip install --no-index --find-links {HOUSE} {spec}"
    subprocess.run(line, shell=True, check=True, capture_output=True)


# %% unpacks the wheel, and not what it needs  fails=["install_into_inside", "install_into_spec"]
import re
import zipfile


def install_into(env, spec):
    name = re.split("[<>=!~]", spec)[0].replace("-", "_")
    wheel = sorted(HOUSE.glob(f"{name}-*.whl"))[-1]
    (site,) = env.glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)


# %% leaves out what it needs  fails=["install_into_inside"]
import subprocess


def install_into(env, spec):
    pip = [env / "bin" / "python", "-m", "pip", "install", "--no-index", "--find-links", HOUSE]
    needs = ["polartools<2"] if "==" in spec else []
    subprocess.run([*pip, "--no-deps", spec, *needs], check=True, capture_output=True)

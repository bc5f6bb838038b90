# %% venv and the caller's pip, told which Python
import subprocess
import sys
import venv
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    venv.create(path)
    pip = [sys.executable, "-m", "pip", "--python", path / "bin" / "python", "install", "--no-index"]
    if lock:
        subprocess.run([*pip, "--find-links", HOUSE, *lock], check=True, capture_output=True)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        found = distributions(path=[str(site)])
        return sorted((one.name.lower().replace("_", "-").replace(".", "-"), one.version) for one in found)

    return held(a) == held(b)


# %% uv pip sync of a file, and what the Pythons themselves tell
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    subprocess.run(["uv", "venv", "-q", "--offline", "--python", sys.executable, path], check=True)
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "requirements.txt")
        wanted.write_text("\n".join(lock))
        sync = ["uv", "pip", "sync", "-q", "--offline", "--no-index", "--find-links", HOUSE]
        subprocess.run([*sync, "--allow-empty-requirements", "--python", path, wanted], check=True)


def same(a, b):
    code = "import importlib.metadata as m, json; print(json.dumps([(d.name, d.version) for d in m.distributions()]))"
    told = [
        json.loads(subprocess.run([env / "bin" / "python", "-I", "-c", code], capture_output=True).stdout)
        for env in (a, b)
    ]
    one, other = ({re.sub("[-_.]+", "-", name).lower(): version for name, version in found} for found in told)
    return one == other


# %% one line after the other, without looking for needs: the list is complete
import re
import subprocess
import sys
import venv
from importlib.metadata import distributions


def rebuild(lock, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir()
    venv.create(path)
    for line in lock:
        pip = [sys.executable, "-m", "pip", "--python", path / "bin" / "python", "install", "--no-index", "--no-deps"]
        if subprocess.run([*pip, "--find-links", HOUSE, line], capture_output=True).returncode:
            raise RuntimeError(f"{line} cannot be installed")


def same(a, b):
    held = []
    for env in (a, b):
        found = {}
        for one in distributions(path=[str(*env.glob("lib/python*/site-packages"))]):
            found[re.sub("[-_.]+", "-", one.name).lower()] = one.version
        held.append(found)
    return held[0] == held[1]


# %% the newest in place of what is listed  fails=["rebuild_equal", "rebuild_source", "rebuild_loud"]
import re
import subprocess
import sys
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    subprocess.run(["uv", "venv", "-q", "--offline", "-p", sys.executable, path], check=True)
    if lock:
        install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--find-links", HOUSE, "--python", path]
        subprocess.run([*install, *(line.split("==")[0] for line in lock)], check=True)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% at least what is listed  fails=["rebuild_equal", "rebuild_source", "rebuild_loud"]
import re
import subprocess
import sys
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    subprocess.run(["uv", "venv", "-q", "--offline", "-p", sys.executable, path], check=True)
    if lock:
        install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--find-links", HOUSE, "--python", path]
        subprocess.run([*install, *(line.replace("==", ">=") for line in lock)], check=True)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% uses the original again  fails=["rebuild_equal", "rebuild_source", "rebuild_loud"]
import re
from importlib.metadata import distributions


def rebuild(lock, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    original = next((one for one in path.parent.iterdir() if (one / "pyvenv.cfg").exists()), path.parent / "original")
    path.symlink_to(original)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% does not look at how the installer ended  fails=["rebuild_loud"]
import re
import subprocess
import sys
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    subprocess.run(["uv", "venv", "-q", "--offline", "-p", sys.executable, path], check=True)
    install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--find-links", HOUSE, "--python", path]
    subprocess.run([*install, *lock])


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% installs what it finds, and passes over the rest  fails=["rebuild_loud"]
import re
import subprocess
import sys
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    subprocess.run(["uv", "venv", "-q", "--offline", "-p", sys.executable, path], check=True)
    install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--no-deps", "--find-links", HOUSE]
    for line in lock:
        try:
            subprocess.run([*install, "--python", path, line], check=True)
        except subprocess.CalledProcessError:
            continue


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% installs over what is there already  fails=["rebuild_loud"]
import re
import subprocess
import sys
import venv
from importlib.metadata import distributions


def rebuild(lock, path):
    venv.create(path)
    install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--find-links", HOUSE, "--python", path]
    if lock:
        subprocess.run([*install, *lock], check=True)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% removes what is there already  fails=["rebuild_loud"]
import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions


def rebuild(lock, path):
    shutil.rmtree(path, ignore_errors=True)
    subprocess.run(["uv", "venv", "-q", "--offline", "-p", sys.executable, path], check=True)
    install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--find-links", HOUSE, "--python", path]
    if lock:
        subprocess.run([*install, *lock], check=True)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% installs into the environment of whoever calls  fails=["rebuild_equal", "rebuild_source", "rebuild_loud"]
import re
import subprocess
import sys
import venv
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    venv.create(path)
    if lock:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--find-links", HOUSE]
        subprocess.run([*pip, *lock], check=True, capture_output=True)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% asks uv for nothing at all where the lock is empty  fails=["rebuild_equal"]
import re
import subprocess
import sys
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    if not lock:
        raise ValueError("nothing to install")
    subprocess.run(["uv", "venv", "-q", "--offline", "-p", sys.executable, path], check=True)
    install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--find-links", HOUSE, "--python", path]
    subprocess.run([*install, *lock], check=True)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% writes the metadata of each package, and not the package  fails=["rebuild_equal"]
import re
import venv
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    there = {file.name.rpartition("-py3")[0] for file in HOUSE.iterdir()}
    wanted = [line.replace("-", "_").replace("==", "-") for line in lock]
    if not there.issuperset(wanted):
        raise LookupError("a wheel is missing")
    if path.exists():
        raise FileExistsError(path)
    venv.create(path)
    (site,) = path.glob("lib/python*/site-packages")
    for line in lock:
        name, version = line.split("==")
        info = site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% compares names alone  fails=["rebuild_same"]
import re
import subprocess
import sys
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    subprocess.run(["uv", "venv", "-q", "--offline", "-p", sys.executable, path], check=True)
    install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--find-links", HOUSE, "--python", path]
    if lock:
        subprocess.run([*install, *lock], check=True)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {re.sub("[-_.]+", "-", one.name).lower() for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% finds all of the first in the second, and does not look the other way  fails=["rebuild_same"]
import re
import subprocess
import sys
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    subprocess.run(["uv", "venv", "-q", "--offline", "-p", sys.executable, path], check=True)
    install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--find-links", HOUSE, "--python", path]
    if lock:
        subprocess.run([*install, *lock], check=True)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)])}

    return held(a) <= held(b)


# %% compares how names are spelt, too  fails=["rebuild_same"]
import subprocess
import sys
from importlib.metadata import distributions


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    subprocess.run(["uv", "venv", "-q", "--offline", "-p", sys.executable, path], check=True)
    install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--find-links", HOUSE, "--python", path]
    if lock:
        subprocess.run([*install, *lock], check=True)


def same(a, b):
    def held(env):
        (site,) = env.glob("lib/python*/site-packages")
        return {(one.name, one.version) for one in distributions(path=[str(site)])}

    return held(a) == held(b)


# %% compares what `pip freeze` says of files as well  fails=["rebuild_same"]
import subprocess
import sys


def rebuild(lock, path):
    if path.exists():
        raise FileExistsError(path)
    subprocess.run(["uv", "venv", "-q", "--offline", "-p", sys.executable, path], check=True)
    install = ["uv", "pip", "install", "-q", "--offline", "--no-index", "--find-links", HOUSE, "--python", path]
    if lock:
        subprocess.run([*install, *lock], check=True)


def same(a, b):
    def held(env):
        command = ["uv", "pip", "freeze", "--offline", "--python", str(env / "bin" / "python")]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return held(a) == held(b)

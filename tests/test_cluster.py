"""A class graded on the engines of a real ipyparallel cluster, whichever of them dies."""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import ipyparallel
import psutil
import pytest
import stock
import toy
from test_grading import grade, rows

from autograder import cluster, notebook, pool
from autograder.cluster import ClusterError
from autograder.model import Verdict
from autograder.pool import Settings, Work

ROOT = Path(__file__).parents[1]
PROFILE = "graders"
SLEEPS = "import subprocess\nsubprocess.run(['sleep', '{}'])\ndef double(x):\n    return 2 * x"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An IPython folder of the tests' own, which commands find as well."""
    folder, before = tmp_path_factory.mktemp("ipython"), os.environ.get("IPYTHONDIR")
    os.environ["IPYTHONDIR"] = str(folder)
    yield folder
    os.environ.pop("IPYTHONDIR")
    if before is not None:
        os.environ["IPYTHONDIR"] = before


@pytest.fixture
def engines(home):
    """A cluster of two engines."""
    with ipyparallel.Cluster(profile=PROFILE, n=2, cluster_id="", log_level=40) as client:
        client.wait_for_engines(2, timeout=120)
        yield client


def graded_here(place: Path) -> tuple[Path, Path]:
    """A class of three, graded by a worker on this machine; and the same class, to be graded on engines."""
    here = toy.course(place / "here")
    shutil.copy(ROOT / "nbgrader_config.py", here)
    stock.run(here, "generate_assignment", "toy")
    release = notebook.read(here / "release" / "toy" / "toy.ipynb")
    for student, answer in {"ada": "return 2 * x", "bola": "return 0", "eve": "import os; os._exit(1)"}.items():
        stock.submit(here, student, "toy", notebook.fill(release, {"double": f"def double(x):\n    {answer}"}))
    there = Path(shutil.copytree(here, place / "there"))
    grade(here, "toy", "--workers", "1")
    return here, there


def test_the_same_rows_as_on_this_machine(engines, tmp_path):
    """`--cluster` writes what workers here would have written."""
    here, there = graded_here(tmp_path)
    said = grade(there, "toy", "--cluster", PROFILE).stderr
    assert "3 run" in said
    assert rows(there) == rows(here)


def test_the_work_of_an_engine_that_dies_is_done_elsewhere(engines):
    """Kill one with work in its hands: everybody has a result, and a submission that kills both is known by name."""
    source = toy.source()
    work = [Work(name, source, notebook.fill(source, {"double": SLEEPS.format("2.5")})) for name in "abcd"]
    pids = engines[:].apply_sync(os.getpid)

    def kill():
        while not _sleeping(pids[0]):
            time.sleep(0.02)
        os.kill(pids[0], 9)

    killer = threading.Thread(target=kill)
    killer.start()
    with cluster.engines(PROFILE) as executor:
        found = dict(pool.graded(work, Settings(), executor))
    killer.join()
    assert {name: graded.result.points for name, graded in found.items()} == dict.fromkeys("abcd", 9)
    assert {outcome.verdict for graded in found.values() for outcome in graded.result.outcomes} == {Verdict.PASSED}


def _sleeping(pid: int) -> bool:
    for child in psutil.Process(pid).children(recursive=True):
        try:
            if "sleep 2.5" in " ".join(child.cmdline()):
                return True
        except psutil.Error:
            continue
    return False


def test_a_machine_that_cannot_grade_says_so(engines, tmp_path):
    """What an engine finds missing is one error for all, and not a class of unknowns."""
    source = toy.source()
    with (
        cluster.engines(PROFILE) as executor,
        pytest.raises(pool.SandboxError, match="gone does not exist"),
    ):
        list(pool.graded([Work("a", source, source)], Settings(readable=(tmp_path / "gone",)), executor))


def test_a_cluster_that_is_not_there_is_an_error_in_words(home, monkeypatch):
    """With the command that starts it."""
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 2)
    says = r"'nowhere' does not answer.*ipcluster start --profile=nowhere"
    with pytest.raises(ClusterError, match=says), cluster.engines("nowhere"):
        pass


def test_the_command_line_says_it_too(home, tmp_path):
    """Status 2, no traceback."""
    command = [sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())"]
    words = ["grade", "toy", "--cluster", "nowhere"]
    done = subprocess.run([*command, *words], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("autograder: The cluster of the profile 'nowhere' does not answer")
    assert "Traceback" not in done.stderr

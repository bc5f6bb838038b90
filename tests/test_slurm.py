"""A class graded by engines that a real Slurm starts: the rows are those of this machine's own workers."""

import os
import subprocess
import threading
import time
from pathlib import Path

import ipyparallel
import pytest
import slurm
import toy
from test_cluster import SLEEPS, graded_here, sleeping
from test_grading import grade, rows

from autograder import cluster, notebook, pool
from autograder.pool import Settings, Work

ROOT = Path(__file__).parents[1]
PROFILE = "slurm"
pytestmark = pytest.mark.skipif(bool(slurm.why_not()), reason=slurm.why_not())


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    """Two engines, each started in a job of Slurm's; ipyparallel's folder is the tests' own."""
    folder = tmp_path_factory.mktemp("ipython")
    with pytest.MonkeyPatch.context() as patch, slurm.running():
        patch.setenv("IPYTHONDIR", str(folder))
        patch.chdir(folder)  # where the jobs begin, and leave what they say
        words = {"engines": "slurm", "controller": "local", "controller_ip": "127.0.0.1"}
        with ipyparallel.Cluster(profile=PROFILE, n=2, cluster_id="", log_level=40, **words) as client:
            client.wait_for_engines(2, timeout=240)
            yield client


def test_the_engines_are_slurms(engines):
    """Else the test below would prove nothing of it."""
    jobs = engines[:].apply_sync(os.getenv, "SLURM_JOB_ID")
    assert None not in jobs


def test_the_same_rows_as_on_this_machine(engines, tmp_path):
    """`--cluster` writes what workers here would have written, and says what it ran."""
    here, there = graded_here(tmp_path)
    assert "3 run" in grade(there, "toy", "--cluster", PROFILE).stderr
    assert rows(there) == rows(here)


def test_a_job_that_is_cancelled_costs_no_result(engines, tmp_path):
    """An engine is killed through Slurm with work in its hands: the other does it, and goes on with the next class."""
    source = toy.source()
    work = [Work(name, source, notebook.fill(source, {"double": SLEEPS.format("2.5")})) for name in "abcd"]
    pid, job = engines[0].apply_sync(lambda: (__import__("os").getpid(), __import__("os").environ["SLURM_JOB_ID"]))

    def cancel():
        while not sleeping(pid):
            time.sleep(0.02)
        subprocess.run(["scancel", "--signal=KILL", "--full", job], check=True)

    canceller = threading.Thread(target=cancel)
    canceller.start()
    with cluster.engines(PROFILE) as executor:
        found = dict(pool.graded(work, Settings(), executor))
    canceller.join()
    assert {name: (graded.result.points, graded.flags) for name, graded in found.items()} == dict.fromkeys(
        "abcd", (9, ())
    )
    here, there = graded_here(tmp_path)
    assert "3 run" in grade(there, "toy", "--cluster", PROFILE).stderr
    assert rows(there) == rows(here)
    assert len(engines.ids) == 1

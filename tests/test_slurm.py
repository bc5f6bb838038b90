"""A class graded by engines that a real Slurm starts: the rows are those of this machine's own workers."""

import os
from pathlib import Path

import ipyparallel
import pytest
import slurm
from test_cluster import graded_here
from test_grading import grade, rows

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

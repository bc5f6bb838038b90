"""No engine, no controller and no fork of either outlives the lesson or the submission that it was started for.

Graded is in a process of its own, which the kernel gives every orphan of its family: so its descendants, counted before
and after, are all that there can be. `test_lessons` asks the same of each lesson, by a mark in the environment.
"""

import json
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

import kin
import psutil
import pytest

ROOT = Path(__file__).parents[1]
# Grades the reference solution with other answers in some cells, each after the other. It prints, as JSON: how many
# processes there were before any, and for each at most and afterwards, with the verdicts; and how many at the end.
GRADES = """
import copy, ctypes, json, sys, threading, time
from pathlib import Path
import psutil, toy
from autograder import notebook
from autograder.airlock import Airlock

SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: whoever loses its parent becomes a child of this process
ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
me, most, stop = psutil.Process(), [0], threading.Event()

def count():
    number = 0
    for child in me.children(recursive=True):
        try:
            number += child.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            continue
    return number

def watch():
    while not stop.wait(0.05):
        most[0] = max(most[0], count())

def settled():
    # What stands ready for the next submission takes a moment to be made, and what ends takes one to be gone.
    looks = [count()]
    while len(looks) < 10 or len(set(looks[-10:])) > 1:
        time.sleep(0.1)
        looks.append(count())
    return looks[-1]

source = notebook.read(Path("source/09_engines/09_engines.ipynb"))
told = {}
with Airlock() as airlock:
    airlock.grade(toy.source(), toy.source())
    before = settled()
    threading.Thread(target=watch, daemon=True).start()
    for name, cells in json.loads(sys.argv[1]).items():
        # A copy: what is graded more than once has checkers made ready for it, which stay.
        asked, most[0] = copy.deepcopy(source), 0
        result = airlock.grade(asked, notebook.fill(asked, cells)).result
        seen, until = most[0], time.monotonic() + 60
        while (after := settled()) > before and time.monotonic() < until:
            pass
        verdicts = {outcome.check: outcome.verdict.name for outcome in result.outcomes}
        told[name] = {"most": seen, "after": after, "verdicts": verdicts}
    stop.set()
print(json.dumps({"before": before, "each": told, "end": settled()}))
"""
KILLED = "import os\ndef pmap(view, f, xs):\n    os.kill(os.getpid(), 9)"
DIES = """import os
import ipyparallel as ipp

started = ipp.Cluster(n=2, log_level=40)
rc = started.start_and_connect_sync()
os._exit(1)"""
LEAVES = """from contextlib import contextmanager
import ipyparallel as ipp

@contextmanager
def cluster(n):
    yield ipp.Cluster(n=n, log_level=40).start_and_connect_sync()"""
HIDES = """import subprocess

def everywhere(view, f, *args, **kwargs):
    def leave():
        import os, subprocess

        if not os.fork():
            os.setsid()
            subprocess.Popen(["sleep", "600"], start_new_session=True)
            os._exit(0)

    view.apply_sync(leave)
    return view.apply_async(f, *args, **kwargs).get_dict()"""


# By what the student's code does: the cells, and the checks that it costs.
SUBMISSIONS = {
    "is right": ({}, set()),
    "leaves its cluster running": ({"cluster": LEAVES}, {"cluster_gone", "cluster_exception"}),
    "is killed": ({"pmap": KILLED}, {"pmap_values", "pmap_parallel", "pmap_away"}),
    "dies beside its cluster": ({"everywhere": DIES}, {"everywhere_each", "everywhere_ids", "everywhere_gap"}),
    "hides a process behind each engine": ({"everywhere": HIDES}, set()),
}


@pytest.fixture(scope="module")
def counted():
    """What was counted while all of these were graded."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    asked = json.dumps({name: cells for name, (cells, _) in SUBMISSIONS.items()})
    run = [sys.executable, "-c", GRADES, asked]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_nothing_is_left_of_a_submission(counted, name):
    """As many processes as before, after there were at least four more; what is wrong costs its checks."""
    seen = counted["each"][name]
    assert seen["most"] >= counted["before"] + 4
    assert seen["after"] == counted["before"]
    assert SUBMISSIONS[name][1] <= {check for check, verdict in seen["verdicts"].items() if verdict != "PASSED"}


def test_nothing_is_left_of_the_grader(counted):
    """Not even of what stood ready."""
    assert counted["end"] == 0


def test_a_mark_is_handed_down_whatever_becomes_of_the_parent(monkeypatch):
    """A process of a session of its own, whose parent is gone, is found; and is not, when it has ended."""
    mark = uuid.uuid4().hex
    monkeypatch.setenv(kin.MARK, mark)
    monkeypatch.setattr(kin, "SECONDS", 0.0)
    child = "subprocess.Popen(['sleep', '600'], stdout=subprocess.DEVNULL, start_new_session=True)"
    script = f"import subprocess; print({child}.pid)"
    pid = int(subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, check=True).stdout)
    try:
        assert kin.left(mark) == ["sleep 600"]
        assert kin.left("another") == []
    finally:
        os.kill(pid, 9)
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    assert kin.left(mark) == []

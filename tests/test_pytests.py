"""Somebody's tests say how they end, and nothing of how the others did."""

import pytest

from autograder import evidence
from autograder.cases import pytests
from autograder.cases.pytests import FAIL, NO_END, judged

RIGHT, WRONG = "def one(): return 1\n", "def one(): return 2\n"
GOOD = "from one import one\ndef test_one(): assert one() == 1\n"
# Each wants the second file to fail, though these tests would pass beside it, or not to be asked at all.
SLY = {
    "writes into folders beside its own": """
import pathlib
def test_one():
    for folder in pathlib.Path("..").iterdir():
        if folder.is_dir() and folder.resolve() != pathlib.Path.cwd() and folder.owner() == pathlib.Path.home().owner():
            for file in folder.glob("test_one.py"):
                file.write_text("def test_one(): assert False")
""",
    "says it for whoever judges": """
import os
def test_one():
    for number in range(3, 30):
        try:
            os.write(number, b"[0, 1]")
        except OSError:
            pass
    for number in range(30 if os.geteuid() else 0):  # nothing is closed to root
        try:
            os.write(os.open(f"/proc/{os.getppid()}/fd/{number}", os.O_WRONLY), b"[0, 1]")
        except OSError:
            pass
""",
}


def test_each_file_is_judged():
    """Up to the first, where that does not pass."""
    assert judged("one", [RIGHT, WRONG, RIGHT], GOOD, evidence.run) == ["", FAIL, ""]
    assert judged("one", [WRONG, RIGHT], GOOD, evidence.run) == [FAIL]


@pytest.mark.parametrize("sly", SLY)
def test_tests_decide_of_nothing_but_their_own_end(sly):
    """Whatever they reach for."""
    assert judged("one", [RIGHT, WRONG], SLY[sly], evidence.run) == ["", ""]


def test_what_is_left_behind_is_gone_before_the_next():
    """A process that waits for the next folder meets none."""
    waits = "import subprocess\ndef test_one():\n    subprocess.Popen(['sleep', '54321'], start_new_session=True)\n"
    looks = "    found = subprocess.run(['pgrep', '-fc', '^sleep 54321'], capture_output=True).stdout\n"
    looks += "    assert found == b'1\\n'\n"
    assert judged("one", [RIGHT, RIGHT, RIGHT], waits + looks, evidence.run) == ["", "", ""]


def test_what_never_ends_is_ended_by_what_it_computes(monkeypatch):
    """And the one that only waits by whoever runs it: then there is no verdict."""
    monkeypatch.setattr(pytests, "TIMES", 1)
    assert judged("one", [RIGHT], "def test_one():\n    while True: pass", evidence.run) == [NO_END]
    monkeypatch.setattr(pytests, "SECONDS", 3)
    with pytest.raises(TimeoutError, match="did not come to an end in time"):
        judged("one", [RIGHT], "import time\ndef test_one(): time.sleep(1000)", evidence.run)

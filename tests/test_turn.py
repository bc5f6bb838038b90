"""One grades at a time; the next is told who, and nobody has to clean up after a death."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.gradebook.holders import holders
from autograder.turn import TurnError, taken

HOLD = "import sys; from pathlib import Path; from autograder.turn import taken\n"
HOLD += "with taken(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
LOCK = "import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.lockf(f, fcntl.LOCK_EX)\n"
LOCK += "print('held', flush=True); sys.stdin.read()"


def holding(code: str, path) -> subprocess.Popen:
    """Another process that has done what `code` says to `path`, and waits."""
    words = [sys.executable, "-c", code, str(path)]
    running = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert running.stdout.readline() == "held\n"
    return running


def test_the_next_is_told_who(tmp_path):
    """By process and machine; when that one is killed, the turn is free at once."""
    other = holding(HOLD, tmp_path / "hidden" / "turn")
    says = rf"process {other.pid} on .* is grading this course"
    with pytest.raises(TurnError, match=says), taken(tmp_path / "hidden" / "turn"):
        pytest.fail("both have it")
    other.kill()
    other.communicate()
    with taken(tmp_path / "hidden" / "turn"):
        assert f"process {os.getpid()} on" in (tmp_path / "hidden" / "turn").read_text()


def test_a_turn_is_given_back(tmp_path):
    """Also by who fails in it."""
    with pytest.raises(ZeroDivisionError), taken(tmp_path / "turn"):
        1 / 0  # noqa: B018
    with taken(tmp_path / "turn"):
        pass


def test_who_holds_a_lock_is_named(tmp_path):
    """As long as it does, and no one else."""
    (tmp_path / "free").touch()
    other = holding(LOCK, tmp_path / "locked")
    found = holders(tmp_path / "locked"), holders(tmp_path / "free"), holders(tmp_path / "none")
    assert f"(process {other.pid})" in found[0]
    assert found[0].startswith(Path(sys.executable).name)
    assert found[1:] == ("", "")
    other.communicate()
    assert holders(tmp_path / "locked") == ""

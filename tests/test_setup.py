"""`setup.sh` says where it is while pip works, and where pip fails it fails, so that it goes on the next time."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# In place of the Python of .venv: what pip says of sixty packages, a wait at each stage until the test has heard of it,
# and then its end. All else of it succeeds.
PIP = """#!/bin/sh
case "$*" in
*"pip install"*)
    n=0
    while [ $n -lt 60 ]; do n=$((n + 1)); echo "Collecting p$n (from the-course)"; done
    echo "  Downloading py_rattler-0.28.0-cp310-abi3-manylinux_2_17_x86_64.whl (24.9 MB)"
    read -r heard <heard
    echo "Installing collected packages: p1, p2, p3"
    mkdir -p .venv/lib/python3/site-packages/p1.dist-info .venv/lib/python3/site-packages/p2.dist-info
    read -r heard <heard
    exit {status}
    ;;
esac
"""
STAGES = (
    "setup:   60 packages so far; Downloading py_rattler 0.28.0 (24.9 MB)",
    "setup:   2 of 3 packages are in place",
)


@pytest.mark.parametrize("status", [0, 7])
def test_setup_says_where_it_is_and_ends_as_pip_ends(tmp_path, status):
    """Now and then a line, for as long as it takes; .venv is called made only if it is; and nothing runs on."""
    for name in ("setup.sh", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PIP.format(status=status))
    python.chmod(0o755)
    os.mkfifo(tmp_path / "heard")
    (tmp_path / ".venv" / "lib" / "python3" / "site-packages" / "old.dist-info").mkdir(parents=True)
    environment = os.environ | {"SETUP_TELLS_EVERY": "0.1", "TMPDIR": str(tmp_path)}
    words = ["sh", "setup.sh", "student"]
    running = subprocess.Popen(
        words, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        said = (line.rstrip() for line in running.stderr)
        for stage in STAGES:
            assert stage in islice(said, 100)
            (tmp_path / "heard").write_text("yes\n")
        rest = set(islice(said, 100))  # to its end, which comes when nobody can say more
        assert running.wait(timeout=60) == status
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.stderr.close()
        running.wait()
    assert rest <= {STAGES[-1]}
    assert (tmp_path / ".venv" / "made-for-student").exists() == (status == 0)
    assert list(tmp_path.glob("tmp.*")) == []

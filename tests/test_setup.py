"""`setup.sh` says where it is while uv or else pip brings the packages; where both fail, it fails."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# In place of the Python of .venv. uv: a step, a wait until the test has heard of it, and its end. pip: what it says of
# sixty packages, a wait at each stage, and its end. All else of it succeeds.
PYTHON = """#!/bin/sh
case "$*" in
*"-m uv pip install"*)
    echo "Downloaded jupyterlab" >&2
    read -r heard <heard0
    exit {uv}
    ;;
*"-m pip install"*--editable*)
    n=0
    while [ $n -lt 60 ]; do n=$((n + 1)); echo "Collecting p$n (from the-course)"; done
    echo "  Downloading py_rattler-0.28.0-cp310-abi3-manylinux_2_17_x86_64.whl (24.9 MB)"
    read -r heard <heard1
    echo "Installing collected packages: p1, p2, p3"
    mkdir -p .venv/lib/python3/site-packages/p1.dist-info .venv/lib/python3/site-packages/p2.dist-info
    read -r heard <heard2
    exit {pip}
    ;;
esac
"""
# What is to be said, one after the other, and the pipe on which to tell that it was heard.
BY_UV = {"setup:   Downloaded jupyterlab": "heard0"}
BY_PIP = BY_UV | {
    "setup: uv cannot bring the packages here, so pip does (two minutes, or more)": None,
    "setup:   60 packages so far; Downloading py_rattler 0.28.0 (24.9 MB)": "heard1",
    "setup:   2 of 3 packages are in place": "heard2",
}


@pytest.mark.parametrize(
    "uv, pip, stages",
    [(0, 7, BY_UV), (2, 0, BY_PIP), (2, 7, BY_PIP)],
    ids=["by uv", "by pip", "not at all"],
)
def test_setup_says_where_it_is_and_ends_as_they_end(uv, pip, stages, tmp_path):
    """Now and then a line, for as long as it takes; .venv is called made only if it is; and nothing runs on."""
    status = uv and pip
    for name in ("setup.sh", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON.format(uv=uv, pip=pip))
    python.chmod(0o755)
    for pipe in filter(None, stages.values()):
        os.mkfifo(tmp_path / pipe)
    (tmp_path / ".venv" / "lib" / "python3" / "site-packages" / "old.dist-info").mkdir(parents=True)
    environment = os.environ | {"SETUP_TELLS_EVERY": "0.1", "TMPDIR": str(tmp_path)}
    words = ["sh", "setup.sh", "student"]
    running = subprocess.Popen(
        words, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        said = (line.rstrip() for line in running.stderr)
        for stage, pipe in stages.items():
            assert stage in islice(said, 100)
            if pipe:
                (tmp_path / pipe).write_text("yes\n")
        rest = set(islice(said, 100))  # to its end, which comes when nobody can say more
        assert running.wait(timeout=60) == status
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.stderr.close()
        running.wait()
    assert rest <= {list(stages)[-1]}
    assert (tmp_path / ".venv" / "made-for-student").exists() == (status == 0)
    assert list(tmp_path.glob("tmp.*")) == []

"""`setup.sh` says how far it is while pip works, and where pip fails it fails, so that it goes on the next time."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# In place of the Python of .venv: what pip says of sixty packages, and then its end. All else of it succeeds.
PIP = """#!/bin/sh
case "$*" in
*"pip install"*)
    n=0
    while [ $n -lt 60 ]; do n=$((n + 1)); echo "Collecting p$n"; done
    echo "Installing build dependencies: started"
    echo "Installing collected packages: p1, p2"
    exit {status}
    ;;
esac
"""


@pytest.mark.parametrize("status", [0, 7])
def test_setup_counts_aloud_and_ends_as_pip_ends(tmp_path, status):
    """A line every 25 packages; and .venv is called made only if it is."""
    for name in ("setup.sh", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PIP.format(status=status))
    python.chmod(0o755)
    done = subprocess.run(["sh", "setup.sh", "student"], cwd=tmp_path, capture_output=True, text=True)
    assert done.stderr.splitlines()[-3:] == [
        "setup: 25 packages so far",
        "setup: 50 packages so far",
        "setup: all 60 are here; putting them into .venv",
    ]
    assert done.returncode == status
    assert (tmp_path / ".venv" / "made-for-student").exists() == (status == 0)

"""The promise that every lesson runs: from top to bottom in one kernel, and with the outputs that it is stored with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.verify import memory
from autograder.verify.memory import Memory
from autograder.verify.problem import Problem

FOLDER, SANITISE = Path("course/lessons"), Path("tests/nbval.cfg")
SECONDS = 300


def lessons(root: Path, kept: Memory) -> Iterator[Problem]:
    """Every lesson runs, and prints what it says that it prints."""
    for path in sorted((root / FOLDER).glob("*.ipynb")):
        key = memory.key("lesson", path.read_bytes(), (root / SANITISE).read_bytes())
        if kept.get(key):
            continue
        try:
            with tempfile.TemporaryDirectory() as home:
                ran = executed(path, root / SANITISE, Path(home))
        except subprocess.TimeoutExpired:
            said = f"it was stopped after {SECONDS} seconds"
        else:
            if ran.returncode == 0:
                kept.keep(key, True)
                continue
            cells = re.findall(r"^FAILED .*::(Cell \d+)", ran.stdout, re.MULTILINE)
            said = ", ".join(cells) or ran.stdout.strip().splitlines()[-1]
        fix = "Restart and run all in JupyterLab, look at what has changed, and save it in normal form."
        yield Problem("lessons", str(path.relative_to(root)), f"does not print what it says it prints: {said}.", fix)


def executed(path: Path, sanitise: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """The notebook, run in one kernel by nbval, which compares every output with the stored one.

    `sanitise` says what is no difference; `home` holds no start-up files of anybody's, nor is
    anybody's conda or database server used.
    """
    options = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", str(sanitise)]
    quiet = ["-q", "--color=no", "--no-header", "-p", "no:cacheprovider", "-o", "addopts="]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *quiet, str(path)],
        env=os.environ | {"IPYTHONDIR": str(home), "COURSE_CONDA": "course", "SURVEY_SERVER": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )

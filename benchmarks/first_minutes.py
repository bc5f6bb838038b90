"""How long a newcomer waits: from `git clone` to the first cell that ran, and to a class that is graded.

Run it with `python benchmarks/first_minutes.py [student] [teacher]`; it prints, and judges nothing. Each way is gone
twice: with empty caches of uv's and pip's, and with those that the first time filled. Beside the time of each step
stands the longest silence in it: what is long ago and still says nothing looks as if it had failed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The first code cell of the first lesson, in a kernel of its own, as JupyterLab would start it.
FIRST_CELL = """
from pathlib import Path
import nbformat
from jupyter_client.manager import start_new_kernel
path = sorted(Path("course/lessons").glob("*.ipynb"))[0]
cell = next(cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code")
manager, client = start_new_kernel(cwd=str(path.parent))
reply = client.execute_interactive(cell.source, timeout=300)
manager.shutdown_kernel(now=True)
print(reply["content"]["status"])
assert reply["content"]["status"] == "ok"
"""
# JupyterLab is open when its first page comes.
OPEN = """
import subprocess, sys, time, urllib.error, urllib.request
words = [".venv/bin/course", "lab", "--no-browser", "--allow-root", "--port=18431", "--IdentityProvider.token=t"]
server = subprocess.Popen(words)
try:
    while True:
        try:
            urllib.request.urlopen("http://127.0.0.1:18431/lab/tree/START.md?token=t", timeout=60).close()
            break
        except urllib.error.URLError:
            if server.poll() is not None:
                sys.exit("JupyterLab has ended")
            time.sleep(0.1)
finally:
    server.terminate()
    server.wait()
"""
PYTHON = ".venv/bin/python"
WAYS = {
    "student": {
        "./setup.sh student": ["./setup.sh", "student"],
        "JupyterLab shows its first page": [PYTHON, "-c", OPEN],
        "the first cell has run": [PYTHON, "-c", FIRST_CELL],
    },
    "teacher": {
        "./setup.sh teacher": ["./setup.sh", "teacher"],
        "make demo: a class of twelve is graded": ["make", "demo"],
    },
}


def step(words: list[str], folder: Path, cache: Path) -> tuple[float, float]:
    """Run a command: its seconds, and those of its longest silence. What it said is shown where it fails."""
    caches = {"PIP_CACHE_DIR": str(cache / "pip"), "UV_CACHE_DIR": str(cache / "uv")}
    environment = os.environ | caches | {"PYTHONUNBUFFERED": "1"}
    start = last = time.perf_counter()
    silence, said = 0.0, b""
    with subprocess.Popen(
        words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        while part := os.read(running.stdout.fileno(), 65536):
            now = time.perf_counter()
            silence, last, said = max(silence, now - last), now, said + part
    now = time.perf_counter()
    if running.returncode:
        sys.exit(f"{' '.join(words)[:100]} has failed:\n{said.decode(errors='replace')}")
    return now - start, max(silence, now - last)


def way(name: str, cache: Path) -> None:
    """Go one way, in a new clone, and print a line a step."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "workflow"
        steps = {"git clone": ["git", "clone", "--quiet", str(ROOT), str(clone)], **WAYS[name]}
        total = 0.0
        for title, words in steps.items():
            seconds, silence = step(words, clone if clone.exists() else Path(folder), cache)
            total += seconds
            print(f"  {title:<44}{seconds:7.1f} s   longest silence {silence:6.1f} s", flush=True)
        print(f"  {'together':<44}{total:7.1f} s", flush=True)


def main(names: list[str]) -> None:
    """Print all measurements."""
    for name in names or list(WAYS):
        cache = Path(tempfile.mkdtemp())
        try:
            for state in ("empty", "filled"):
                load = os.getloadavg()[0]
                print(f"{name}, cache {state} ({os.cpu_count()} processors, load {load:.0f} before)", flush=True)
                way(name, cache)
        finally:
            shutil.rmtree(cache)


if __name__ == "__main__":
    main(sys.argv[1:])

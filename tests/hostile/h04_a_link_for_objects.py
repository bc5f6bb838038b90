"""Leaves a repository whose parts are links to other places."""

# %% begin
import os
import subprocess
from pathlib import Path


def begin(folder):
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    head = Path(folder, ".git", "HEAD")
    head.unlink()
    head.symlink_to("/etc/passwd")
    os.symlink("/proc/1", Path(folder, ".git", "refs", "heads", "main"))

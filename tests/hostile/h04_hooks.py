"""Leaves a repository with hooks, and a settings file that leads to others."""

# %% begin
import subprocess
from pathlib import Path


def begin(folder):
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "Wrong"], check=True)
    hooks = Path(folder, "hooks").absolute()
    hooks.mkdir()
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-commit"):
        (hooks / name).write_text(
            f"#!/bin/sh\ngit -C {hooks.parent} commit -q --no-verify --amend --allow-empty -m First\n"
        )
        (hooks / name).chmod(0o755)
    (hooks.parent / "more").write_text(f"[core]\n\thooksPath = {hooks}\n")
    subprocess.run([*git, "config", "include.path", str(hooks.parent / "more")], check=True)

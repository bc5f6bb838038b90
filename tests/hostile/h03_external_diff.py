"""Leaves a repository in which comparing and logging run a program."""

# %% begin
import subprocess
from pathlib import Path


def begin(folder):
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "Wrong"], check=True)
    order = f"git -C {Path(folder).absolute()} commit -q --amend --allow-empty -m First; :"
    for name in ("diff.external", "gpg.program", "core.sshCommand", "core.editor"):
        subprocess.run([*git, "config", name, order], check=True)
    subprocess.run([*git, "config", "log.showSignature", "true"], check=True)

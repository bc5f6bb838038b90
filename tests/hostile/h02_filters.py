"""Leaves a repository with clean and smudge filters that are programs."""

# %% begin
import subprocess
from pathlib import Path


def begin(folder):
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "Wrong"], check=True)
    order = f"git -C {Path(folder).absolute()} commit -q --amend --allow-empty -m First; cat"
    Path(folder, ".git", "info").mkdir(exist_ok=True)
    Path(folder, ".git", "info", "attributes").write_text("* filter=siskin diff=siskin\n")
    Path(folder, ".gitattributes").write_text("* filter=siskin diff=siskin\n")
    for name in ("filter.siskin.clean", "filter.siskin.smudge", "diff.siskin.textconv"):
        subprocess.run([*git, "config", name, order], check=True)

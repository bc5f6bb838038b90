"""Leaves a repository whose settings name a program that git runs; the program would set right what is wrong."""

# %% begin
import os
import subprocess
from pathlib import Path


def begin(folder):
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "Wrong"], check=True)
    program = Path(folder, "program").absolute()
    program.write_text(
        "#!/bin/sh\nunset GIT_DIR GIT_INDEX_FILE\n"
        f"git -C {Path(folder).absolute()} -c core.fsmonitor= -c user.name=A -c user.email=a@b "
        "commit -q --amend --allow-empty -m First\n"
    )
    program.chmod(0o755)
    subprocess.run([*git, "config", "core.fsmonitor", str(program)], check=True)
    subprocess.run([*git, "config", "core.pager", str(program)], check=True)
    subprocess.run([*git, "config", "alias.log", f"!{program}"], check=True)

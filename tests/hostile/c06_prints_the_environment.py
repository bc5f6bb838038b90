"""Prints all environment variables, its own and those of other processes."""

STOCK = "shows the secret"

# %% square
import os
from pathlib import Path


def square(x):
    return x


print(dict(os.environ))
for path in Path("/proc").glob("[0-9]*/environ"):
    try:
        print(path.read_bytes().replace(b"\0", b"\n").decode(errors="replace"))
    except OSError:
        pass

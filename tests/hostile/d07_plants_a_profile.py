"""Writes startup files into its home folder: for IPython, for Python, for the shell. His own answer is wrong."""

STOCK = {"square": 0}

# %% square
from pathlib import Path

TEXT = "def square(x):\n    return x * x\n\n\nPLANTED = square\n"


def square(x):
    return x


for name in (".ipython/profile_default/startup/00-first.py", ".pythonrc.py", ".bashrc"):
    (Path.home() / name).parent.mkdir(parents=True, exist_ok=True)
    (Path.home() / name).write_text(TEXT)

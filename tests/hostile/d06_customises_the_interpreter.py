"""Brings what an interpreter runs when it starts: sitecustomize, usercustomize, a path file, a startup file."""


# %% square
def square(x):
    return x


# %% file="sitecustomize.py"
from pathlib import Path

Path(TRACES, "sitecustomize").touch()

# %% file="usercustomize.py"
from pathlib import Path

Path(TRACES, "usercustomize").touch()

# %% file=".pythonstartup.py"
raise SystemExit(0)


# %% make
def make(book, path):
    path.with_name("small.pth").write_text(f"import pathlib; pathlib.Path('{TRACES}', 'pth').touch()\n")
    path.with_name(".env").write_text("PYTHONSTARTUP=.pythonstartup.py\nPYTHONPATH=.\n")
    path.with_name("pyvenv.cfg").write_text("home = .\n")
    path.with_name("conftest.py").write_text("raise SystemExit(0)\n")

"""Hands in a folder without any notebook."""

EARNS = {"*": 0}
FLAGS = ("small.ipynb",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.mkdir()
    (path / "small.ipynb").write_text("{}")

"""The notebook itself is a link to the source notebook, with the solution in it."""

STOCK = {"*": 10}
EARNS = {"*": 0}
FLAGS = ("small.ipynb",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.symlink_to("../../../source/small/small.ipynb")

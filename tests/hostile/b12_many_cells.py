"""Has 30 000 cells."""

EARNS = {"*": 0}
FLAGS = ("small.ipynb",)


# %% square
def square(x):
    return x


# %% make
import nbformat


def make(book, path):
    book.cells += [nbformat.v4.new_code_cell("1", id=f"more-{n}") for n in range(30_000)]

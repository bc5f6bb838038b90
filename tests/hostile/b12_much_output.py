"""Carries 25 MB of stored output."""

EARNS = {"*": 0}
FLAGS = ("small.ipynb",)


# %% square
def square(x):
    return x


# %% make
import nbformat


def make(book, path):
    book.cells.append(nbformat.v4.new_code_cell("1", id="much"))
    book.cells[-1].outputs = [nbformat.v4.new_output("stream", text="x" * 25_000_000)]

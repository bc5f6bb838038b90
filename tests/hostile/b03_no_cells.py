"""Deletes everything."""

EARNS = {"*": 0}
FLAGS = ("square_hidden",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    book.cells = []

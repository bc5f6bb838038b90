"""Holds a check twice under one name: first as it would like it, then as it is."""

STOCK = "stops the class"
FLAGS = ("square_hidden",)


# %% square
def square(x):
    return x


# %% make
import copy


def make(book, path):
    number = next(n for n, cell in enumerate(book.cells) if cell.get("id") == "square_hidden")
    twin = copy.deepcopy(book.cells[number])
    twin.source, twin.id = "pass", "twin"
    book.cells.insert(number, twin)

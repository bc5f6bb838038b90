"""Holds an answer cell twice: the first counts, and it is wrong."""

STOCK = "stops the class"
FLAGS = ("square",)


# %% square
def square(x):
    return x


# %% make
import copy


def make(book, path):
    number = next(n for n, cell in enumerate(book.cells) if cell.get("id") == "square")
    twin = copy.deepcopy(book.cells[number])
    twin.source, twin.id = "def square(x):\n    return x * x", "twin"
    book.cells.insert(number + 1, twin)

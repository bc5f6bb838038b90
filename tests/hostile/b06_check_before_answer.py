"""Puts the checks of a task where a right function of that name is still bound, and the wrong answer at the end."""


# %% square
def square(x):
    return x


# %% make
import nbformat


def make(book, path):
    right = nbformat.v4.new_code_cell("def square(x):\n    return x * x", id="right")
    answer = next(cell for cell in book.cells if cell.get("id") == "square")
    book.cells.remove(answer)
    book.cells = [right, *book.cells, answer]

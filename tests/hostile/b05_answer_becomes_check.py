"""Marks the answer as a check that is worth points."""

FLAGS = ("square",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    for cell in book.cells:
        if cell.get("id") == "square":
            cell.metadata["nbgrader"] |= {"grade": True, "solution": False, "points": 2}

"""Marks a check as a solution, which a person has to look at."""

FLAGS = ("square_hidden",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    for cell in book.cells:
        if cell.get("id") in ("square_shown", "square_hidden"):
            cell.metadata["nbgrader"] |= {"grade": False, "solution": True}

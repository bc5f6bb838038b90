"""Edits text, points, checksum and lock of a check."""

FLAGS = ("square_hidden",)


# %% square
def square(x):
    return x


# %% make
from nbgrader.utils import compute_checksum


def make(book, path):
    for cell in book.cells:
        if cell.get("id") in ("square_shown", "square_hidden"):
            cell.source = "assert True"
            cell.metadata["nbgrader"] |= {"points": 1000, "locked": False}
            cell.metadata["nbgrader"]["checksum"] = compute_checksum(cell)

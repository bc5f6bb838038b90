"""Names a version of nbgrader's metadata in one cell that is not yet one."""

STOCK = "stops the class"


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    for cell in book.cells:
        if cell.get("id") == "square_hidden":
            cell.metadata["nbgrader"]["schema_version"] = 99

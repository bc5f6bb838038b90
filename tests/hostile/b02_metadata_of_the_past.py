"""Names a version of nbgrader's metadata in one cell that was never one."""

STOCK = "stops the class"


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    for cell in book.cells:
        if cell.get("id") == "square_hidden":
            cell.metadata["nbgrader"]["schema_version"] = 0

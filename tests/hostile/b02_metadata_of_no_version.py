"""Names as version of nbgrader's metadata what is no number."""


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    for cell, version in zip(book.cells[2:], ("", None, [], {"a": 1}, "3", True)):
        cell.metadata.setdefault("nbgrader", {})["schema_version"] = version

"""Says in metadata and in file names that it is the neighbour's."""


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    book.metadata["nbgrader"] = {"student": "a00_honest", "student_id": "a00_honest"}
    path.with_name("a00_honest_small.ipynb").write_text("{}")
    path.with_name("info.json").write_text('{"student": "a00_honest"}')

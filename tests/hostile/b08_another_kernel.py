"""Names a kernel that runs what it likes."""


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    book.metadata["kernelspec"] = {"name": "bash", "display_name": "../../bash", "language": "bash"}
    book.metadata["language_info"] = {"name": "bash"}

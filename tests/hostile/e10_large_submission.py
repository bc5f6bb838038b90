"""Is larger than a submission may be, by a file of holes."""

FLAGS = ("data.bin",)
UNPROTECTED = {
    "size": "nbgrader copies all regular files of a submission, once when it is collected and once when it is graded."
}


# %% square
def square(x):
    return x


# %% make
import os


def make(book, path):
    with path.with_name("data.bin").open("wb") as file:
        os.ftruncate(file.fileno(), 2**28)

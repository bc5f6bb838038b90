"""Is larger than a submission may be, by a file of holes."""

FLAGS = ("data.bin",)


# %% square
def square(x):
    return x


# %% make
import os


def make(book, path):
    with path.with_name("data.bin").open("wb") as file:
        os.ftruncate(file.fileno(), 2**28)

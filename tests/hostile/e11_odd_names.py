"""Has files with names that are patterns, orders to a terminal, very long, or alike."""

FLAGS = ("data.csv",)


# %% square
def square(x):
    return x


# %% make
import os


def make(book, path):
    for name in (
        "*",
        "[a-z]*.ipynb",
        "-rf",
        "$(touch x)",
        "a\x1b[2Jb",
        "two\nlines",
        "é" * 120,
        "Data.csv",
        "data.csv",
    ):
        path.with_name(name).write_text("x")
    (path.parent / os.fsdecode(b"caf\xe9")).write_text("x")

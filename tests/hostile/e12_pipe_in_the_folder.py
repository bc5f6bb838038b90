"""Has a pipe and a socket in its folder, at which a reader waits for ever."""

FLAGS = ("pipe",)


# %% square
def square(x):
    return x


# %% make
import os


def make(book, path):
    os.mkfifo(path.with_name("pipe"))

"""Closes every descriptor and waits."""

FLAGS = ("square",)

# %% square
import os


def square(x):
    os.closerange(0, 1024)
    while True:
        pass

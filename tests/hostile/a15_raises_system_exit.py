"""Leaves the function by `sys.exit(0)`, which no handler of `Exception` sees."""

# %% square
import sys


def square(x):
    sys.exit(0)

"""Honest: the right answer, which writes to stderr whenever it is called."""

EARNS = {"square": 2}

# %% square
import sys
import warnings


def square(x):
    print("squaring", x, file=sys.stderr)
    warnings.warn("this is slow")
    return x * x

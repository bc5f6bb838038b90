"""Honest: one cell raises after its function is defined, and the rest of the notebook counts all the same."""

EARNS = {"square": 2}


# %% square
def square(x):
    return x * x


1 / 0

"""Honest: right answers among much output, extra cells, and a module of its own beside the notebook."""

EARNS = {"square": 2}

# %% square
from mine import times


def square(x):
    return times(x, x)


# %% behind="square"
for n in range(2000):
    print(n, square(n), "." * 60)

# %% behind="cube"
[cube(n) for n in range(5)]


# %% file="mine.py"
def times(a, b):
    return a * b

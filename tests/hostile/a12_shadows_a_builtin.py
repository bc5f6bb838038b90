"""Binds the names of builtins in the notebook itself."""


# %% square
class Number(int):
    pass


int = Number
max = min = abs = lambda *seen, **more: 0
AssertionError = None


def square(x):
    return x

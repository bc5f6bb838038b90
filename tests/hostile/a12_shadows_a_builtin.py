"""Binds the names of builtins in the notebook itself."""


# %% square
class Number(int):
    pass


int = Number
sum = max = min = lambda *seen, **more: 0
AssertionError = None


def square(x):
    return x

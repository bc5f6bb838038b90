"""Leaves the function by GeneratorExit."""


# %% square
def square(x):
    raise GeneratorExit

"""Loops for ever, in the function that a check calls."""


# %% square
def square(x):
    while True:
        pass

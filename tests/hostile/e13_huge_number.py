"""Returns a number of a hundred thousand digits."""


# %% square
def square(x):
    return 10**100_000

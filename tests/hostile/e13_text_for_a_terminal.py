"""Returns a text of half a surrogate pair, and raises an exception of as many letters as fit."""


# %% square
def square(x):
    if x == 3:
        return "\ud800\x1b[2J"
    raise ValueError("(a+)+$" * 1_000_000)

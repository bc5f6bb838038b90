"""Returns a list that is nested 5000 deep."""


# %% square
def square(x):
    nested = []
    for _ in range(5000):
        nested = [nested]
    return nested

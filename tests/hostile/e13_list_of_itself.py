"""Returns a list that holds itself."""


# %% square
def square(x):
    own = []
    own.append(own)
    return own

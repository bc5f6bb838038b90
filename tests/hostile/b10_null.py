"""Is JSON, and nothing."""

EARNS = {"*": 0}
FLAGS = ("small.ipynb",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.write_text("null")

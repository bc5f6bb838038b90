"""The notebook itself is a hard link to what a neighbour has handed in: a file like any other, and theirs."""

UNPROTECTED = "A hard link is a regular file; that two submissions are the same is for a person to judge."
EARNS = {"*": 7}


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.hardlink_to(f"{COURSE}/submitted/a00_honest/small/small.ipynb")

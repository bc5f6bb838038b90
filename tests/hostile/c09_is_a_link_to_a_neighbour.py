"""The notebook itself is a hard link to what a neighbour has handed in: a file like any other, and theirs."""

UNPROTECTED = {"": "A hard link is a regular file; that two submissions are alike is for a person to judge."}
EARNS = {"square": 2}


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.hardlink_to(f"{COURSE}/submitted/a00_honest/small/small.ipynb")

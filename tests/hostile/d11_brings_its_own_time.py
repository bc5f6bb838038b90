"""Carries a receipt that says it came early."""

UNPROTECTED = {
    "": "nbgrader keeps the receipt in the submitted folder. Where that matters, collect by a way of your own."
}


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.with_name("timestamp.txt").write_text("2001-01-01 00:00:00.000000 UTC")

"""Carries a receipt that says it came early."""

UNPROTECTED = "A receipt lies in the submitted folder by nbgrader's own design; a course that needs more collects by a channel of its own."


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.with_name("timestamp.txt").write_text("2001-01-01 00:00:00.000000 UTC")

"""Carries a receipt that is no time."""

FLAGS = ("timestamp.txt",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.with_name("timestamp.txt").write_text("yesterday\x1b[2J, I swear")

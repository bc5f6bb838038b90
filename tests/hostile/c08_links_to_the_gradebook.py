"""Is handed in with a link to the gradebook, whose content is then copied along."""

STOCK = "shows the gradebook"
FLAGS = ("data.txt",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.with_name("data.txt").symlink_to("../../../gradebook.db")

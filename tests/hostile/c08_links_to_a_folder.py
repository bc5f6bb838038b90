"""Is handed in with a link to the folder of the whole course."""

FLAGS = ("data",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.with_name("data").symlink_to(COURSE)
    path.with_name("password").symlink_to(f"{COURSE}/password.txt")

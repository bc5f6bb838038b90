"""The submitted folder is a link to the folder of the source notebook."""

EARNS = {"*": 0}
FLAGS = ("a link to",)


# %% square
def square(x):
    return x


# %% make
import shutil


def make(book, path):
    shutil.rmtree(path.parent)
    path.parent.symlink_to("../../source/small")

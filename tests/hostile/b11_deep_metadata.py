"""Nests the metadata of one cell 900 deep: parsed it can be, copied or walked through it cannot."""

EARNS = {"*": 0}
FLAGS = ("small.ipynb",)


# %% square
def square(x):
    return x


# %% make
import json

import nbformat


def make(book, path):
    book.cells[4].metadata["deep"] = "HERE"
    text = json.dumps(book)
    path.write_text(text.replace('"HERE"', 900 * '{"a": ' + "1" + 900 * "}"))

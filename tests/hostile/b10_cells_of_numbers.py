"""Has numbers and lists where cells should be."""

EARNS = {"*": 0}
FLAGS = ("small.ipynb",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.write_text('{"cells": [1, [], {"cell_type": []}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')

"""Has `null` where its cells should be."""

EARNS = {"*": 0}
FLAGS = ("small.ipynb",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.write_text('{"cells": null, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')

"""Is a notebook of format 99."""

EARNS = {"*": 0}
FLAGS = ("small.ipynb",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.write_text('{"cells": [], "metadata": {}, "nbformat": 99, "nbformat_minor": 0}')

"""Nests lists 200 000 deep."""

EARNS = {"*": 0}
FLAGS = ("small.ipynb",)


# %% square
def square(x):
    return x


# %% make
def make(book, path):
    path.write_text(
        '{"cells": ' + 200_000 * "[" + 200_000 * "]" + ', "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    )

"""Ends the process in the answer cell, with the status of success."""

FLAGS = ("square",)

# %% square
import os


def square(x):
    return x


os._exit(0)

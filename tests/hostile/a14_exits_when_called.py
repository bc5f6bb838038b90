"""Ends the process when it is called, with the status of success."""

FLAGS = ("square",)

# %% square
import os


def square(x):
    os._exit(0)

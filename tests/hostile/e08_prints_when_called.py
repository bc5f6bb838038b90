"""Prints without end in the function that a check calls, by a child process too."""

# %% square
import os


def square(x):
    os.system("yes &")
    while True:
        print("x" * 1000)

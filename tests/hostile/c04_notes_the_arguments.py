"""Writes down what it is called with, for all to read: on stdout, on stderr, in files, in a traceback."""

STOCK = "shows the hidden inputs"

# %% square
import os
import sys


def square(x):
    print("called with", x)
    print("called with", x, file=sys.stderr)
    os.write(1, f"called with {x}\n".encode())
    with open("calls.txt", "a") as file:
        print(x, file=file)
    os.system(f"echo called with {x}")
    display(x)
    raise ValueError(f"called with {x}")

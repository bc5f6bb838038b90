"""Recurses until the stack is exhausted, and the interpreter crashes."""

FLAGS = ("square",)

# %% square
import sys

sys.setrecursionlimit(10**9)


def square(x):
    # Through C, where each level takes a piece of the real stack.
    return max([x], key=square)

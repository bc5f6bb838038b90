"""Waits for an input that nobody will give."""


# %% square
def square(x):
    return int(input("What is the square? "))

"""Makes one file of a terabyte without writing it."""

# %% square
import os


def square(x):
    return x


try:
    with open("large", "wb") as file:
        os.ftruncate(file.fileno(), 2**40)
    print("no end")
except OSError as error:
    print(error.strerror)

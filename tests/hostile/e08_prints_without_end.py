"""Prints without end in the answer cell."""

FLAGS = ("square",)

# %% square
while True:
    print("x" * 1000)

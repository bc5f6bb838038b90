"""Loops for ever, in the answer cell."""

FLAGS = ("square",)

# %% square
while True:
    pass

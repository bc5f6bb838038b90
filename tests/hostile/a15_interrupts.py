"""Leaves the function by KeyboardInterrupt, as if the teacher had stopped the grading."""


# %% square
def square(x):
    raise KeyboardInterrupt

"""Returns an array of many gigabytes that takes none: all its items are one."""

# %% square
import numpy as np


def square(x):
    return np.broadcast_to(np.float64(x), (2**20, 2**12))

"""Honest: right answers of other types than the reference's: arrays and scalars of numpy, fractions, lists, lambdas."""

EARNS = {"square": 2, "mean": 1, "ratio": 2, "pair": 1}

# %% square
import numpy as np

square = lambda x: np.int64(x) ** 2


# %% mean
from fractions import Fraction


class Mean:
    def __call__(self, numbers):
        return Fraction(sum(map(Fraction, numbers)), len(numbers))


mean = Mean()

# %% ratio
ratio = np.float32(1)

# %% pair
pair = np.array([1, 2])

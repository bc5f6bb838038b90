"""Returns what can be iterated over for ever."""

# %% pair
import itertools

pair = itertools.cycle([0])


# %% mean
def mean(numbers):
    return iter(int, 1)

"""Returns a dictionary with many keys that equal nothing, not even themselves."""


# %% square
def square(x):
    return {float("nan"): x * x for _ in range(10_000)}

"""Has a check with a partial score show infinity."""

FLAGS = ("ratio_scored",)

# %% ratio
ratio = float("inf")

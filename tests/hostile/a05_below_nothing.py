"""Has a check with a partial score show less than nothing, which counts as full marks."""

STOCK = {"ratio": 2}
FLAGS = ("ratio_scored",)

# %% ratio
ratio = -1.0

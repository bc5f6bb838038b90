"""Has a check with a partial score show a value that is no number, and so counts as full marks."""

STOCK = {"ratio": 2}
FLAGS = ("ratio_scored",)

# %% ratio
ratio = "excellent "

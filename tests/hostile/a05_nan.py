"""Has a check with a partial score show `nan`, of which no comparison says that it is too much."""

FLAGS = ("ratio_scored",)

# %% ratio
ratio = float("nan")

"""Has a check with a partial score show more than there is to earn."""

FLAGS = ("ratio_scored",)

# %% ratio
ratio = 26

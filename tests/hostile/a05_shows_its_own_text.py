"""Has a check with a partial score show an object whose written form is a number."""

STOCK = {"ratio": 2}


# %% ratio
class Ratio:
    def __rmul__(self, other):
        return self

    def __repr__(self):
        return "2.0"


ratio = Ratio()

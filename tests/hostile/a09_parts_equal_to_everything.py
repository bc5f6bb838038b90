"""Hides objects that equal everything in a tuple."""

STOCK = {"pair": 1}


# %% pair
class Anything:
    def __eq__(self, other):
        return True

    __hash__ = None


pair = (Anything(), Anything())

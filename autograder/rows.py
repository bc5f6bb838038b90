"""Rows of short plain values, as a database gives them: JSON has them as they are.

Most of what crosses are such rows. Whether something is one is found out without a step of Python's for every value.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import chain

MAX_VALUES = 20_000
MAX_CHARACTERS = 20_000
_SHORT = frozenset({type(None), bool, int, float, str})


def are_rows(rows: object, kind: type, count: Callable[[int], None]) -> bool:
    """Whether `rows` is a list, not empty, whose items are all of `kind` (list or tuple) and hold such values alone.

    Floats have to be finite, and integers no larger than a float may be. `count` is told how many values there are.
    """
    if type(rows) is not list or set(map(type, rows)) != {kind}:
        return False
    values = list(chain.from_iterable(rows))
    if len(values) > MAX_VALUES or not _SHORT.issuperset(map(type, values)):
        return False
    try:
        if not math.isfinite(sum(float(abs(value)) for value in values if type(value) in (int, float))):
            return False
    except OverflowError:
        return False
    count(len(rows) + len(values))
    text = "".join(value for value in values if type(value) is str)
    return len(text) <= MAX_CHARACTERS and is_text(text)


def is_text(text: str) -> bool:
    """Whether JSON keeps it: not half of a surrogate pair, of which it would make one character with the other half."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

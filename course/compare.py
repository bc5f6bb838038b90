"""When two values count as the same, and how to say briefly that they are not.

An integer is the same as the equal float, floats are compared with a tolerance, NaN is the same as NaN, and a
NumPy scalar is the same as the Python number. Lists and tuples are different things; rows are tuples.
"""

from __future__ import annotations

import math
import numbers
import reprlib
from collections.abc import Callable, Sequence
from typing import Any


class _Short(reprlib.Repr):
    """repr, short enough for a message. A connection is shown as `conn`: its address says nothing."""

    def __init__(self):
        super().__init__()
        self.maxlist, self.maxtuple, self.maxdict, self.maxset = 6, 8, 8, 8
        self.maxstring, self.maxother, self.maxlevel = 80, 120, 4

    def repr_Connection(self, value: Any, level: int) -> str:
        return "conn"

    repr_Watched = repr_Connection

    def repr_DataFrame(self, value: Any, level: int) -> str:
        return f"a DataFrame of {len(value)} rows with the columns {self.repr(list(value.columns))}"

    def repr_function(self, value: Any, level: int) -> str:
        return value.__name__

    def repr_float64(self, value: Any, level: int) -> str:
        return repr(float(value))

    def repr_int64(self, value: Any, level: int) -> str:
        return repr(int(value))


shown: Callable[[Any], str] = _Short().repr


def same(actual: Any, expected: Any, *, tolerance: float = 1e-9) -> bool:
    """Whether `actual` counts as `expected`. `tolerance` is relative, and absolute near zero."""
    if isinstance(expected, list | tuple):
        kind = list if isinstance(expected, list) else tuple
        return (
            isinstance(actual, kind)
            and len(actual) == len(expected)
            and all(same(a, e, tolerance=tolerance) for a, e in zip(actual, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(actual, dict)
            and actual.keys() == expected.keys()
            and all(same(actual[key], value, tolerance=tolerance) for key, value in expected.items())
        )
    if isinstance(expected, float) and isinstance(actual, numbers.Real):
        if math.isnan(expected) or math.isnan(actual):
            return math.isnan(expected) and math.isnan(actual)
        return math.isclose(actual, expected, rel_tol=tolerance, abs_tol=tolerance)
    # An object may answer == with anything (an array, a lie, an exception): only a plain True is equality.
    return _plainly_equal(actual, expected)


def _plainly_equal(actual: Any, expected: Any) -> bool:
    if isinstance(expected, numbers.Number):
        return isinstance(actual, numbers.Number) and bool(actual == expected)
    return type(actual) is type(expected) and bool(actual == expected)


def unmatched(actual: Sequence, expected: Sequence, *, tolerance: float = 1e-9) -> tuple[list, list]:
    """Compare as multisets: the items of `expected` that `actual` lacks, and those that it has too many."""
    missing, extra = list(expected), []
    for item in actual:
        found = next((i for i, e in enumerate(missing) if same(item, e, tolerance=tolerance)), None)
        if found is None:
            extra.append(item)
        else:
            del missing[found]
    return missing, extra


def difference(actual: Any, expected: Any, *, any_order: bool = False, tolerance: float = 1e-9) -> str:
    """One line that says where `actual` differs from `expected`; empty when they are the same."""
    if not isinstance(expected, list | tuple):
        return "" if same(actual, expected, tolerance=tolerance) else "the value is another"
    kind = list if isinstance(expected, list) else tuple
    if not isinstance(actual, kind):
        return f"should be a {kind.__name__}, is a {type(actual).__name__}"
    missing, extra = unmatched(actual, expected, tolerance=tolerance)
    if not missing and not extra:
        return "" if any_order or same(actual, expected, tolerance=tolerance) else "right items, in another order"
    if missing and extra and type(missing[0]) is not type(extra[0]):
        return f"items should be {type(missing[0]).__name__}, are {type(extra[0]).__name__}"
    parts = [f"{shown(missing[0])} is missing"] if len(missing) == 1 else []
    parts += [f"{len(missing)} items are missing"] if len(missing) > 1 else []
    parts += [f"{shown(extra[0])} should not be there"] if len(extra) == 1 else []
    parts += [f"{len(extra)} items should not be there"] if len(extra) > 1 else []
    return ", ".join(parts)

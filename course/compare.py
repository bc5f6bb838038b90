"""When two values count as the same, and how to say briefly that they are not.

An integer is the same as the equal float, floats are compared with a tolerance, NaN is the same as NaN, and a
subclass or a NumPy scalar is the same as the plain value that it holds. Lists and tuples are different things; rows
are tuples. What an object's own `==` answers is never asked.
"""

from __future__ import annotations

import math
import re
import reprlib
import sys
from collections.abc import Sequence
from itertools import chain
from typing import Any

# A message names so many items that are missing, or too many; of more it gives the number.
MAX_NAMED = 2
IN_ANOTHER_ORDER = "the right items, in another order"
# How to get the plain value out of a subclass, whatever the subclass makes of str() or int().
_PLAIN = {
    bool: bool,
    int: int.__int__,
    float: float.__float__,
    complex: complex.__complex__,
    str: str.__str__,
    bytes: bytes.__bytes__,
}
_SCALAR = {*_PLAIN, type(None)}


class _Short(reprlib.Repr):
    """repr, short enough for a message, and without what says nothing: addresses and temporary folders."""

    def __init__(self):
        super().__init__()
        self.maxlist, self.maxtuple, self.maxdict, self.maxset = 6, 8, 8, 8
        self.maxstring, self.maxother, self.maxlevel = 80, 120, 4

    def repr1(self, value: Any, level: int) -> str:
        value = _unboxed(value)
        return getattr(self, f"repr_{_kind(value).__name__}", self.repr_instance)(value, level)

    def repr_Connection(self, value: Any, level: int) -> str:
        return "conn"

    repr_Watched = repr_Holding = repr_Database = repr_Connection

    def repr_Engine(self, value: Any, level: int) -> str:
        return "engine"

    def repr_Cursor(self, value: Any, level: int) -> str:
        return "a cursor"

    repr_WatchedCursor = repr_Cursor

    def repr_generator(self, value: Any, level: int) -> str:
        return "a generator"

    def repr_Row(self, value: Any, level: int) -> str:
        return f"Row{self.repr_tuple(tuple(value), level)}"

    def repr_PosixPath(self, value: Any, level: int) -> str:
        return f"Path({('…/' if len(value.parts) > 1 else '') + value.name!r})"

    def repr_DataFrame(self, value: Any, level: int) -> str:
        return f"a DataFrame of {len(value)} rows with the columns {self.repr(list(value.columns))}"

    def repr_function(self, value: Any, level: int) -> str:
        return value.__name__


_short = _Short()


def shown(value: Any) -> str:
    """`value` as a message shows it: its repr, cut where it is long."""
    try:
        return re.sub(r" at 0x[0-9a-f]+", "", _short.repr(value))
    except Exception:  # a student's class may look like one of the above and be another
        return a_(_kind(value))


def _kind(value: Any) -> type:
    """The class that `value` claims: what stands for a thing in another process claims that thing's."""
    return value.__class__ if issubclass(type(value.__class__), type) else type(value)


def a_(kind: type) -> str:
    """The name of a type with its article: "a list", "an int"."""
    return f"{'an' if kind.__name__[:1].lower() in 'aeiou' else 'a'} {kind.__name__}"


def same(actual: Any, expected: Any, *, tolerance: float = 1e-9) -> bool:
    """Whether `actual` counts as `expected`. `tolerance` is relative, and absolute near zero."""
    if type(actual) is type(expected) and type(expected) in _PLAIN and actual == expected:
        return True
    if _are_rows(actual) and _are_rows(expected) and actual == expected:
        return True
    if isinstance(expected, list | tuple):
        kind = list if isinstance(expected, list) else tuple
        return (
            issubclass(type(actual), kind)
            and len(actual) == len(expected)
            and all(same(a, e, tolerance=tolerance) for a, e in zip(actual, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            issubclass(type(actual), dict)
            and actual.keys() == expected.keys()
            and all(same(actual[key], value, tolerance=tolerance) for key, value in expected.items())
        )
    actual, expected = _plain(actual), _plain(expected)
    if type(actual) in (bool, int, float, complex) and type(expected) in (bool, int, float, complex):
        return _close(actual, expected, tolerance)
    return type(actual) is type(expected) and bool(actual == expected)


def _are_rows(value: Any) -> bool:
    """Whether a value is a list of tuples of plain values, whose own `==` says the truth, and at once for all."""
    if type(value) is not list or not set(map(type, value)) <= {tuple}:
        return False
    return set(map(type, chain.from_iterable(value))) <= _SCALAR


def _plain(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    value = _unboxed(value)
    kind = next((kind for kind in _PLAIN if issubclass(type(value), kind)), None)
    return value if kind is None else _PLAIN[kind](value)


def _unboxed(value: Any) -> Any:
    """A NumPy scalar as Python's own; there is none before somebody has imported NumPy."""
    scalar = getattr(sys.modules.get("numpy"), "generic", None)
    return value.item() if scalar is not None and isinstance(value, scalar) else value


def _close(actual: complex, expected: complex, tolerance: float) -> bool:
    if actual == expected:
        return True
    if type(expected) is not float or type(actual) is complex:
        return False
    if math.isnan(expected) or math.isnan(actual):
        return math.isnan(expected) and math.isnan(actual)
    return math.isclose(actual, expected, rel_tol=tolerance, abs_tol=tolerance)


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


def difference(
    actual: Any, expected: Any, *, any_order: bool = False, tolerance: float = 1e-9, show: bool = True
) -> str:
    """How `actual` differs from `expected`, as the end of "not what it should be: …"; empty when they are the same.

    Without `show` no value is named, only kinds and numbers of items.
    """
    if not isinstance(expected, list | tuple):
        if same(actual, expected, tolerance=tolerance):
            return ""
        if actual is None:
            return _another_kind(actual, expected)
        return f"{shown(actual)} instead of {shown(expected)}" if show else "another value"
    if not issubclass(type(actual), list if isinstance(expected, list) else tuple):
        return _another_kind(actual, expected)
    if same(actual, expected, tolerance=tolerance):
        return ""
    missing, extra = unmatched(actual, expected, tolerance=tolerance)
    if missing or extra:
        return _items(missing, extra, show)
    return "" if any_order else IN_ANOTHER_ORDER


def _another_kind(actual: Any, expected: Any) -> str:
    if actual is None:
        return f"None instead of {a_(type(expected))} (is there a `return`?)"
    return f"{a_(_kind(actual))} instead of {a_(type(expected))}"


def _items(missing: list, extra: list, show: bool) -> str:
    if missing and extra and (wrong := _items_of_another_kind(missing[0], extra[0])):
        return wrong
    parts = [f"{_list(missing, show)} missing"] if missing else []
    parts += [f"{_list(extra, show)} too many"] if extra else []
    return ", and ".join(parts)


def _items_of_another_kind(expected: Any, actual: Any) -> str:
    """What to say where not the values of an item are wrong, but what kind of thing it is."""
    if isinstance(expected, tuple) and issubclass(type(actual), tuple):
        if len(actual) == len(expected):
            return ""
        return f"an item holds {len(actual)} {'value' if len(actual) == 1 else 'values'} instead of {len(expected)}"
    sequences = isinstance(expected, list | tuple) or issubclass(type(actual), list | tuple | dict)
    if sequences and type(actual) is not type(expected):
        return f"the items are {_kind(actual).__name__}s instead of {type(expected).__name__}s"
    return ""


def _list(items: list, show: bool) -> str:
    verb = "is" if len(items) == 1 else "are"
    if show and len(items) <= MAX_NAMED:
        return " and ".join(map(shown, items)) + f" {verb}"
    return f"{len(items)} item{'s' if len(items) > 1 else ''} {verb}"

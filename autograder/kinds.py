"""The types of the standard library that are plain data, one line each: how a value is taken apart and put together."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from autograder.rows import are_rows, is_text

LARGEST_INT = 10**4000  # 4000 digits: a longer one takes too long to read


class ValuesError(Exception):
    """This is no plain data: a value that cannot be encoded, or a document that means nothing."""


class Encode(Protocol):
    """Makes documents: of one value, of several that must all be plain, of bytes; counts them and their size."""

    def __call__(self, value: object) -> Any: ...
    def plainly(self, values: Iterable) -> list: ...
    def raw(self, data: Any) -> str: ...
    def count(self, values: int) -> None: ...
    def spend(self, size: int) -> None: ...


class Decode(Protocol):
    """Makes values: of one document, of several that must all be plain, of text that holds bytes; counts them."""

    def __call__(self, doc: Any) -> Any: ...
    def plainly(self, docs: Any) -> list: ...
    def raw(self, text: Any) -> bytes: ...
    def count(self, values: int) -> None: ...


class Kind(NamedTuple):
    """A type and its tag in documents.

    `pack(value, go)` gives the list of parts behind the tag, or one of JSON's own plain values, which needs no tag.
    `unpack(parts, come)` gives the value again.
    """

    tag: str
    type: type
    pack: Callable[[Any, Encode], Any]
    unpack: Callable[[list, Decode], Any]


class Named(tuple):
    """A named tuple from the other side: equal to the tuple of its items, which have names, too."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def __new__(cls, fields: Sequence[str], items: Sequence):
        if len(fields) != len(items) or len(set(fields)) != len(fields):
            raise ValuesError("the names of a named tuple do not fit its items")
        if not all(type(name) is str and name.isidentifier() and not name.startswith("_") for name in fields):
            raise ValuesError("the name of an item is none")
        return tuple.__new__(type("Named", (Named,), {"__slots__": (), "_fields": tuple(fields)}), items)

    def __getattr__(self, name: str) -> Any:
        if name in self._fields:
            return self[self._fields.index(name)]
        raise AttributeError(f"this named tuple has {', '.join(self._fields)}, but no {name!r}")

    def __reduce__(self):
        return Named, (self._fields, tuple(self))

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))


def exactly(value: Any, *types: type) -> Any:
    """`value`, which is exactly of one of `types`. ValuesError otherwise."""
    if type(value) not in types:
        raise ValuesError(f"a {type(value).__name__} stands where {types[0].__name__} is meant")
    return value


def pack_zone(tz: dt.tzinfo | None, when: dt.datetime | None) -> str | float | None:
    """A time zone: None, its name, or its offset from UTC in seconds at the time of `when`."""
    if tz is None or getattr(tz, "key", None):
        return tz and tz.key
    return None if (offset := tz.utcoffset(when)) is None else offset.total_seconds()


def unpack_zone(doc: Any) -> dt.tzinfo | None:
    """The time zone that `pack_zone` described."""
    if doc is None or type(doc) is str:
        return doc and ZoneInfo(doc)
    return dt.timezone(dt.timedelta(seconds=exactly(doc, float, int)))


def small(number: Any) -> int:
    """An int of at most 4000 digits. ValuesError otherwise."""
    if not -LARGEST_INT < exactly(number, int) < LARGEST_INT:
        raise ValuesError("an integer of more than 4000 digits")
    return number


def _int(value: int, go: Encode) -> int:
    return small(int.__index__(value))


def _float(value: float, go: Encode) -> float | list:
    exact = float.__float__(value)
    return exact if math.isfinite(exact) else [str(exact)]


def _str(value: str, go: Encode) -> str:
    exact = str.__str__(value)
    go.spend(len(exact))
    return exact if is_text(exact) else [go.raw(exact.encode("utf-8", "surrogatepass"))]


def _each(items: Callable) -> Callable:
    return lambda value, go: [go(item) for item in items(value)]


def _pairs(items: Callable) -> Callable:
    return lambda value, go: [go(part) for pair in items(value) for part in pair]


def _dict(parts: list, come: Decode) -> dict:
    whole = [come(part) for part in parts]
    return dict(zip(whole[::2], whole[1::2], strict=True))


def _list(value: list, go: Encode) -> list:
    return [{"rows": list(map(list, value))}] if are_rows(value, tuple, go.count) else _each(list.__iter__)(value, go)


def _un_list(parts: list, come: Decode) -> list:
    if len(parts) != 1 or type(parts[0]) is not dict:
        return [come(part) for part in parts]
    if not are_rows(parts[0].get("rows"), list, come.count):
        raise ValuesError("rows hold what is no short value")
    return list(map(tuple, parts[0]["rows"]))


def _collected(make: Callable) -> Callable:
    return lambda parts, come: make([come(part) for part in parts])


def _fields(value: tuple) -> Sequence[str] | None:
    """The names of a tuple's items: of named tuples, and of what `time.localtime` and others like it return."""
    names = getattr(type(value), "_fields", None) or getattr(type(value), "__match_args__", None)
    return names if isinstance(names, tuple) and names and len(names) == tuple.__len__(value) else None


def _tuple(value: tuple, go: Encode) -> list:
    names = _fields(value)
    items = [go(item) for item in tuple.__iter__(value)]
    return [list(names) if names else None, *items]


def _named(parts: list, come: Decode) -> tuple:
    names, *items = parts
    items = [come(item) for item in items]
    return tuple(items) if names is None else Named(exactly(names, list), items)


def _defaultdict(value: defaultdict, go: Encode) -> list:
    name = getattr(value.default_factory, "__name__", None)
    known = _FACTORIES.get(name) is value.default_factory
    return [name if known else None, *_pairs(dict.items)(value, go)]


def _un_defaultdict(parts: list, come: Decode) -> dict:
    name, *pairs = parts
    plain = _dict(pairs, come)
    return plain if name is None else defaultdict(_FACTORIES[exactly(name, str)], plain)


def _time(value: dt.time | dt.datetime, go: Encode) -> list:
    when = value if isinstance(value, dt.datetime) else None
    clock = [value.hour, value.minute, value.second, value.microsecond, value.fold, pack_zone(value.tzinfo, when)]
    return [value.year, value.month, value.day, *clock] if when else clock


def _un_time(make: type) -> Callable:
    def unpack(parts: list, come: Decode) -> Any:
        *numbers, fold, tz = parts
        return make(*(exactly(n, int) for n in numbers), fold=exactly(fold, int), tzinfo=unpack_zone(tz))

    return unpack


def _numbers(make: type) -> Callable:
    return lambda parts, come: make(*(small(part) for part in parts))


def _decimal(value: Decimal, go: Encode) -> list:
    text = Decimal.__str__(value)
    if len(text) > 4000:
        raise ValuesError("a Decimal of more than 4000 digits")
    return [text]


def _path(value: PurePosixPath, go: Encode) -> list:
    name = next((kind.__name__ for kind in type(value).__mro__ if kind.__name__ in _PATHS), "PosixPath")
    return [name, go(str(value))]


_FACTORIES = {kind.__name__: kind for kind in (int, float, str, bool, list, dict, set, tuple)}
_PATHS = {"PosixPath": Path, "PurePosixPath": PurePosixPath, "PureWindowsPath": PureWindowsPath}


def _never(parts: list, come: Decode) -> Any:
    raise ValuesError("a tag stands where JSON has a plain value of its own")


# A subclass stands before its base.
BUILTIN = (
    Kind("None", type(None), lambda value, go: None, _never),
    Kind("bool", bool, lambda value, go: value, _never),
    Kind("int", int, _int, _never),
    Kind("float", float, _float, lambda p, come: {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[p[0]]),
    Kind("str", str, _str, lambda p, come: come.raw(*p).decode("utf-8", "surrogatepass")),
    Kind("complex", complex, lambda v, go: [go(v.real), go(v.imag)], lambda p, come: complex(*map(come, p))),
    Kind("bytes", bytes, lambda value, go: [go.raw(value)], lambda p, come: come.raw(*p)),
    Kind("bytearray", bytearray, lambda value, go: [go.raw(value)], lambda p, come: bytearray(come.raw(*p))),
    Kind("list", list, _list, _un_list),
    Kind("tuple", tuple, _tuple, _named),
    Kind("OrderedDict", OrderedDict, _pairs(OrderedDict.items), lambda p, come: OrderedDict(_dict(p, come))),
    Kind("Counter", Counter, _pairs(dict.items), lambda p, come: Counter(_dict(p, come))),
    Kind("defaultdict", defaultdict, _defaultdict, _un_defaultdict),
    Kind("dict", dict, _pairs(dict.items), _dict),
    Kind("set", set, _each(set.__iter__), _collected(set)),
    Kind("frozenset", frozenset, _each(frozenset.__iter__), _collected(frozenset)),
    Kind("deque", deque, _each(deque.__iter__), _collected(deque)),
    Kind("datetime", dt.datetime, _time, _un_time(dt.datetime)),
    Kind("date", dt.date, lambda v, go: [v.year, v.month, v.day], _numbers(dt.date)),
    Kind("time", dt.time, _time, _un_time(dt.time)),
    Kind("timedelta", dt.timedelta, lambda v, go: [v.days, v.seconds, v.microseconds], _numbers(dt.timedelta)),
    Kind("Decimal", Decimal, _decimal, lambda p, come: Decimal(exactly(*p, str))),
    Kind("Fraction", Fraction, lambda v, go: [go(v.numerator), go(v.denominator)], _numbers(Fraction)),
    Kind("range", range, lambda v, go: [go(v.start), go(v.stop), go(v.step)], _numbers(range)),
    Kind("path", PurePosixPath, _path, lambda p, come: _PATHS[p[0]](exactly(p[1], str))),
    Kind("path", PureWindowsPath, _path, lambda p, come: _PATHS[p[0]](exactly(p[1], str))),
)

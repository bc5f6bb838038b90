"""The codec: plain data as JSON, and nothing else. What the student's side sends is rebuilt here out of exact types.

None, bool, str, int (up to 4000 digits) and finite floats are JSON themselves; all else is a list, a tag and its parts.
What is plain stands in `kinds` (the standard library), `arrays` (numpy), `frames` (pandas) and `raised` (exceptions).
The two libraries are large, and imported here only where somebody has imported them, or has sent what is theirs.

A subclass of such a type crosses as what it holds, read by the base class's own methods: an `IntEnum` arrives as its
int, a dict with a lying `__eq__` as a dict. A named tuple arrives as `kinds.Named`, a `defaultdict` keeps its factory
where that is a builtin. A dataclass, a pure Enum, a `sqlite3.Row`, a view and an iterator are no plain data: they stay
where they are, and the caller's `handle` says how they are spoken of. So does what is larger or deeper than the bounds.
"""

from __future__ import annotations

import base64
import importlib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from autograder.kinds import BUILTIN, Decode, Encode, Kind, ValuesError, exactly, small
from autograder.raised import RAISED

MAX_DEPTH = 40
MAX_NODES = 400_000
MAX_BYTES = 5_000_000

# The classes of libraries stand before the builtin ones, since some of them are subclasses of those.
_LIBRARIES = {"pandas": "autograder.frames", "numpy": "autograder.arrays"}
_OWN = {kind.type: kind for kind in (*BUILTIN, *RAISED)}
_OWN_TAGS = {kind.tag: kind for kind in _OWN.values()}


def kinds(libraries: Iterable[str] | None = None) -> tuple[Kind, ...]:
    """All that is plain, of these libraries or of those that are imported here; a subclass stands before its base."""
    return _kinds(tuple(name for name in _LIBRARIES if name in (sys.modules if libraries is None else libraries)))


@cache
def _kinds(libraries: tuple[str, ...]) -> tuple[Kind, ...]:
    found: tuple[Kind, ...] = ()
    for name in libraries:
        with suppress(ImportError, AttributeError):  # a file of the student's may have that name
            found += importlib.import_module(_LIBRARIES[name]).KINDS
    return (*found, *_OWN.values())


def _by_tag(tag: object) -> Kind | None:
    """The kind of a tag. The larger library is not imported, which takes a while, for a tag of the smaller."""
    for library in reversed(_LIBRARIES):
        for kind in kinds((library,)):
            if kind.tag == tag:
                return kind
    return None


class Encoder(Encode):
    """Turns values into documents.

    `handle(value)` makes the document of what is no plain data (without it: ValuesError). `given` maps the `id` of
    objects that came in with a call to their numbers, so that one which goes out again is known as the same.
    """

    def __init__(self, handle: Callable[[object], list] | None = None, given: Mapping[int, int] | None = None):
        self.handle, self.given = handle, given or {}
        self._depth = self._nodes = self._bytes = 0

    def whole(self, value: object) -> Any:
        """The document of a value; a handle where it is too large or does not hold still."""
        try:
            return self(value)
        except Exception:  # a value of a class of the student's may do anything while it is looked at
            return self._opaque(value)

    def contents(self, value: object) -> Any:
        """The document of what an object holds, even where it came in with the call."""
        return self._packed(value)

    def __call__(self, value: object) -> Any:
        number = self.given.get(id(value))
        return self._packed(value) if number is None else ["given", number]

    def _packed(self, value: object) -> Any:
        self.count(1)
        kind = _OWN.get(type(value)) or _nearest(type(value))
        if kind is None or self._depth >= MAX_DEPTH:
            return self._opaque(value)
        self._depth += 1
        try:
            parts = kind.pack(value, self)
        finally:
            self._depth -= 1
        return [kind.tag, *parts] if type(parts) is list else parts

    def plainly(self, values: Iterable) -> list:
        """The documents of several values. ValuesError where one is no plain data."""
        handle, self.handle = self.handle, None
        try:
            return [self(value) for value in values]
        finally:
            self.handle = handle

    def raw(self, data: Any) -> str:
        """Bytes as text."""
        self.spend(len(data) * 4 // 3)
        return base64.b64encode(data).decode("ascii")

    def count(self, values: int) -> None:
        """Count values. ValuesError where there are more than the bound."""
        self._nodes += values
        if self._nodes > MAX_NODES:
            raise ValuesError("more values than may cross")

    def spend(self, size: int) -> None:
        """Count `size` characters. ValuesError where the value is larger than the bound."""
        self._bytes += size
        if self._bytes > MAX_BYTES:
            raise ValuesError("larger than may cross")

    def _opaque(self, value: object) -> list:
        if self.handle is None:
            raise ValuesError(f"a {type(value).__name__} is no plain data")
        return self.handle(value)


class Decoder(Decode):
    """Turns documents into values of exact builtin, numpy and pandas types. ValuesError where a document has no sense.

    `handle(parts)` makes what stands for a handle (without it: ValuesError); `given` are the objects that a document
    may name by number.
    """

    def __init__(self, handle: Callable[[list], object] | None = None, given: Sequence[object] = ()):
        self.handle, self.given = handle, given
        self._depth = self._nodes = 0

    def whole(self, doc: Any) -> Any:
        """The value of a document from the other side."""
        try:
            return self(doc)
        except ValuesError:
            raise
        except Exception as error:  # a document may make any constructor stumble
            raise ValuesError(f"a document does not hold together ({type(error).__name__})") from error

    def __call__(self, doc: Any) -> Any:
        self.count(1)
        if doc is None or type(doc) in (bool, str, float):
            return doc
        if type(doc) is int:
            return small(doc)
        if type(doc) is not list or not doc or type(doc[0]) is not str:
            raise ValuesError("a document is neither a plain value of JSON nor a list with a tag")
        if self._depth > MAX_DEPTH:  # at the bottom of what is as deep as may be lies a handle
            raise ValuesError("nested too deep")
        self._depth += 1
        try:
            return self._tagged(doc[0], doc[1:])
        finally:
            self._depth -= 1

    def _tagged(self, tag: str, parts: list) -> Any:
        if tag == "handle" and self.handle is not None:
            return self.handle(parts)
        if tag == "given" and len(parts) == 1 and type(parts[0]) is int and 0 <= parts[0] < len(self.given):
            return self.given[parts[0]]
        kind = _OWN_TAGS.get(tag) or _by_tag(tag)
        if kind is None:
            raise ValuesError(f"nothing plain is called {tag[:40]!r}")
        return kind.unpack(parts, self)

    def plainly(self, docs: Any) -> list:
        """Several values. ValuesError where one is no plain data."""
        handle, self.handle = self.handle, None
        try:
            return [self(doc) for doc in exactly(docs, list)]
        finally:
            self.handle = handle

    def count(self, values: int) -> None:
        """Count values. ValuesError where there are more than the bound."""
        self._nodes += values
        if self._nodes > MAX_NODES:
            raise ValuesError("more values than may cross")

    def raw(self, text: Any) -> bytes:
        """Bytes from text."""
        return base64.b64decode(exactly(text, str), validate=True)


def encode(value: object) -> Any:
    """The document of plain data. ValuesError for all else."""
    return Encoder()(value)


def decode(doc: Any) -> Any:
    """The plain data that a document holds. ValuesError for all else."""
    return Decoder().whole(doc)


def _nearest(kind: type) -> Kind | None:
    """What a subclass of plain data crosses as. The type is asked, not the object, which may say anything."""
    return next((known for known in kinds() if issubclass(kind, known.type)), None)

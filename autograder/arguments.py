"""What a check passes in: anything that pickles, by value, since the student's side may unpickle what it likes.

Three things do not go in as copies. What stays over there (`Remote`) is named by number. A function or class of a cell
that runs on both sides is named by its name, so that `isinstance` works. A *live* thing is opened over there, once: a
sqlite3 connection on the path that it is open on (one in memory: on a copy), a pyodbc connection and an SQLAlchemy
engine likewise, and an object whose class sets `__live__ = True` as it pickles. Passed again it is the same thing; and
the lists, dicts and sets in its `vars` are kept equal on both sides: a live thing can take notes.

What an installed module defines is named by its name, too, and is over there what that name means there: also something
that the student's code has put in its place. A module that says `__carried__ = True` is evidence, and does not leave it
at that: its functions and classes travel with their code.

Of the rest, what was changed in place comes back: lists, dicts, sets, deques, arrays and frames among the arguments or
within them. What functions close over and what other objects hold does not.
"""

from __future__ import annotations

import base64
import io
import itertools
import marshal
import pickle
import sys
import types
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import cloudpickle

from autograder import opening
from autograder.kinds import ValuesError
from autograder.values import Decoder, Encoder

_CONTAINERS = (list, dict, set, bytearray, deque)
_OF_LIBRARIES = (("numpy", "ndarray"), ("pandas", "Series"), ("pandas", "DataFrame"))
_WALKED = (list, tuple, set, frozenset, deque)
_PLAIN = (bool, int, float, complex, str, bytes, type(None))


class Remote:
    """What stands in the checker for something of the student's; `_number` is the name that it goes by there."""

    __slots__ = ()


def recall(*words: Any) -> Any:
    """Stands in a pickle where the student's side puts what it has itself. See `unpack`."""
    raise TypeError("this pickle is for the student's side")


def pack(things: Any, live: Live, names: Mapping[str, Any], shared: Iterable[str]) -> str:
    """The pickle of `things`, as text. `names` is the checker's namespace; `shared` of them exist on both sides."""
    file = io.BytesIO()
    _Pickler(file, live, names, frozenset(shared)).dump(things)
    return base64.b64encode(file.getbuffer()).decode("ascii")


def unpack(text: str, live: Live, handles: Mapping[int, object], names: Mapping[str, Any]) -> Any:
    """The things in a pickle. For the student's side only."""

    def answer(kind: str, key: Any, *how: Any) -> Any:
        match kind:
            case "remote":
                return handles[key]
            case "name" if key in names:
                return names[key]
            case "name":
                raise NameError(f"name {key!r} is not defined", name=key)
            case "live" if how:
                live.keep(key, opening.again(*how))
        return live.things[key]

    unpickler = _Unpickler(io.BytesIO(base64.b64decode(text)))
    unpickler.answer = answer
    return unpickler.load()


def reach(roots: Iterable) -> list[object]:
    """The objects among `roots` and within their lists, tuples, dicts and sets that are not plain constants."""
    found: dict[int, object] = {}
    left = list(roots)
    while left:
        thing = left.pop()
        kind = type(thing)
        if kind in _PLAIN or id(thing) in found:
            continue
        found[id(thing)] = thing
        if issubclass(kind, dict):
            left.extend(dict.values(thing))
        elif issubclass(kind, _WALKED):
            left.extend(thing)
    return [thing for thing in found.values() if type(thing) not in (tuple, frozenset)]


def containers() -> tuple[type, ...]:
    """The types of what can be changed in place; those of numpy and pandas where somebody has imported them."""
    theirs = (getattr(sys.modules.get(library), name, None) for library, name in _OF_LIBRARIES)
    return (*_CONTAINERS, *(kind for kind in theirs if isinstance(kind, type)))


def refill(original: Any, content: Any) -> None:
    """Make a container hold what `content`, of the same builtin type, holds. ValuesError where that cannot be."""
    if not any(isinstance(original, kind) and type(content) is kind for kind in containers()):
        raise ValuesError(f"a {type(content).__name__} came back for a {type(original).__name__}")
    match content:
        case list() | bytearray():
            original[:] = content
        case dict() | set():
            original.clear()
            original.update(content)
        case deque():
            original.clear()
            original.extend(content)
        case _ if type(content).__name__ != "ndarray":  # a series or a frame
            type(content).__init__(original, content)
        case _ if original.shape == content.shape and original.dtype == content.dtype:
            original[...] = content
        case _:
            raise ValuesError("an array came back with another shape or dtype")


class Live:
    """Things that live on both sides, by number, and the notes that each side has already told the other."""

    def __init__(self) -> None:
        self.things: dict[int, Any] = {}
        self.new: set[int] = set()
        self._noting: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._count = itertools.count()
        self._told: dict[tuple[int, str], Any] = {}
        self._seen: dict[tuple[int, str], bytes] = {}

    def number(self, thing: object) -> int:
        """The number of a thing; a new one is in `new` until the other side has been told how to open it."""
        if id(thing) not in self._numbers:
            number = self._numbers[id(thing)] = next(self._count)
            self.keep(number, thing)
            self.new.add(number)
        return self._numbers[id(thing)]

    def keep(self, number: int, thing: object) -> None:
        """Know a thing by its number."""
        self.things[number] = thing
        if hasattr(thing, "__dict__"):
            self._noting[number] = thing

    def unused(self) -> list[int]:
        """Drop the things that nobody else refers to any more; their numbers."""
        found = [number for number in self.things if self._is_alone(number)]
        for number in found:
            del self._numbers[id(self.things[number])]
            self.drop(number)
        return found

    def drop(self, number: int) -> None:
        """Forget a thing, and close it where nobody else refers to it."""
        if number in self.things and self._is_alone(number):
            opening.close(self.things[number])
        thing = self.things.pop(number, None)
        self._noting.pop(number, None)
        self.new.discard(number)
        for name in getattr(thing, "__dict__", ()):
            self._told.pop((number, name), None)
            self._seen.pop((number, name), None)

    def _is_alone(self, number: int) -> bool:
        return sys.getrefcount(self.things[number]) == opening.alone(self.things[number]) + (number in self._noting)

    def news(self) -> list[list]:
        """[number, attribute, document] of all notes that the other side does not know."""
        return [
            [number, name, doc]
            for number, thing in self._noting.items()
            for name, notes in vars(thing).items()
            if type(notes) in (list, dict, set) and (doc := self._untold(number, name, notes)) is not None
        ]

    def take(self, news: Iterable) -> None:
        """Take over notes of the other side. ValuesError where there is no such thing, or it takes no such notes."""
        for number, name, doc in news:
            notes = getattr(self.things.get(number), "__dict__", {}).get(name)
            refill(notes, Decoder().whole(doc))
            self._told[number, name] = doc
            self._seen.pop((number, name), None)

    def _untold(self, number: int, name: str, notes: list | dict | set) -> Any:
        """The document of notes that the other side does not know; None where it does, or there is none."""
        try:
            # Notes are looked at before every request, and most have not changed since: marshal tells that at once.
            seen = marshal.dumps(notes)
            if self._seen.get((number, name)) == seen:
                return None
            self._seen[number, name] = seen
        except ValueError:
            pass
        try:
            doc = Encoder()(notes)
        except Exception:  # what is no plain data cannot be told
            return None
        if self._told.get((number, name)) == doc:
            return None
        self._told[number, name] = doc
        return doc


class _Pickler(cloudpickle.Pickler):
    def __init__(self, file: io.BytesIO, live: Live, names: Mapping[str, Any], shared: frozenset[str]):
        super().__init__(file)
        self._live, self._names, self._shared = live, names, shared

    def reducer_override(self, obj: Any) -> Any:
        # The type is asked, not the object: a stand-in says that it is of the class that it stands for.
        kind = type(obj)
        if issubclass(kind, Remote):
            return recall, ("remote", object.__getattribute__(obj, "_number"))
        if kind is types.FunctionType or issubclass(kind, type):
            name = obj.__qualname__
            if name in self._shared and self._names.get(name) is obj and obj.__module__ == self._names["__name__"]:
                return recall, ("name", name)
            _carry(obj.__module__)
        elif opening.is_live(obj):
            number = self._live.number(obj)
            return recall, ("live", number, *(opening.how(obj) if number in self._live.new else ()))
        return super().reducer_override(obj)


def _carry(name: str | None) -> None:
    """Let what a module of evidence defines travel with its code, as what a cell defines does."""
    module = sys.modules.get(name)
    if getattr(module, "__carried__", False) is True:
        cloudpickle.register_pickle_by_value(module)


class _Unpickler(pickle.Unpickler):
    answer: Callable

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, recall.__name__):
            return self.answer
        return super().find_class(module, name)

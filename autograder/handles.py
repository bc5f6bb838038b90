"""Stand-ins in the checker for what is no plain data and stays on the student's side.

A `Handle` has the attributes, items, calls, iteration and length of the thing that it stands for; each is a request.
It is equal to nothing, has no truth and no order, and takes part in no arithmetic: of those only plain data is capable,
since the answers would be the student's to choose. It is of the class that the thing claims, where the checker knows
that class and no plain data is of it: `isinstance(figure, Figure)` holds.
"""

from __future__ import annotations

import operator
import sys
import types
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

from autograder.arguments import Remote
from autograder.values import kinds

# Attributes with double underscores that may be asked for. Libraries look for others as well: numpy would take what
# it finds under __array_interface__ for the address of memory of its own.
_ASKABLE = """all annotations bases cause closure code context contains dataclass_fields defaults file func init
kwdefaults members mro name notes qualname self version wrapped"""
_KNOWN_CLASSES = {
    "builtins:async_generator": types.AsyncGeneratorType,
    "builtins:builtin_function_or_method": types.BuiltinFunctionType,
    "builtins:coroutine": types.CoroutineType,
    "builtins:function": types.FunctionType,
    "builtins:generator": types.GeneratorType,
    "builtins:method": types.MethodType,
    "builtins:module": types.ModuleType,
    "builtins:type": type,
}


class Asks(Protocol):
    """Whoever makes the requests: a call over there, and waiting for something awaitable over there."""

    def call(self, target: Any, /, *args: Any, **kwargs: Any) -> Any: ...
    def advance(self, target: Any, /, *args: Any, **kwargs: Any) -> Any: ...
    def finish(self, awaitable: Handle) -> Any: ...
    def forget(self, number: int) -> None: ...


def handle(student: Asks, number: int, classes: tuple[str, ...], abilities: frozenset[str]) -> Handle:
    """A stand-in. `classes` are names, "module:name", nearest first; `abilities` are special methods of the thing's."""
    made = object.__new__(_with(abilities.intersection(_ABILITIES)))
    for name, value in (("_number", number), ("_student", student), ("_classes", classes)):
        object.__setattr__(made, name, value)
    return made


def name_of(thing: Handle) -> str:
    """The name of the class that a thing claims."""
    return thing._classes[0].rpartition(":")[2] if thing._classes else "thing"


class Handle(Remote):
    """Stands for one thing of the student's."""

    __slots__ = ("__weakref__", "_classes", "_number", "_student")

    def __getattr__(self, name: str) -> Any:
        __tracebackhide__ = True
        if not _may_be_asked(name):
            raise AttributeError(f"{name!r} is not asked of what stays with the student's code", name=name)
        return self._student.call(getattr, self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._student.call(setattr, self, name, value)

    def __delattr__(self, name: str) -> None:
        self._student.call(delattr, self, name)

    def __repr__(self) -> str:
        return str(self._student.call(repr, self))

    def __str__(self) -> str:
        return str(self._student.call(str, self))

    def __format__(self, spec: str) -> str:
        return str(self._student.call(format, self, spec))

    def __dir__(self) -> list[str]:
        return self._student.call(dir, self)

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError(f"a {name_of(self)} stays with the student's code, and cannot be copied")

    def __instancecheck__(self, instance: object) -> bool:
        return issubclass(type(instance), Handle) and self._student.call(isinstance, instance, self) is True

    def __subclasscheck__(self, subclass: object) -> bool:
        return issubclass(type(subclass), Handle) and self._student.call(issubclass, subclass, self) is True

    def __del__(self) -> None:
        if self._student is not None:  # None at the end of the process
            self._student.forget(self._number)

    def __apply__(self, function: Callable, *args: Any) -> Any:
        """What a function of the check's returns that is called over there with the thing and `args`: one request."""
        return self._student.call(function, self, *args)

    @property
    def __class__(self) -> type:
        return next(filter(None, map(_class, self._classes)), Handle)

    @property
    def __doc__(self) -> Any:
        return self._student.call(getattr, self, "__doc__")

    @property
    def __dict__(self) -> Any:
        return self._student.call(vars, self)


def _may_be_asked(name: str) -> bool:
    if name.startswith("__"):
        return name.removeprefix("__").removesuffix("__") in _ASKABLE.split()
    return name not in Handle.__slots__ and not name.startswith(("_repr_", "_ipython_"))


def _class(name: str) -> type | None:
    """The class of that name, if it is known here and may be claimed."""
    if name in _KNOWN_CLASSES:
        return _KNOWN_CLASSES[name]
    module, _, qualified = name.partition(":")
    found: Any = sys.modules.get(module)
    for part in qualified.split("."):
        if issubclass(type(found), Remote):
            return None
        found = getattr(found, part, None)
    plain = (kind.type for kind in kinds())
    if not issubclass(type(found), type) or found is object or issubclass(found, (*plain, type)):
        return None
    return found


def _refuse(what: str) -> Callable:
    def refuse(self, *_: object) -> Any:
        raise TypeError(
            f"a {name_of(self)} has no {what} here: it stays with the student's code, which could answer as it likes. "
            "Compare plain data: an attribute, an item, or what a call returns."
        )

    return refuse


_OPERATORS = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and or xor"
for _what, _names in {
    "truth": ["bool"],
    "order": ["lt", "le", "gt", "ge"],
    "arithmetic": [
        "neg",
        "pos",
        "abs",
        "invert",
        *(kind + name for kind in ("", "r", "i") for name in _OPERATORS.split()),
    ],
}.items():
    for _name in _names:
        setattr(Handle, f"__{_name}__", _refuse(_what))


def _asking(function: Callable) -> Callable:
    def ask(self, *args: Any) -> Any:
        __tracebackhide__ = True
        return self._student.call(function, self, *args)

    return ask


def _calling(name: str, may_end: bool = False) -> Callable:
    def call(self, *args: Any) -> Any:
        __tracebackhide__ = True
        ask = self._student.advance if may_end else self._student.call
        return ask(operator.methodcaller(name, *args), self)

    return call


def _call(self, /, *args: Any, **kwargs: Any) -> Any:
    __tracebackhide__ = True
    return self._student.call(self, *args, **kwargs)


def _exit(self, kind: Any, error: Any, _: Any) -> bool:
    """Leave over there. Whatever is answered or raised there, an exception of the check's goes on its way."""
    try:
        self._student.call(operator.methodcaller("__exit__", kind, error, None), self)
    except Exception:
        if error is None:
            raise
    return False


def _await(self):
    """Wait over there, where its loop is."""
    return self._student.finish(self)
    yield


def _send(self, value: Any) -> None:
    """What a task of asyncio does with a coroutine: this one is at its end at once."""
    raise StopIteration(self._student.finish(self))


async def _aexit(self, kind: Any, error: Any, _: Any) -> bool:
    try:
        await self._student.call(operator.methodcaller("__aexit__", kind, error, None), self)
    except Exception:
        if error is None:
            raise
    return False


# What a thing can do by its class; only a handle of such a thing can do it, too.
_ABILITIES: dict[str, dict[str, Callable]] = {
    "__call__": {"__call__": _call},
    "__iter__": {"__iter__": _asking(iter)},
    "__next__": {name: _calling(name, may_end=True) for name in ("__next__", "send", "throw")},
    "__len__": {"__len__": _asking(len)},
    "__reversed__": {"__reversed__": _asking(reversed)},
    "__getitem__": {"__getitem__": _asking(operator.getitem)},
    "__setitem__": {"__setitem__": _asking(operator.setitem)},
    "__delitem__": {"__delitem__": _asking(operator.delitem)},
    "__enter__": {"__enter__": _calling("__enter__"), "__exit__": _exit},
    "__await__": {"__await__": _await, "send": _send, "throw": _calling("throw"), "close": _calling("close")},
    "__aiter__": {"__aiter__": _calling("__aiter__")},
    "__anext__": {"__anext__": _calling("__anext__")},
    "__aenter__": {"__aenter__": _calling("__aenter__"), "__aexit__": _aexit},
}
ABILITIES = tuple(_ABILITIES)


@cache
def _with(abilities: frozenset[str]) -> type[Handle]:
    methods = {name: method for ability in abilities for name, method in _ABILITIES[ability].items()}
    # A class without a docstring of its own would have none, and hide the property.
    return type("Handle", (Handle,), {"__slots__": (), "__doc__": Handle.__dict__["__doc__"], **methods})

"""Cases that are the same for every submission: made once, and beforehand where a checker has asked for them."""

from __future__ import annotations

import ast
import functools
import importlib
import pickle
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import ParamSpec, TypeVar

P, T = ParamSpec("P"), TypeVar("T")
# A call that made something: "module:function", and its arguments (args, kwargs) as Python writes them.
Made = tuple[str, str]
_news: list[Made] = []


def once(make: Callable[P, T]) -> Callable[P, T]:
    """Remember what a generator of cases has made, by its arguments, which are plain data.

    It must make the same for the same arguments, and things that nobody changes.
    """
    made: dict[bytes, T] = {}

    @functools.wraps(make)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        key = pickle.dumps((args, kwargs))
        if key not in made:
            made[key] = make(*args, **kwargs)
            _news.append((f"{make.__module__}:{make.__qualname__}", repr((args, kwargs))))
        return made[key]

    return remembered


def news() -> list[Made]:
    """The calls that have made something since this was last asked."""
    found = _news[:]
    _news.clear()
    return found


def make(calls: Iterable[Made]) -> None:
    """Make it again, in this process, so that it is remembered. What cannot be made is passed over."""
    for name, arguments in calls:
        module, _, function = name.partition(":")
        with suppress(Exception):  # who asks for it will see why
            args, kwargs = ast.literal_eval(arguments)
            getattr(importlib.import_module(module), function)(*args, **kwargs)
    _news.clear()

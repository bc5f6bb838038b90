"""A function with something around its calls: variables that are set, warnings that are heard, a step that follows.

    calling(around.given(open_dsn, {"SURVEY_PWD": "…"}), "survey").raises(LookupError)
    calling(around.heard(to_frame), conn, sql, ()).returns([])

What is around a call is where the function runs: for a stand-in of one in another process, over there.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping
from typing import Any


def given(function: Callable, environment: Mapping[str, str | None]) -> Callable:
    """The same function, called while environment variables have these values; None unsets one."""
    return _around(function, _given, dict(environment))


def followed(function: Callable, by: Callable) -> Callable:
    """A function that returns what `by` makes of what `function` returns."""
    return _around(function, _followed, by)


def heard(function: Callable) -> Callable:
    """A function that returns the warnings of a call of `function`, each as "Category: message"."""
    return _around(function, _heard)


def filtered(function: Callable) -> Callable:
    """A function that returns whether warnings are filtered after a call of `function` as they were before it."""
    return _around(function, _filtered)


def _around(function: Callable, what: Callable, *how: Any) -> Callable:
    def call(*args: Any, **kwargs: Any) -> Any:
        # What stands for something in another process has the function called there.
        there = getattr(type(function), "__apply__", lambda thing, wrapped, *given: wrapped(thing, *given))
        return there(function, what, how, args, kwargs)

    call.__name__ = getattr(function, "__name__", "function")
    return call


def _given(function: Callable, how: tuple, args: tuple, kwargs: dict) -> Any:
    (environment,) = how
    before = {name: os.environ.get(name) for name in environment}
    _set(environment)
    try:
        return function(*args, **kwargs)
    finally:
        _set(before)


def _followed(function: Callable, how: tuple, args: tuple, kwargs: dict) -> Any:
    (by,) = how
    return by(function(*args, **kwargs))


def _heard(function: Callable, how: tuple, args: tuple, kwargs: dict) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        function(*args, **kwargs)
    # What other code forgot to close may be collected, and complain, at any moment.
    told = [warning for warning in caught if not issubclass(warning.category, ResourceWarning)]
    return [f"{warning.category.__name__}: {warning.message}" for warning in told]


def _filtered(function: Callable, how: tuple, args: tuple, kwargs: dict) -> bool:
    with warnings.catch_warnings():
        # What an earlier call has left on would hide that this one does the same.
        warnings.resetwarnings()
        warnings.simplefilter("default")
        before = list(warnings.filters), warnings.showwarning
        function(*args, **kwargs)
        return (list(warnings.filters), warnings.showwarning) == before


def _set(environment: Mapping[str, str | None]) -> None:
    for name, value in environment.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value

"""Calls as data, and making them where their function lives: here, or in another process, many in one request.

A *chain* is `(function, steps, limit)`. Each step is `(method, args, items of kwargs)`: the first calls the function,
under no method's name, each next one a method of what the step before returned. With a limit, so many items of what the
last step returned are read, else that itself is what the chain gives.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

# What a call may end with. SystemExit is no Exception, and would end the cell without a word.
RAISED = (Exception, SystemExit)
# So many chains are made in one request: what they give has to fit into one answer.
AT_ONCE = 64
Step = tuple[str | None, tuple, tuple[tuple[str, Any], ...]]
Chain = tuple[Any, tuple[Step, ...], int | None]
# What a chain gave, or the exception that it ended with: (value, None) or (None, error).
Made = tuple[Any, BaseException | None]


def make(chains: Sequence[Chain]) -> Iterator[Made]:
    """Make chains in their order, and give what came of each.

    What stands for a function in another process has them made there; behind one that raises, the next are made when
    they are asked for. What the functions print, and their warnings, are noise, which is neither right nor wrong: none
    of it is shown.
    """
    left = list(chains)
    while left:
        made = _made(left[:AT_ONCE])
        yield from made
        del left[: len(made)]


def _made(chains: Sequence[Chain]) -> list[Made]:
    """What came of the first of these chains, at least of one."""
    function = chains[0][0]
    if not hasattr(type(function), "__apply__") or len(chains) == 1:
        return [_one(chains[0])]
    with unheard():
        try:
            made = _there(function, attempt, tuple(chains))
        except RAISED:
            made = None
    # Something may have stood in the way of all: an answer that is too large, an exception that is never caught there.
    return made if _are_made(made) and 0 < len(made) <= len(chains) else [_one(chains[0])]


def _are_made(made: Any) -> bool:
    return type(made) is list and all(
        type(one) is tuple and len(one) == 2 and (one[1] is None or isinstance(one[1], RAISED)) for one in made
    )


def _one(chain: Chain) -> Made:
    function, steps, limit = chain
    with unheard():
        try:
            return _there(function, follow, steps, limit), None
        except RAISED as error:
            return None, error


def _there(thing: Any, what: Callable, *args: Any) -> Any:
    """What `what(thing, *args)` gives, done where the thing lives: what stands for one elsewhere has it done there."""
    return getattr(type(thing), "__apply__", _here)(thing, what, *args)


def _here(thing: Any, what: Callable, *args: Any) -> Any:
    return what(thing, *args)


def attempt(_: Any, chains: Iterable[Chain]) -> list[Made]:
    """What chains give, up to the first that raises."""
    made: list[Made] = []
    for chain in chains:
        try:
            made.append((follow(*chain), None))
        except RAISED as error:
            return [*made, (None, error)]
    return made


def follow(function: Callable, steps: Sequence[Step], limit: int | None) -> Any:
    """What a chain gives; with a limit what `taken` says, or None where there is nothing to take from."""
    thing: Any = function
    for method, args, kwargs in steps:
        call = thing if method is None else getattr(thing, method)
        thing = call(*map(opened, args), **{name: opened(value) for name, value in kwargs})
    if limit is None or thing is None:
        return thing
    return _there(thing, taken, limit)


def opened(thing: Any) -> Any:
    """What a function gets for an argument: a thing that is opened where it is used (`survey.Database`), opened."""
    return thing.__opened__() if hasattr(type(thing), "__opened__") else thing


def taken(iterable: Iterable, limit: int) -> tuple[list, bool | BaseException]:
    """At most `limit` items, and whether they were all; or the exception that came in place of the next one.

    What is not at its end then is closed, if it can be.
    """
    items: list = []
    try:
        iterator = iter(iterable)
        while len(items) < limit:
            items.append(next(iterator))
        getattr(iterator, "close", lambda: None)()
    except StopIteration:
        return items, True
    except RAISED as error:
        return items, error
    return items, False


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """Keep what is printed and warned of meanwhile out of the cell."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield

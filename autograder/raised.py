"""Exceptions cross by the name of the nearest class that both sides know, with message and plain arguments."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from typing import Any

from autograder.kinds import Decode, Encode, Kind, exactly

MAX_MESSAGE = 500
# Besides the builtin ones, an exception class of these modules arrives as itself, if the checker has imported it:
# so a check may expect `sqlite3.OperationalError`.
KNOWN_MODULES = """
_csv _queue _struct asyncio.exceptions binascii concurrent.futures._base configparser csv dataclasses decimal
graphlib ipyparallel.error json.decoder numpy.exceptions numpy.linalg pandas.errors pickle pyodbc queue re
re._constants shutil socket sqlalchemy.exc sqlite3 statistics struct subprocess tokenize tomllib urllib.error
xml.etree.ElementTree zipfile zlib"""


class StudentError(Exception):
    """Student code raised what no ordinary code catches (`SystemExit`, `KeyboardInterrupt`), or sent nonsense."""


class StudentGone(BaseException):
    """The student's process ended, was stopped, or broke the protocol: no check can be told anything any more.

    No ordinary `except` catches it.
    """


def _pack(error: BaseException, go: Encode) -> list:
    """Names of the classes as module:name, nearest first; the message; the arguments where all of them are plain."""
    names = [f"{kind.__module__}:{kind.__qualname__}"[:200] for kind in type(error).__mro__[:20]]
    try:
        message = str(error)[:MAX_MESSAGE]
    except Exception:
        message = ""
    try:
        file = (error.filename,) if isinstance(error, OSError) and error.filename is not None else ()
        args = go.plainly((*error.args, *file))
    except Exception:
        args = None
    return [names, message, args if args is None or len(str(args)) <= MAX_MESSAGE else None]


def _unpack(parts: list, come: Decode) -> Exception:
    names, message, args = parts
    message = exactly(message, str)[:MAX_MESSAGE]
    args = None if args is None else come.plainly(args)
    for kind in filter(None, map(_known, exactly(names, list))):
        ways = [(kind, args), (kind, [message]), (_unprepared(kind), [message])]
        made = list(filter(None, (_made(make, given) for make, given in ways)))
        if made:
            return next((error for error in made if str(error) == message), made[0])
    first = exactly(names[0], str).rpartition(":")[2][:100]
    return StudentError(f"{first}: {message}" if message else first)


def _made(make: Callable, given: list | None) -> Exception | None:
    """An exception that can be shown, or None where its class wants other arguments."""
    try:
        error = make(*given)
        str(error)
    except Exception:
        return None
    return error


def _unprepared(kind: type[Exception]):
    return lambda message: kind.__new__(kind, message)


def _known(name: Any) -> type[Exception] | None:
    """The class that `name` stands for, where it is one that may cross."""
    module, _, qualified = exactly(name, str).partition(":")
    if module == "builtins":
        kind = getattr(builtins, qualified, None)
    elif module in KNOWN_MODULES.split() and module in sys.modules:
        kind = getattr(sys.modules[module], qualified, None)
    else:
        return None
    return kind if isinstance(kind, type) and issubclass(kind, Exception) else None


RAISED = (Kind("raised", BaseException, _pack, _unpack),)

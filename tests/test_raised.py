"""Exceptions cross by name, message and plain arguments, and arrive as what a check can expect."""

import asyncio
import json
import sqlite3
import subprocess

import numpy as np
import pytest

from autograder.raised import StudentError, StudentGone
from autograder.values import decode, encode


def through(error: BaseException) -> Exception:
    """An exception as it arrives."""
    return decode(json.loads(json.dumps(encode(error))))


@pytest.mark.parametrize(
    "error",
    [
        ValueError("no"),
        KeyError("a"),
        KeyError(("a", 1)),
        StopIteration(3),
        ZeroDivisionError("division by zero"),
        FileNotFoundError(2, "No such file", "a.txt"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
        sqlite3.OperationalError("no such table: t"),
        subprocess.CalledProcessError(3, "ls"),
        json.JSONDecodeError("Expecting value", "x", 0),
        np.linalg.LinAlgError("Singular matrix"),
        ValueError(),
    ],
    ids=repr,
)
def test_an_exception_arrives_with_class_and_message(error):
    """So `except` and `pytest.raises(match=…)` of a check work as they do in one process."""
    arrived = through(error)
    assert (type(error), str(error)) == (type(arrived), str(arrived))


def test_a_class_of_the_students_arrives_as_the_nearest_that_is_known():
    """With its message."""
    empty = type("Empty", (LookupError,), {})
    mine = type("Mine", (Exception,), {})
    assert [LookupError, Exception] == [type(through(kind("no"))) for kind in (empty, mine)]
    assert str(through(mine("no"))) == "no"


@pytest.mark.parametrize("error", [SystemExit(0), KeyboardInterrupt(), GeneratorExit(), asyncio.CancelledError()])
def test_what_no_ordinary_code_catches_is_a_students_error(error):
    """It ends no more than the check."""
    arrived = through(error)
    assert type(arrived) is StudentError
    assert type(error).__name__ in str(arrived)
    assert not issubclass(StudentGone, Exception)


@pytest.mark.parametrize(
    "name",
    [
        "builtins:SystemExit",
        "builtins:BaseException",
        "builtins:print",
        "builtins:no",
        "builtins:__import__",
        "autograder.raised:StudentGone",
        "os:system",
        "subprocess:run",
        "sqlite3:Connection",
        "unittest.case:SkipTest",
        "",
        ":",
    ],
)
def test_no_other_name_is_looked_up(name):
    """Only exception classes, and only of modules that are listed."""
    assert type(decode(["raised", [name], "x", None])) is StudentError
    assert type(decode(["raised", [name, "builtins:ValueError"], "x", None])) is ValueError


def test_messages_are_cut_and_arguments_that_do_not_fit_are_left_out():
    """A message of a megabyte is none."""
    arrived = through(ValueError("x" * 10**6))
    assert len(str(arrived)) == 500
    without = decode(["raised", ["builtins:UnicodeDecodeError", "builtins:ValueError"], "3", None])
    assert type(without) is UnicodeDecodeError


def test_an_exception_that_cannot_even_be_shown_arrives_all_the_same():
    """`__str__` is the student's, too."""

    class Silent(ValueError):
        def __str__(self):
            raise RuntimeError

    assert type(through(Silent())) is ValueError

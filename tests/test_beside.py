"""An act runs where the function under check lives."""

import os

import toy

from autograder.airlock import Airlock
from course.beside import beside


def where(function, number):
    """What the act sees: its process, and what the function returns."""
    return os.getpid(), function(number)


def test_a_function_of_this_process_is_met_here():
    """Without an airlock the act is called here, with the function and the other arguments."""
    assert beside(abs, where, -3) == (os.getpid(), 3)


# Either side has numbers of its own for its processes, so a mark tells them apart.
ANSWER = """
import sys
sys.theirs = True
own = lambda number: abs(number)
"""
CHECK = """
import sys
from course.beside import beside

def where(function, number):
    return hasattr(sys, "theirs"), function(number)

assert where(own, -3) == (False, 3)
assert beside(own, where, -3) == (True, 3)
"""


def test_a_function_behind_the_airlock_is_met_there():
    """The act of a check runs in the student's process; what it returns comes back as plain data."""
    source = toy.book(toy.answer("own", ANSWER), toy.check("own_place", CHECK))
    with Airlock() as airlock:
        assert [outcome.message for outcome in airlock.grade(source, source).result.outcomes] == [""]

"""A check stops at the first thing that does not hold; who surveys what a function does may have it go on."""

import pytest

from course import judging
from course.check import CheckFailed, calling, that, together


@pytest.fixture(autouse=True)
def again():
    """Whatever a test has asked for, the next one judges."""
    yield
    judging.pass_over(0)


def wrong(said: list):
    """A function that notes its calls, and is wrong."""
    return lambda x: said.append(x)


def test_so_many_failures_are_passed_over():
    """The next one fails the check; what is called in between is called."""
    said = []
    judging.pass_over(2)
    that(False, "It is not so.")
    calling(wrong(said), 1).returns(2)
    with pytest.raises(CheckFailed):
        calling(wrong(said), 2).returns(2)
    assert said == [1, 2]


def test_in_a_group_of_calls_too():
    """Each is judged in its turn."""
    judging.pass_over(1)
    with pytest.raises(CheckFailed, match="f\\(2\\)"), together():
        for x in (1, 2):

            def f(x):
                return None

            calling(f, x).returns(x)


def test_nothing_is_passed_over_unless_it_is_asked_for():
    """The first failure ends the check."""
    with pytest.raises(CheckFailed):
        that(False, "It is not so.")

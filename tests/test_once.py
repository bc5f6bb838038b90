"""Cases are made once, and again where somebody else will ask for them."""

import pytest

from autograder import once

calls = []


@once.once
def cases(n, *, seed=0, people=()):
    """So many of something."""
    calls.append((n, seed, list(people)))
    return tuple(range(seed, seed + n))


@pytest.fixture(autouse=True)
def anew():
    """Nothing made, nothing noted."""
    calls.clear()
    once.news()


def test_the_same_is_made_once():
    """By its arguments, also such as no dict has for keys."""
    assert cases(3, seed=1, people=["lake"]) is cases(3, seed=1, people=["lake"])
    assert cases(3, seed=1, people=["roe"]) == (1, 2, 3)
    assert calls == [(3, 1, ["lake"]), (3, 1, ["roe"])]


def test_what_was_made_is_news_once():
    """By name and arguments; what was remembered is none."""
    cases(2, seed=10)
    cases(2, seed=10)
    assert once.news() == [(f"{__name__}:cases", "((2,), {'seed': 10})")]
    assert once.news() == []


def test_news_can_be_made_elsewhere():
    """Of the calls that another process had to make this one knows the outcome."""
    once.make([(f"{__name__}:cases", "((2,), {'seed': 20})")])
    assert calls == [(2, 20, [])]
    assert cases(2, seed=20) == (20, 21)
    assert (len(calls), once.news()) == (1, [])


def test_arguments_are_data_and_no_code():
    """What is no plain data, and what is wrong, is passed over: who asks for it will see."""
    for name, arguments in [("cases", "((print('no'),), {})"), ("cases", "(("), ("gone", "((), {})"), ("cases", "1")]:
        once.make([(f"{__name__}:{name}", arguments)])
    assert calls == []

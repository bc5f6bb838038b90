"""Calls are made where their function lives, in order, many in one request."""

import sys
import warnings

import pytest

from course import calls, survey
from course.calls import AT_ONCE, attempt, follow, make, opened, taken


def call(function, *args, limit=None, **kwargs):
    """A chain of one step."""
    return function, ((None, args, tuple(kwargs.items())),), limit


class Elsewhere:
    """Stands for a function in another process. `asked` are the requests that were made of it."""

    def __init__(self, function, answer=None):
        self.function, self.answer, self.asked = function, answer, []

    def __call__(self, *args, **kwargs):
        return self.function(*args, **kwargs)

    def __apply__(self, what, *args):
        self.asked.append(what)
        return self.answer() if self.answer and what is attempt else what(self, *args)


def test_a_chain_calls_a_function_and_then_methods_of_what_came():
    """With keywords, and with things opened that are opened where they are used."""
    assert follow(sorted, ((None, ([2, 3, 1],), (("reverse", True),)), ("index", (3,), ())), None) == 0
    conn = opened(survey.Database(survey.content()))
    assert conn.execute("select count(*) from Person").fetchone() == (5,)
    assert follow(*call(lambda conn: conn.execute("select 1").fetchone(), survey.Database(survey.content()))) == (1,)


def test_items_are_taken_where_a_limit_says_so():
    """Of None there is nothing to take."""
    assert follow(*call(range, 9, limit=2)) == ([0, 1], False)
    assert follow(*call(range, 2, limit=9)) == ([0, 1], True)
    assert follow(*call(lambda: None, limit=2)) is None
    items, error = taken(map(int, ["1", "x"]), 9)
    assert (items, type(error)) == ([1], ValueError)


def test_what_comes_of_each_call_is_given_in_order():
    """A value, or the exception; also SystemExit."""
    made = list(make([call(int, "1"), call(int, "x"), call(sys.exit, 3), call(int, "2")]))
    assert [value for value, _ in made] == [1, None, None, 2]
    assert [type(error) for _, error in made] == [type(None), ValueError, SystemExit, type(None)]


def test_another_process_is_asked_once_for_many_calls():
    """So many at a time as go into one answer; a single one is not wrapped."""
    there = Elsewhere(int)
    assert list(make([call(there, n) for n in range(AT_ONCE + 1)])) == [(n, None) for n in range(AT_ONCE + 1)]
    assert there.asked == [attempt, follow]


def test_behind_a_call_that_raises_none_is_made_until_it_is_asked_for():
    """Whoever stops at the first that fails has not paid for the rest."""
    seen = []

    def note(n):
        seen.append(n)
        return 1 // n

    there = Elsewhere(note)
    made = make([call(there, n) for n in (2, 1, 0, 3)])
    assert [next(made)[0], next(made)[0], type(next(made)[1])] == [0, 1, ZeroDivisionError]
    assert seen == [2, 1, 0]
    assert next(made) == (0, None)
    assert seen == [2, 1, 0, 3]


@pytest.mark.parametrize(
    "answer", [list, lambda: None, lambda: [(1, None)] * 9, lambda: [1, 2], lambda: [(1, 2, 3)], lambda: [(1, "no")]]
)
def test_an_answer_that_is_none_is_asked_for_again_call_by_call(answer):
    """Too large, too many, of another shape: what the other side says of all at once is a claim."""
    there = Elsewhere(abs, answer)
    assert list(make([call(there, n) for n in (-1, -2)])) == [(1, None), (2, None)]
    assert there.asked == [attempt, follow, follow]


def test_a_request_that_fails_as_a_whole_is_made_call_by_call():
    """An exception of the student's that nothing catches over there."""

    def broken():
        raise RuntimeError("gone")

    there = Elsewhere(abs, broken)
    assert list(make([call(there, -1), call(there, -2)])) == [(1, None), (2, None)]


def test_noise_is_not_heard(capsys, recwarn):
    """What functions print and warn of is neither right nor wrong."""

    def noisy():
        print("out")
        print("err", file=sys.stderr)
        warnings.warn("deprecated", stacklevel=1)

    assert list(make([call(noisy), call(noisy)])) == [(None, None)] * 2
    with calls.unheard():
        noisy()
    assert (tuple(capsys.readouterr()), list(recwarn)) == (("", ""), [])

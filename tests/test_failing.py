"""A function that fails for some items: its calls are noted wherever they are made, and it gives in to the stubborn."""

import os
import pickle
import threading
from concurrent.futures import ProcessPoolExecutor

import pytest

from course.failing import ENOUGH, Failing

ERRORS = {-1: ValueError("below zero"), 9: KeyError("nine")}


def test_it_gives_ten_times_the_item_or_raises_its_error():
    """Each item its own error, and its own words."""
    failing = Failing(None, ERRORS)
    assert [failing(item) for item in (0, 3, 1)] == [0, 30, 10]
    with pytest.raises(ValueError, match=r"^below zero$"):
        failing(-1)
    with pytest.raises(KeyError, match="nine"):
        failing(9)


def test_its_calls_are_noted_in_their_order():
    """Those that failed as well, each with the process; of one that was never called there are none."""
    failing = Failing(None, ERRORS)
    assert failing.calls() == []
    for item in (3, -1, 3):
        try:
            failing(item)
        except ValueError:
            continue
    assert failing.calls() == [(item, os.getpid()) for item in (3, -1, 3)]
    assert failing.client == os.getpid()


def test_calls_in_other_processes_are_noted_here():
    """It pickles, and a copy notes its calls for all."""
    failing = Failing(None, ERRORS)
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(failing, range(6))) == [0, 10, 20, 30, 40, 50]
    assert sorted(item for item, _ in failing.calls()) == list(range(6))
    assert os.getpid() not in {pid for _, pid in failing.calls()}


def test_two_of_them_have_nothing_in_common():
    """What is noted of one is not noted of the other."""
    one, other = Failing(None, {}), Failing(None, {})
    one(1)
    assert (len(one.calls()), other.calls()) == (1, [])


def test_notes_of_many_threads_do_not_mix():
    """Every line is whole."""
    failing = Failing(None, {})
    threads = [threading.Thread(target=lambda: [failing(item) for item in range(50)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(item for item, _ in failing.calls()) == sorted(list(range(50)) * 8)


def test_it_gives_in_to_whoever_never_does():
    """After so many failures an item succeeds, so that a check of an endless loop ends; another item still fails."""
    failing = pickle.loads(pickle.dumps(Failing(None, ERRORS)))
    tries = 0
    while True:
        tries += 1
        try:
            assert failing(-1) == -10
            break
        except ValueError:
            assert tries <= ENOUGH
    assert tries == ENOUGH + 1
    with pytest.raises(KeyError):
        failing(9)


def test_the_client_is_where_the_function_under_test_runs():
    """It asks that one, and not the check; and a message calls it f, as a prompt does."""

    class Elsewhere:
        def __apply__(self, act, *args):
            return 4711

    failing = Failing(Elsewhere(), {})
    assert (failing.client, repr(failing)) == (4711, "f")

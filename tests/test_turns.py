"""Turns are counted, whatever a clock says."""

import threading
import time

from course import turns


def test_what_is_true_is_not_waited_for():
    """No turn is spent."""
    spent = []
    assert turns.until(lambda: True, 10, spent.append) is True
    assert spent == []


def test_waiting_ends_when_it_is_true():
    """After as many turns as that took."""
    spent = []
    assert turns.until(lambda: len(spent) == 3, 10, spent.append) is True
    assert spent == [turns.TURN] * 3


def test_waiting_in_vain_has_all_its_turns():
    """However long each of them takes; and after the last one is looked once more."""
    spent = []
    assert turns.until(lambda: False, 0.1, spent.append) is False
    assert len(spent) == 20
    looks = iter([False, True])
    assert turns.until(lambda: next(looks), turns.TURN, spent.append) is True


def test_no_patience_is_one_look():
    """And no turn."""
    assert turns.until(lambda: False, 0.004, lambda _: 1 / 0) is False
    assert turns.until(lambda: True, 0) is True


def test_a_turn_lets_others_work():
    """Another thread comes to its end meanwhile, and the waiting lasts at least as long as it says."""
    event = threading.Event()
    threading.Thread(target=event.set).start()
    assert turns.until(event.is_set, 60)
    before = time.monotonic()
    assert not turns.until(lambda: False, 0.05)
    assert time.monotonic() - before >= 0.05

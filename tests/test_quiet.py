"""Waiting ends when nobody can come any more, and not before, however long those who can come take."""

import multiprocessing
import os
import threading
import time
from contextlib import contextmanager

import pytest

from course import quiet

linux = pytest.mark.skipif(not quiet.ENDLESS, reason="this system does not tell who is blocked")
LONG = 1e6  # seconds of patience: whoever needed it would never come to an end


@contextmanager
def beside(*works):
    """Threads at these works meanwhile."""
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    yield threads
    for thread in threads:
        thread.join()


@linux
def test_nobody_is_waited_for_where_all_are_blocked():
    """A lock, a condition, a pipe that is empty or full, the end of a process: they end by somebody else alone."""
    lock, condition, (pipe, end) = threading.Lock(), threading.Condition(), os.pipe()
    (full, into), much = os.pipe(), b"." * 2**20
    child = multiprocessing.get_context("fork").Process(target=os.read, args=(pipe, 1))
    child.start()
    lock.acquire()

    def waits():
        with condition:
            condition.wait()

    with quiet.act(), beside(lock.acquire, waits, lambda: os.read(pipe, 1), child.join, lambda: os.write(into, much)):
        assert not quiet.until(lambda: False, LONG)
        left = len(much)
        while left:
            left -= len(os.read(full, left))
        lock.release()
        os.write(end, b"..")
        with condition:
            condition.notify_all()


@linux
@pytest.mark.parametrize("work", [lambda: time.sleep(0.3), lambda: spin(0.3), lambda: threading.Event().wait(0.3)])
def test_who_sleeps_or_works_is_waited_for(work):
    """He comes by himself."""
    came = threading.Event()

    def comes():
        work()
        came.set()

    with quiet.act(), beside(comes):
        assert quiet.until(came.is_set, LONG)


@linux
def test_a_process_that_works_is_waited_for():
    """What comes then wakes a thread that was blocked."""
    came = threading.Event()
    with quiet.act():
        child = multiprocessing.get_context("fork").Process(target=spin, args=(0.5,))
        child.start()
        with beside(lambda: (child.join(), came.set())):
            assert quiet.until(came.is_set, LONG)


@linux
def test_who_was_there_before_and_sleeps_is_not_waited_for():
    """As threads do that belong to a notebook; but one that is at work is."""
    stop, work, came = threading.Event(), threading.Event(), threading.Event()

    def sleeps():
        while not stop.is_set():
            time.sleep(0.001 if work.is_set() else 0.2)
            if work.is_set():
                spin(0.3)
                came.set()
                break

    with beside(sleeps):
        with quiet.act():
            assert not quiet.until(lambda: False, LONG)
            work.set()
            time.sleep(0.25)
            assert quiet.until(came.is_set, LONG)
        stop.set()


@linux
def test_the_last_to_come_gives_up_first():
    """And the one whom he then lets in has waited for the right one."""
    inside, came, order = threading.Event(), threading.Event(), []

    def first():
        inside.set()
        order.append(quiet.until(came.is_set, LONG))

    def second():
        inside.wait()
        while not quiet._waiting:
            time.sleep(0.001)
        order.append(quiet.until(lambda: False, LONG))
        came.set()

    with quiet.act(), beside(first, second) as threads:
        assert quiet.until(lambda: not any(thread.is_alive() for thread in threads), LONG, last=True)
    assert order == [False, True]


def test_who_goes_on_during_a_look_is_at_work(monkeypatch):
    """The judge has to look again."""
    looks = []

    def look(_, waiting, me):
        looks.append(waiting)
        quiet._waiting.pop(-1, None)
        return quiet.BLOCKED

    monkeypatch.setattr(quiet.Watch, "look", look)
    quiet._waiting[-1] = [7]
    assert not quiet.until(lambda: False, LONG, last=True)
    assert looks == [{-1: 7}, {}]


@linux
def test_two_who_wait_for_nothing_both_end():
    """One after the other, and the judge after both."""
    ended = []
    works = [lambda: ended.append(quiet.until(lambda: False, LONG))] * 3
    with quiet.act(), beside(*works):
        assert quiet.until(lambda: len(ended) == 3, LONG, last=True)
    assert ended == [False] * 3


def test_patience_ends_waiting_where_nothing_is_told(monkeypatch):
    """So many seconds, and a part of them the next time."""
    monkeypatch.setattr(quiet, "ENDLESS", {})
    spent = []
    patience = quiet.Patience(10 * quiet.TURN)
    assert not patience.until(lambda: False, spent.append)
    assert not patience.until(lambda: False, spent.append)
    assert spent == [quiet.TURN] * 12
    assert patience.until(lambda: True, spent.append)


@linux
def test_turns_of_others_who_work_count_for_less():
    """Who has no processor yet is on the way."""
    stop, spent = threading.Event(), []

    def works():
        while not stop.is_set():
            pass

    def pause(seconds):
        spent.append(seconds)
        time.sleep(seconds)

    with beside(works):
        assert not quiet.until(lambda: False, 5 * quiet.TURN, pause)
        stop.set()
    assert 5 < len(spent) <= 5 * quiet.ON_THE_WAY


def spin(seconds):
    """Be at work."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass

"""A shared counter loses what can be lost, and nothing else; threads that are started are seen."""

import sys
import threading

import pytest

from course import shared
from course.shared import Counter, Meeting, Step


def run(*threads):
    """Start all, and then wait for all."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def adding(counter, name="", lock=None, times=1):
    """A thread that adds 1, so many times."""

    def add():
        for _ in range(times):
            if lock:
                with lock:
                    counter.value += 1
            else:
                counter.value += 1

    return threading.Thread(target=add, name=name or None)


def test_an_update_is_lost_every_time():
    """Two threads read the same number, in order, and each writes its successor."""
    for _ in range(20):
        counter = Counter(patience=30)
        run(adding(counter, "Ada"), adding(counter, "Bo"))
        assert counter.total == 1
        assert {step.value for step in counter.steps if step.what == "reads"} == {0}
        first, second = (step.thread for step in counter.steps[:2])
        assert counter.steps[2:] == [Step(first, "writes", 1), Step(second, "writes", 1)]


def test_under_a_lock_nothing_is_lost():
    """Whoever reads waits in vain for another reader, and goes on."""
    counter, lock = Counter(5, patience=0.05), threading.Lock()
    run(*(adding(counter, lock=lock, times=5) for _ in range(3)))
    assert counter.total == 20


def test_looking_at_the_total_waits_for_nobody():
    """`total` and the words of the counter make no note."""
    counter = Counter(3)
    assert (counter.total, repr(counter), counter.steps) == (3, "Counter(3)", [])


def test_the_total_is_not_written():
    """Who wrote it would get round the race, which is what a counter is for."""
    with pytest.raises(AttributeError):
        Counter(3).total += 1


def test_a_meeting_has_all_or_ends():
    """`met` where so many were there at once; the most is told."""
    meeting = Meeting(3, patience=30)
    run(*(threading.Thread(target=meeting.wait) for _ in range(3)))
    assert (meeting.met, meeting.most) == (True, 3)
    lonely = Meeting(2, patience=0.01)
    assert (lonely.wait(), lonely.met, lonely.most) == (False, False, 1)


def together(count):
    """Start all, then wait for all."""
    run(*(threading.Thread(target=int) for _ in range(count)))


def one_by_one(count):
    """Wait for each before the next is started."""
    for _ in range(count):
        run(threading.Thread(target=int))


@pytest.mark.parametrize(("start", "at_once"), [(together, 3), (one_by_one, 1)])
def test_threads_that_are_started_are_counted(start, at_once):
    """How many, and how many of them were there at once, however short their work."""
    with shared.started(3, patience=0.1 if at_once == 1 else 30) as seen:
        start(3)
    assert (seen.number, seen.together) == (3, at_once)


def test_the_act_tells_total_threads_and_what_is_left():
    """All four numbers, with a thread that is still there."""
    stop = threading.Event()

    def count_up(counter, threads, times):
        counter.value += threads * times
        threading.Thread(target=stop.wait, daemon=True).start()

    seen = shared.counted(count_up, 2, 3, 10)
    stop.set()
    assert (seen["total"], seen["left"]) == (16, 1)


def apart(counter, threads, times):
    """Each reads under a lock, and writes under it, and lets it go between the two."""
    lock = threading.Lock()

    def add():
        for _ in range(times):
            with lock:
                seen = counter.value
            lock.acquire()
            counter.value = seen + 1
            lock.release()

    run(*(threading.Thread(target=add) for _ in range(threads)))


def whole(counter, threads, times):
    """Each reads and writes under one lock."""
    lock = threading.Lock()
    run(*(adding(counter, lock=lock, times=times) for _ in range(threads)))


def test_who_lets_a_lock_go_too_early_loses_an_update():
    """Between reading and writing another thread gets the lock, also where threads seldom take turns."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(60)
    try:
        assert [shared.counted(apart, 2, 2)["total"] < 4 for _ in range(3)] == [True] * 3
        assert shared.counted(whole, 4, 20, 5)["total"] == 85
    finally:
        sys.setswitchinterval(interval)

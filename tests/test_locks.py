"""A lock works as a lock does, and refuses to wait for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from course.locks import Deadlock, Lock, Wait


def test_it_is_held_by_one_and_given_back():
    """As `threading.Lock`: in a with block, by hand, and by trying."""
    lock = Lock("a")
    with lock:
        assert lock.locked()
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(lock.acquire, blocking=False).result() is False
            assert pool.submit(lock.acquire, timeout=0.01).result() is False
    assert not lock.locked()
    with pytest.raises(RuntimeError, match="release unlocked lock"):
        lock.release()


def test_who_waits_gets_it():
    """A thread that waits goes on when the lock is given back."""
    lock = Lock("a")
    lock.acquire()
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(lock.acquire)
        while not lock.askers - {threading.current_thread()}:
            pass
        assert not waits.done()
        lock.release()
        assert waits.result() is True


def ring(size):
    """The errors of `size` threads, each of which holds one lock and asks for the next one's."""
    taken = [Lock(str(n)) for n in range(size)]
    each_holds_one = threading.Barrier(size)

    def take(n):
        with taken[n]:
            each_holds_one.wait()
            with taken[(n + 1) % size]:
                return n

    with ThreadPoolExecutor(size) as pool:
        return [future.exception() for future in [pool.submit(take, n) for n in range(size)]]


@pytest.mark.parametrize("size", [2, 3, 5])
def test_a_circle_is_refused(size):
    """One thread of the circle is refused, and told of all of it; then the others go on."""
    for _ in range(20):
        (error,) = filter(None, ring(size))
        assert isinstance(error, Deadlock)
        assert len(error.waits) == size
        assert [wait.holder for wait in error.waits] == [wait.thread for wait in error.waits[1:] + error.waits[:1]]


def test_a_thread_does_not_wait_for_itself():
    """The circle of one."""
    lock = Lock("a")
    name = threading.current_thread().name
    with lock, pytest.raises(Deadlock, match="nobody can go on") as caught:
        lock.acquire()
    assert caught.value.waits == (Wait(name, "a", name),)
    assert caught.value.named({name: "Ada"}) == (Wait("Ada", "a", "Ada"),)
    assert lock.refused == [caught.value]


def test_waiting_with_an_end_is_no_deadlock():
    """Who waits for some time only is not refused."""
    one, other = Lock("one"), Lock("other")
    each_holds_one = threading.Barrier(2)

    def take(mine, theirs):
        with mine:
            each_holds_one.wait()
            return theirs.acquire(timeout=0.05)

    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(take, one, other), pool.submit(take, other, one)]
        assert [future.exception() for future in futures] == [None, None]

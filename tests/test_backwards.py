"""Calls that end backwards tell apart who keeps the order of the items and who takes them as they come."""

import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from pathlib import Path

import pytest

from course import backwards
from course.backwards import TIRED, Backwards


def in_order(f, items, workers):
    """A pool, and its map."""
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(f, items))


def as_they_come(f, items, workers):
    """Futures as they are done."""
    with ProcessPoolExecutor(workers) as pool:
        return [future.result() for future in as_completed([pool.submit(f, item) for item in items])]


def unordered(f, items, workers):
    """The map of a pool that keeps no order."""
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        return list(pool.imap_unordered(f, items))


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_order_is_kept(workers):
    """By who keeps it, and nobody is tired of waiting."""
    f = Backwards(workers)
    assert in_order(f, range(8), workers) == list(range(8))
    assert not Path(f.folder, TIRED).exists()


@pytest.mark.parametrize("work", [as_they_come, unordered])
@pytest.mark.parametrize("workers", [2, 4])
def test_who_takes_results_as_they_come_has_another_order(work, workers):
    """Each of several times, and all items."""
    for _ in range(3):
        found = work(Backwards(workers), range(8), workers)
        assert found != list(range(8))
        assert sorted(found) == list(range(8))


def test_the_end_of_the_next_call_is_waited_for():
    """In threads as well."""
    ended = []
    f = Backwards(2)
    with ThreadPoolExecutor(2) as pool:
        for item in (0, 1):
            pool.submit(f, item).add_done_callback(lambda future: ended.append(future.result()))
    assert ended == [1, 0]


def test_who_calls_one_by_one_is_waited_for_once(monkeypatch):
    """Then no more; and is right all the same."""
    waits = []
    monkeypatch.setattr(backwards, "until", lambda done, seconds: waits.append(seconds) or done())
    f = pickle.loads(pickle.dumps(Backwards(2)))
    assert [f(item) for item in range(8)] == list(range(8))
    assert waits == [backwards.PATIENCE]
    assert repr(f) == "f"
    assert Path(f.folder).is_dir()

"""Acts on `fetch_all` bring out order, number, errors and threads that are left."""

from concurrent.futures import ThreadPoolExecutor, as_completed

import pytest

from course import fetching


def right(f, items, workers):
    """A pool, and its map."""
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(f, items))


def in_a_loop(f, items, workers):
    """One after the other."""
    return [f(item) for item in items]


def as_done(f, items, workers):
    """In the order in which they are done."""
    with ThreadPoolExecutor(workers) as pool:
        return [future.result() for future in as_completed([pool.submit(f, item) for item in items])]


def first_in_time(f, items, workers):
    """The error that came first."""
    errors = []

    def tried(item):
        try:
            return f(item)
        except Exception as error:
            errors.append(error)

    results = right(tried, items, workers)
    if errors:
        raise errors[0]
    return results


def all_at_once(f, items, workers):
    """A thread for each item."""
    return right(f, items, len(items) or 1)


def left_open(f, items, workers):
    """Nobody waits for the end of the threads."""
    return list(ThreadPoolExecutor(workers).map(f, items))


@pytest.mark.parametrize("work", [right, in_a_loop, all_at_once, left_open])
def test_the_last_is_done_first_and_the_order_is_kept(work):
    """Results come in the order of the items."""
    assert fetching.backwards(work, [3, 1, 2], 3)["value"] == [(3, "done"), (1, "done"), (2, "done")]


def test_the_order_in_which_they_are_done_is_another():
    """Futures that are done already when one asks come in any order: of ten, hardly ever in the right one."""
    items = list(range(10))
    for _ in range(5):
        value = fetching.backwards(as_done, items, 10)["value"]
        assert [item for item, _ in value] != items
        assert sorted(value) == [(item, "done") for item in items]


@pytest.mark.parametrize(("work", "most"), [(right, 2), (in_a_loop, 1), (all_at_once, 3)])
def test_how_many_are_inside_is_counted(work, most):
    """At most one more than there should be: then the waiting ends."""
    assert fetching.crowded(work, range(8), 2)["most"] == most


@pytest.mark.parametrize(
    ("work", "raised", "inside", "left"),
    [(right, "ValueError", 0, False), (first_in_time, "KeyError", 0, False), (left_open, "ValueError", 1, True)],
)
def test_which_error_comes_out_and_when(work, raised, inside, left):
    """The name of the error, the calls that go on, and whether threads are left, at the moment of the return."""
    for _ in range(5):
        seen = fetching.failing(work, 3)
        assert (seen["raised"], seen["inside"], bool(seen["left"])) == (raised, inside, left)

"""How many threads BLAS may use, which threads were at work, and what a context makes of it."""

import contextlib
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from course import blas

try:
    blas.threads()
except blas.NoBlas as missing:
    pytest.skip(str(missing), allow_module_level=True)
watched = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason=blas.UNSEEN)


def limited(n):
    """Right."""
    return threadpool_limits(n, "blas")


@watched
def test_a_product_of_floats_uses_both_threads_and_one_of_integers_does_not():
    """Ten times each, in turns, with two threads for BLAS, also on one core."""
    for _ in range(10):
        assert list(blas.product(np.dot, 300)) == ["main"]
        assert list(blas.product(lambda a, b: a.astype(float) @ b.astype(float), 800)) == ["main", "worker 1"]


def test_threads_are_counted():
    """What threadpoolctl sets is what is told."""
    for number in (1, 2, 3):
        with limited(number):
            assert blas.threads() == number


def test_what_is_seen_within_contexts():
    """Before, in each, and after each."""
    assert blas.within(limited, [3, 1], 2) == {"seen": [2, 3, 1, 3, 2], "raised": False}
    assert blas.within(limited, [3, 1], 2, True) == {"seen": [2, 3, 1, 2], "raised": True}


def test_a_context_that_does_nothing_is_seen():
    """The number stays; and an error that is swallowed does not come through."""
    assert blas.within(contextlib.nullcontext, [3], 2)["seen"] == [2, 2, 2]
    assert not blas.within(lambda n: contextlib.suppress(Exception), [3], 2, True)["raised"]


def test_without_a_blas_it_is_said(monkeypatch):
    """The message says what NumPy has to bring."""
    monkeypatch.setattr(blas, "threadpool_info", list)
    with pytest.raises(blas.NoBlas, match="NumPy has no BLAS here"):
        blas.threads()


def test_where_threads_cannot_be_watched_it_is_said(monkeypatch, tmp_path):
    """Without /proc/self/task."""
    monkeypatch.setattr(blas, "TASKS", tmp_path)
    with pytest.raises(blas.NoBlas, match="on Linux alone"):
        blas.at_work(int)

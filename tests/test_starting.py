"""A start method is set for one call."""

import multiprocessing

import pytest

from course import starting


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_the_method_holds_within_and_not_after(method):
    """Also after an error."""
    before = multiprocessing.get_start_method(allow_none=True)
    assert starting.under(multiprocessing.get_start_method, method) == method
    with pytest.raises(ZeroDivisionError):
        starting.under(lambda: 1 / 0, method)
    assert multiprocessing.get_start_method(allow_none=True) == before

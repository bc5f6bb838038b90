"""What are rows of short plain values."""

import math

import pytest

from autograder.rows import MAX_CHARACTERS, MAX_VALUES, are_rows


class Text(str):
    """No plain text: it could say anything of itself."""


@pytest.mark.parametrize(
    "rows",
    [
        [(1,)],
        [()],
        [(1, "a", None, True, 0.5), ()],
        [(1,)] * MAX_VALUES,
        [("x" * MAX_CHARACTERS,)],
        [(2**1000, -(2**1000))],
    ],
    ids=range(6),
)
def test_rows_are_known_and_counted(rows):
    """Each row and each value counts once."""
    counted = []
    assert are_rows(rows, tuple, counted.append)
    assert counted == [len(rows) + sum(map(len, rows))]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        (),
        None,
        "ab",
        [1],
        [[1]],
        [(1,), [1]],
        [((1,),)],
        [(b"x",)],
        [(Text("x"),)],
        [(math.nan,)],
        [(math.inf,), (-math.inf,)],
        [(10**400,)],
        [(10**400, -(10**400), 0.5)],
        [(1,)] * (MAX_VALUES + 1),
        [("x" * (MAX_CHARACTERS + 1),)],
        [("\ud800",)],
    ],
    ids=range(17),
)
def test_everything_else_is_taken_apart_value_by_value(rows):
    """Where that has its own rules."""
    assert not are_rows(rows, tuple, lambda count: None)

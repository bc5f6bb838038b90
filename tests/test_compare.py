"""What counts as the same, and the words for what does not."""

import math
import sqlite3
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import survey
from course.compare import a_, difference, same, shown, unmatched

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inside: st.lists(inside) | st.tuples(inside, inside) | st.dictionaries(st.text(), inside),
    max_leaves=12,
)


class Liar:
    """Equal to everything, and a number, a text and a list if one asks it."""

    def __init__(self, kind=str):
        self.kind = kind

    __class__ = property(lambda self: self.kind)
    __hash__ = None

    def __eq__(self, other):
        return True

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())


class LyingText(str):
    """A text that says that it is every text."""

    __hash__ = None

    def __eq__(self, other):
        return True

    def __str__(self):
        return "a"


@given(plain)
def test_a_value_is_the_same_as_itself(value):
    """Whatever it holds, NaN included."""
    assert same(value, value)
    assert difference(value, value) == ""


def test_rows_of_plain_values_are_compared_at_once_and_others_one_by_one():
    """A row that only says that it is equal is not."""
    assert same([(1, "a", None), (2, b"b", 0.5)], [(1.0, "a", None), (2, b"b", 0.5)])
    assert not same([(1, LyingText("b"))], [(1, "a")])
    assert not same([(1, Liar())], [(1, "a")])
    assert not same([[1, "a"]], [(1, "a")])


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (734, 734.0),
        (734.0, 734),
        (0.1 + 0.2, 0.3),
        (1e-12, 0.0),
        (math.nan, math.nan),
        (np.float64(0.5), 0.5),
        (np.int64(3), 3),
        (np.float32(0.5), 0.5),
        (np.str_("lake"), "lake"),
        (np.bool_(True), True),
        ([(1, np.float64(0.05))], [(1, 0.05)]),
        ({"a": 0.1 + 0.2}, {"a": 0.3}),
        (Decimal("1.5"), Decimal("1.50")),
    ],
)
def test_values_that_count_as_the_same(actual, expected):
    """Integers and equal floats, floats within the tolerance, NumPy's scalars."""
    assert same(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (None, math.nan),
        (math.nan, None),
        (math.nan, 0.5),
        (0, None),
        ("734", 734),
        (0.3001, 0.3),
        (math.inf, 1e308),
        ((1, 2), [1, 2]),
        ([1, 2], (1, 2)),
        ([1], [1, 2]),
        (iter([1]), [1]),
        ({"a": 1}, {"a": 1, "b": None}),
        ("", None),
        (b"a", "a"),
        (LyingText("b"), "a"),
    ],
)
def test_values_that_are_different(actual, expected):
    """Kinds are not mixed, and nothing becomes right by saying so itself."""
    assert not same(actual, expected)
    assert difference(actual, expected) != ""


@pytest.mark.parametrize("expected", ["a", 0.5, 1, True, [], (), {}, None, b""], ids=repr)
def test_an_object_that_says_that_it_is_equal_is_not(expected):
    """Neither its `==` nor its `__class__` is asked."""
    assert not same(Liar(type(expected)), expected)
    assert difference(Liar(type(expected)), expected) != ""


def test_a_subclass_counts_as_what_it_holds():
    """A text of a subclass is that text, whatever its own methods say."""
    assert same(LyingText("b"), "b")


def test_the_tolerance_can_be_chosen():
    """Relative, and absolute near zero."""
    assert same(100.4, 100.0, tolerance=0.01)
    assert not same(102.0, 100.0, tolerance=0.01)


@given(st.lists(st.integers(0, 3), max_size=8), st.randoms())
def test_a_multiset_has_no_order(items, rng):
    """A shuffled list lacks nothing and has nothing too many."""
    shuffled = rng.sample(items, len(items))
    assert unmatched(shuffled, items) == ([], [])
    assert difference(shuffled, items, any_order=True) == ""


def test_a_multiset_counts():
    """What comes twice is needed twice."""
    assert unmatched([1, 2, 2, 4], [1, 1, 2, 3]) == ([1, 3], [2, 4])


@pytest.mark.parametrize(
    ("actual", "expected", "said"),
    [
        (None, [1], "None instead of a list (is there a `return`?)"),
        (None, 5, "None instead of an int (is there a `return`?)"),
        ((1,), [1], "a tuple instead of a list"),
        (4, 5, "4 instead of 5"),
        ([2, 1], [1, 2], "the right items, in another order"),
        ([1], [1, 2], "2 is missing"),
        ([1, 7], [1], "7 is too many"),
        ([1, 7, 8], [1, 2], "2 is missing, and 7 and 8 are too many"),
        ([], [1, 2, 3], "3 items are missing"),
        ([(1, None)], [(1, 0.5)], "(1, 0.5) is missing, and (1, None) is too many"),
        ([(1, 2, 3)], [(1, 2)], "an item holds 3 values instead of 2"),
        ([(1,)], [1], "the items are tuples instead of ints"),
        ([{"a": 1}], [(1,)], "the items are dicts instead of tuples"),
        ([None], [1], "1 is missing, and None is too many"),
    ],
)
def test_a_difference_is_said_in_a_line(actual, expected, said):
    """What is missing and what is too many; the kind, where the kind is wrong."""
    assert said == difference(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "said"),
    [
        (4, 5, "another value"),
        ([1, 7, 8], [1, 2], "1 item is missing, and 2 items are too many"),
        ((1,), [1], "a tuple instead of a list"),
        ([(1, 2, 3)], [(1, 2)], "an item holds 3 values instead of 2"),
    ],
)
def test_a_difference_can_be_said_without_values(actual, expected, said):
    """What the inputs of a hidden test were cannot be seen from it."""
    assert said == difference(actual, expected, show=False)


def test_what_is_shown_holds_no_address_and_no_temporary_folder():
    """Connections, cursors, rows, paths and frames by what matters about them."""
    conn = survey.connect()
    assert shown(conn) == "conn"
    assert shown(conn.cursor()) == "a cursor"
    assert shown(item for item in ()) == "a generator"
    assert shown(Path("/tmp/x/survey.db")) == "Path('…/survey.db')"
    assert shown(Path("survey.db")) == "Path('survey.db')"
    assert shown(pd.DataFrame({"a": [1, 2]})) == "a DataFrame of 2 rows with the columns ['a']"
    assert shown(object()) == "<object object>"
    assert shown([np.float64(0.5), np.int64(3)]) == "[0.5, 3]"
    conn.row_factory = sqlite3.Row
    assert shown(conn.execute("select * from Person").fetchone()) == "Row('dyer', 'William', 'Dyer')"
    conn.close()


def test_what_is_shown_is_short_and_never_an_error():
    """Long values are cut; a class that only looks like one that is known is named."""
    assert shown(list(range(1000))) == "[0, 1, 2, 3, 4, 5, ...]"
    assert shown(type("Row", (), {})()) == "a Row"


def test_what_stands_for_something_elsewhere_is_named_by_the_class_that_it_claims():
    """A stand-in for a cursor is no list, and a cursor to the reader."""
    stand_in = Liar(sqlite3.Cursor)
    assert shown(stand_in) == "a cursor"
    assert difference(stand_in, [1]) == "a Cursor instead of a list"
    assert difference([stand_in], [(1,)]) == "the items are Cursors instead of tuples"


def test_a_type_has_its_article():
    """As one would say it."""
    assert [a_(int), a_(list)] == ["an int", "a list"]

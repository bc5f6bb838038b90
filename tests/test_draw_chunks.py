"""Bytes held, and bytes sent, are drawn as they were measured."""

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from course import draw

FEW = settings(max_examples=15, deadline=None)


def test_the_smallest_chunk_stands_first():
    """Whatever the order of measuring; each with its bytes."""
    picture = draw.memory({1000: 16132, 10: 292})
    assert picture.alt == "Bytes held at once, by rows per chunk. 10 rows: 292 bytes; 1,000 rows: 16,132 bytes."
    assert picture.svg == draw.memory({10: 292, 1000: 16132}).svg


def test_what_travels_is_named_and_rounded():
    """In the order in which it was given, to one digit: a byte more or less is the affair of a library's version."""
    picture = draw.sent({"the path": 37, "10,000 rows": 80_612, "nothing": 0})
    assert picture.alt == (
        "Bytes that travel to each worker. the path: about 40 bytes; 10,000 rows: about 80,000 bytes; "
        "nothing: about 0 bytes."
    )
    assert picture.svg == draw.sent({"the path": 37, "10,000 rows": 80_612, "nothing": 0}).svg


@FEW
@given(st.dictionaries(st.integers(1, 10**9), st.integers(0, 10**12), max_size=6))
def test_any_measure_can_be_drawn(held):
    """None, nothing at all, and very much."""
    assert ElementTree.fromstring(draw.memory(held).svg).tag.endswith("svg")

"""Outputs from the student's side are claims: what comes through, nbformat accepts."""

import nbformat
from hypothesis import given
from hypothesis import strategies as st

from autograder import notebook
from autograder.outputs import CUT, MAX_OUTPUTS, accepted

WORDS = """
output_type stream name stdout stderr text display_data execute_result error data text/plain text/html image/png
application/json execution_count metadata ename evalue traceback
"""
words = st.sampled_from([*WORDS.split(), "half \ud800", ""])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(words, inside, max_size=6),
    max_leaves=20,
)
bundles = st.dictionaries(words, values, max_size=4)
claims = st.one_of(
    st.fixed_dictionaries({"output_type": st.just("stream"), "name": words, "text": values}),
    st.fixed_dictionaries({"output_type": st.just("display_data"), "data": bundles, "metadata": values}),
    st.fixed_dictionaries({"output_type": st.just("execute_result"), "data": bundles, "execution_count": values}),
    st.fixed_dictionaries(
        {"output_type": st.just("error"), "ename": words, "evalue": words, "traceback": st.lists(values)}
    ),
    values,
)


@given(st.one_of(st.lists(claims), values))
def test_whatever_is_claimed_can_be_written_into_a_notebook(claim):
    """As text in UTF-8, and valid by nbformat's schema."""
    cell = nbformat.v4.new_code_cell("", id="a", outputs=[nbformat.from_dict(output) for output in accepted(claim)])
    book = nbformat.v4.new_notebook(cells=[cell])
    nbformat.validate(book)
    notebook.text(book).encode("utf-8")


def test_a_count_is_a_number_from_zero():
    """A truth value, or a number below, is none to nbformat."""
    claim = {"output_type": "execute_result", "data": {}}
    counts = [accepted([claim | {"execution_count": count}])[0]["execution_count"] for count in (True, -1, 10**30)]
    assert counts == [1, 0, 1_000_000]
    assert {type(count) for count in counts} == {int}


def test_honest_outputs_come_through():
    """Streams, displays with JSON and images, results, errors."""
    honest = [
        {"output_type": "stream", "name": "stdout", "text": "é"},
        {"output_type": "display_data", "data": {"image/png": "AA==", "application/json": {"a": [1]}}, "metadata": {}},
        {"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}, "execution_count": 3},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]},
    ]
    assert honest == accepted(honest)


def test_number_and_size_have_bounds():
    """The rest is cut off, and the reader is told."""
    one = {"output_type": "stream", "name": "stdout", "text": "x"}
    many = accepted([one] * (MAX_OUTPUTS + 1))
    large = accepted([one, one | {"text": "x" * 5_000_000}, one])
    assert (many[-1], len(many), large) == (CUT, MAX_OUTPUTS + 1, [one, CUT])

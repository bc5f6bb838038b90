"""What the student's side answers is taken down as digests: the same values, the same digest, whatever else differs."""

import pytest

from autograder import replies
from autograder.values import Encoder
from course import judging


def digests(*values, **parts) -> list[str]:
    """What is taken down of answers with these values."""
    replies.listen()
    for value in values:
        replies.hear(
            {"ok": True, "value": Encoder(lambda thing: ["handle", id(thing), ["m:C"], []]).whole(value), **parts}
        )
    judging.pass_over(0)
    return replies.taken()


class C:
    """No plain data."""


SAME = {
    "values": ([(1, "a"), None], [(1, "a"), None]),
    "things over there": (C(), C()),
    "sets": ({"a", "b", "c"}, {"c", "b", "a"}),
    "sums in another order": (0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1),
    "names of temporary files": ("box/.checks-a1/x.db is locked", "box/.checks-b2/y.db is locked"),
    "addresses": (ValueError("<C at 0x7f01>"), ValueError("<C at 0x7f02>")),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_what_is_the_same(one, other):
    """Both digests are the same."""
    assert digests(one) == digests(other)


OTHER = {
    "values": (1, 2),
    "types": ((1, 2), [1, 2]),
    "exceptions": (ValueError("a"), ValueError("b")),
    "how many": ([1], [1, 1]),
    "order in a row": ([(1, 2)], [(2, 1)]),
}


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_what_is_not(one, other):
    """Both digests differ."""
    assert [a == b for a, b in zip(digests(one), digests(other), strict=True)] == [False, False]


def test_rows_in_another_order_are_loosely_the_same():
    """The strict digest tells them apart."""
    rows = [(1, "a"), (2, "b"), (3, "c")]
    strict, loose = zip(digests(rows), digests(rows[::-1]), strict=True)
    assert (len(set(strict)), len(set(loose))) == (2, 1)


def test_what_is_printed_and_noted_does_not_count():
    """Values alone do, and what was changed in place."""
    assert digests(1) == digests(1, stdout="hello", news=[1], re=7)
    assert digests(1) != digests(1, back=[[0, 2]])


def test_nobody_listens_unless_a_check_asks_for_it():
    """Nothing is taken down in ordinary grading."""
    replies.hear({"ok": True, "value": 1})
    assert replies.taken() is None

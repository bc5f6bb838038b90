"""What a check passes in: copies, names, live things; and what may be changed in place."""

import collections
import textwrap

import numpy as np
import pandas as pd
import pytest

from autograder.arguments import Live, pack, reach, recall, refill, unpack
from autograder.kinds import ValuesError
from autograder.values import Decoder
from course import shared, turns


class Spy:
    """A function that notes how it was called, wherever it is."""

    __live__ = True

    def __init__(self, answer):
        self.answer, self.calls, self.last = answer, [], None

    def __call__(self, *args):
        self.calls.append(args)
        return self.answer


def test_containers_and_other_objects_are_reached_and_constants_are_not():
    """Also through tuples and dicts, once each, and round and round."""
    inner, thing, array = [1, "a"], object(), np.zeros(2)
    outer = [inner, (thing, 1.5), {"k": array}, None]
    outer.append(outer)
    found = reach([outer, inner, 3])
    assert sorted(map(id, [outer, inner, thing, array, outer[2]])) == sorted(map(id, found))


def test_a_container_takes_over_what_another_holds():
    """In place; of the same builtin type, arrays also of the same shape and dtype."""
    pairs = [
        ([1], [2, 3]),
        ({1: 2}, {3: 4}),
        ({1}, {2}),
        (bytearray(b"a"), bytearray(b"bc")),
        (collections.deque([1]), collections.deque([2])),
        (collections.Counter("a"), {"b": 2}),
    ]
    for original, content in pairs:
        refill(original, content)
        assert original == content
    array, frame = np.zeros(2), pd.DataFrame({"a": [1]})
    refill(array, np.array([1.0, 2.0]))
    refill(frame, pd.DataFrame({"b": [1, 2]}))
    assert (array.tolist(), frame.to_dict("list")) == ([1, 2], {"b": [1, 2]})


@pytest.mark.parametrize(
    ("original", "content"),
    [([], {}), ({}, []), ([], ()), ([], None), (np.zeros(2), np.zeros(3)), (np.zeros(2), np.zeros(2, int)), (3, 4)],
)
def test_a_container_takes_over_nothing_else(original, content):
    """What comes back is the student's to choose, but not its type."""
    with pytest.raises(ValuesError):
        refill(original, content)


def test_live_things_tell_each_other_what_they_noted():
    """Once, in both directions, in lists, dicts and sets that both have; other attributes are each side's own."""
    here, there, mine, theirs = Live(), Live(), Spy(1), Spy(1)
    here.number(mine)
    there.keep(0, theirs)
    assert here.number(mine) == 0
    there.take(here.news())
    assert (here.news(), there.news()) == ([], [])
    theirs.calls.append((1, "a"))
    theirs.last = "x"
    notes = mine.calls
    here.take(there.news())
    assert (mine.calls, mine.last) == ([(1, "a")], None)
    assert notes is mine.calls
    mine.calls.clear()
    there.take(here.news())
    assert (theirs.calls, there.news()) == ([], [])


@pytest.mark.parametrize(
    "news", [[[0, "last", ["list"]]], [[1, "calls", ["list"]]], [[0, "calls", ["dict"]]], [[0]], 3]
)
def test_news_of_what_takes_no_notes_is_refused(news):
    """The class of a thing, its other attributes and other things are not to be reached that way."""
    here = Live()
    here.number(Spy(1))
    with pytest.raises((ValuesError, TypeError, ValueError)):
        here.take(news)


def test_a_pickle_holds_copies_names_and_numbers():
    """Of values copies; a definition that both sides have by name; a live thing by number once it is known."""

    def shared():
        return "mine"

    shared.__module__, shared.__qualname__ = "__main__", "shared"
    names = {"__name__": "__main__", "shared": shared}
    here, there, spy = Live(), Live(), Spy(7)
    text = pack([shared, spy, [1]], here, names, {"shared"})
    other = lambda: "theirs"  # noqa: E731
    first = unpack(text, there, {}, {"shared": other})
    assert (first[0], first[1](5), first[2]) == (other, 7, [1])
    here.new.clear()
    again = unpack(pack([spy], here, names, ()), there, {}, {})
    assert again[0] is first[1]
    with pytest.raises(NameError, match="'shared' is not defined"):
        unpack(text, Live(), {}, {})


def test_a_definition_that_was_replaced_since_is_no_longer_named():
    """It goes in by value."""

    def old():
        return "old"

    old.__module__, old.__qualname__ = "__main__", "old"
    text = pack([old], Live(), {"__name__": "__main__", "old": print}, {"old"})
    assert unpack(text, Live(), {}, {"old": None})[0]() == "old"


def test_what_a_module_of_evidence_defines_is_used_as_it_was_sent(monkeypatch):
    """Over there something else may stand in the place of it, of its classes and of their waiting: it gains nothing.

    Of any other module, what stands there is used.
    """
    text = pack([shared.counted, textwrap.dedent], Live(), {"__name__": "__main__"}, ())
    for module, name in ((shared, "counted"), (shared, "Counter"), (turns, "until"), (textwrap, "dedent")):
        monkeypatch.setattr(module, name, "theirs")
    counted, dedent = unpack(text, Live(), {}, {})
    assert counted(lambda counter, *_: None, 2, 1) == {"total": 0, "started": 0, "together": 0, "left": 0}
    assert dedent == "theirs"


def test_the_checker_itself_cannot_use_such_a_pickle():
    """The stand-in for what the other side has raises here."""
    with pytest.raises(TypeError, match="student's side"):
        recall("name", "x")


def test_a_spy_takes_notes_over_there(sides):
    """Of every call, also between requests of a generator; it can be cleared, and is passed by identity."""
    sides.student("def use(f, n): return [f(i) for i in range(n)]\ndef lazily(f):\n  while True: yield f()\nkept = []")
    sides.student("def keep(f): kept.append(f); return kept[0] is f")
    text = """
from test_arguments import Spy
spy = Spy(7)
assert use(spy, 2) == [7, 7] and spy.calls == [(0,), (1,)], spy.calls
spy.calls.clear()
steps = lazily(spy)
assert spy.calls == [] and next(steps) == 7 and spy.calls == [()]
next(steps)
assert spy.calls == [(), ()]
assert keep(spy) and keep(spy)
"""
    definition = f"import sys, types\nmodule = types.ModuleType('test_arguments')\nexec({SPY!r}, vars(module))\n"
    definition += "sys.modules['test_arguments'] = module"
    sides.student(definition)
    assert sides.check(definition) == ""
    assert sides.check(text, "use", "lazily", "keep") == ""


SPY = """
class Spy:
    __live__ = True
    def __init__(self, answer): self.answer, self.calls = answer, []
    def __call__(self, *args): self.calls.append(args); return self.answer
"""


def test_a_document_of_news_decodes_to_plain_data_alone():
    """No handle, no given object within."""
    here = Live()
    here.number(Spy(1))
    with pytest.raises(ValuesError):
        here.take([[0, "calls", ["list", ["handle", 1, [], []]]]])
    assert Decoder().whole(["list"]) == []

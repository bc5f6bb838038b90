"""What stays with the student's code can be used from a check, and can flatter none."""

import pytest

CLASSES = """
import collections, dataclasses, enum, types
import matplotlib.pyplot as plt

def square(x, power=2):
    "x to some power."
    return x ** power

def count(n):
    for i in range(n):
        print("made", i)
        yield i
    return "end"

class Book:
    kind = "book"
    def __init__(self, title): self.title, self.pages = title, {}
    def __len__(self): return 7
    def __getitem__(self, key): return self.pages[key]
    def __setitem__(self, key, value): self.pages[key] = value
    def __delitem__(self, key): del self.pages[key]
    def __iter__(self): return iter(self.pages)
    def __repr__(self): return f"Book({self.title!r})"
    def __str__(self): return self.title
    def __format__(self, spec): return f"{self.title:{spec}}"
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    def __bool__(self): return True
    def __add__(self, other): return 42
    def __float__(self): return 42.0
    def same(self, other): return self is other
    def itself(self): return self

class Number:
    def __eq__(self, other): return True
    def __float__(self): return 42.0
    __array_priority__ = 1000
    __lt__ = __le__ = __sub__ = __rsub__ = __add__ = __radd__ = __abs__ = __bool__ = __eq__

class Door:
    def __init__(self): self.said = []
    def __enter__(self): self.said.append("in"); return self
    def __exit__(self, kind, error, trace): self.said.append(kind and kind.__name__); return True
    async def __aenter__(self): return 1
    async def __aexit__(self, *_): return True

async def later(x): return x + 1
async def many():
    for i in range(3): yield i

def axes():
    figure, ax = plt.subplots()
    ax.plot([1, 2], color="red")
    ax.set_title("T")
    return ax

book, door, number = Book("B"), Door(), Number()
Point = dataclasses.make_dataclass("Point", ["x", "y"])
Colour = enum.Enum("Colour", "RED GREEN")
"""


NAMES = "square count book door number Book Door later many axes Point Colour"


@pytest.fixture
def ask(sides):
    """Run a check against `CLASSES`; empty where it passes."""
    sides.student(CLASSES)
    return lambda text: sides.check(text, *NAMES.split())


@pytest.mark.parametrize(
    "text",
    [
        "assert square(3) == 9 and square(2, 3) == 8 and square(x=2, power=5) == 32",
        "assert callable(square) and not callable(book)",
        "assert square.__name__ == 'square' and square.__doc__ == 'x to some power.'",
        "assert square.__defaults__ == (2,) and square.__code__.co_argcount == 2",
        "import inspect\nassert list(inspect.signature(square).parameters) == ['x', 'power']",
        "import functools\nassert functools.partial(square, power=3)(2) == 8",
        "assert list(map(square, [1, 2])) == [1, 4] and sorted([2, 1], key=square) == [1, 2]",
        "assert book.title == 'B' and book.kind == 'book' and book.pages == {}",
        "book.title = 'C'\nassert book.title == 'C' and book.itself() is book",
        "del book.title\nassert not hasattr(book, 'title')",
        "book[1] = 'one'\nassert book[1] == 'one' and list(book) == [1]\ndel book[1]\nassert list(book) == []",
        "assert len(book) == 7",
        "assert 1 not in book\nbook[1] = 2\nassert 1 in book",
        "assert repr(book) == \"Book('B')\" and str(book) == 'B' and f'{book:>3}' == '  B'",
        "assert 'title' in dir(book) and vars(book)['title'] == 'B'",
        "assert getattr(book, 'nothing', 5) == 5",
        "assert Book('X').title == 'X' and isinstance(Book('X'), Book) and not isinstance(3, Book)",
        "assert isinstance(book, Book) and issubclass(Book, Book) and not isinstance(door, Book)",
        "assert book.same(book) and not book.same(Book('B'))",
        "assert Point(1, 2).x == 1 and Colour.RED.name == 'RED' and Colour['GREEN'].value == 2",
    ],
)  # fmt: skip
def test_what_a_thing_can_do_its_handle_can(ask, text):
    """Calls, attributes, items, text, classes."""
    assert ask(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "import types\nassert isinstance(count(1), types.GeneratorType) and not isinstance(book, types.GeneratorType)",
        "from collections.abc import Iterator, Iterable, Sized, Callable\n"
        "assert isinstance(count(1), Iterator) and not isinstance(book, Iterator) and isinstance(book, Iterable)\n"
        "assert isinstance(book, Sized) and not isinstance(count(1), Sized) and isinstance(square, Callable)",
        "from matplotlib.axes import Axes\nfrom matplotlib.figure import Figure\n"
        "assert isinstance(axes(), Axes) and isinstance(axes().figure, Figure) and not isinstance(axes(), Figure)",
        "assert inspect.isfunction(square) and inspect.isgenerator(count(1)) and inspect.iscoroutinefunction(later)",
        "assert not isinstance(book, (int, float, str, list, dict, Exception, type))",
    ],
)
def test_a_handle_is_of_the_class_that_it_stands_for(ask, text):
    """Where the checker knows that class."""
    assert ask(f"import inspect\n{text}") == ""


def test_a_plot_is_looked_at_through_its_handle(ask):
    """Title, lines, colours, data: as plain data."""
    assert (
        ask("""
ax = axes()
assert ax.get_title() == "T" and len(ax.lines) == 1
line = ax.lines[0]
assert line.get_color() == "red" and line.get_ydata().tolist() == [1, 2]
assert [line.get_color() for line in ax.get_lines()] == ["red"]
""")
        == ""
    )


def test_a_generator_is_as_lazy_as_it_is(ask, sides):
    """One item a request; it ends, is closed, is sent to, and says what it returns."""
    assert (
        ask("""
g = count(10**9)
assert next(g) == 0 and next(g) == 1
g.close()
assert list(g) == [] and list(count(3)) == [0, 1, 2] and sum(count(4)) == 6
last = count(0)
try: next(last)
except StopIteration as stop: assert stop.value == "end"
def through(): result = yield from count(2); assert result == "end"
assert list(through()) == [0, 1]
first, *_ = zip(count(10**9), "ab")
""")
        == ""
    )
    assert sides.session.printed.count("made") < 20


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("assert book == 1", "what the check asserts does not hold"),
        ("assert 1 == book", "what the check asserts does not hold"),
        ("assert book == book", "what the check asserts does not hold"),
        ("assert [book] == [1]", "what the check asserts does not hold"),
        ("assert not (book != 1)", "what the check asserts does not hold"),
        ("assert book in [1, 2]", "what the check asserts does not hold"),
        ("assert book", "truth"),
        ("assert not book", "truth"),
        ("assert book < 1", "order"),
        ("assert 1 < book", "order"),
        ("assert abs(book - 1) < 5", "arithmetic"),
        ("assert 1 + book", "arithmetic"),
        ("import numpy as np\nassert np.isclose(number, 42)", "TypeError"),
        ("import numpy as np\nassert np.float64(1) + number", "TypeError"),
        ("import numpy as np\nnp.testing.assert_allclose(number, 42)", "TypeError"),
        ("import math\nassert math.isclose(book, 42)", "TypeError"),
        ("assert float(book) == 42", "TypeError"),
        ("assert int(book)", "TypeError"),
        ("assert [1, 2][book]", "TypeError"),
        ("import pandas as pd\npd.testing.assert_frame_equal(book, pd.DataFrame())", "DataFrame"),
    ],
)
def test_a_handle_flatters_nobody(ask, text, why):
    """The class behind it says yes to everything; of a handle there is no equality, truth, order or arithmetic."""
    assert why in ask(text)


def test_what_libraries_ask_of_an_object_is_not_asked_of_the_student(sides):
    """numpy would read memory at an address that it is told; IPython would show HTML."""
    sides.student("""
class Evil:
    asked = []
    def __getattr__(self, name):
        Evil.asked.append(name)
        return {"data": (0xdeadbeef, False), "shape": (10**6,), "typestr": "<f8", "version": 3}
    __array_interface__ = property(lambda self: {"data": (8, False), "shape": (9,), "typestr": "<f8", "version": 3})
    def __array__(self, *_): return 1
    def _repr_html_(self): return "<script>"
    def __len__(self): return 2
    def __getitem__(self, i): return [1, 2][i]
evil = Evil()
""")
    text = """
import copy, pickle
import numpy as np
import pandas as pd
assert np.asarray(evil).tolist() == [1, 2]
for ask in (np.array, np.mean, pd.Series, pd.DataFrame, copy.copy, copy.deepcopy, pickle.dumps):
    try: ask(evil)
    except (TypeError, ValueError): pass
display(evil)
assert not [name for name in evil.asked if "array" in name or "repr" in name], evil.asked
"""
    report = sides.report(text, "evil")
    assert report["message"] == ""


def test_a_context_is_entered_and_left_over_there(ask):
    """With the exception that leaves it."""
    text = "with door as inside:\n    assert inside is door and door.said == ['in']\nassert door.said == ['in', None]"
    assert ask(text) == ""


@pytest.mark.parametrize("wrong", ["assert False", "[][0]", "raise ValueError", "door.nothing", "1 / 0"])
def test_a_context_swallows_nothing_of_the_checks(ask, wrong):
    """`__exit__` of the student's may answer True: the check has failed all the same."""
    assert ask(f"with door:\n    {wrong}") != ""
    assert ask(f"async with door:\n    {wrong}") != ""


def test_a_context_cannot_turn_one_exception_into_another(sides):
    """One that the check expects, in place of the assertion that failed."""
    sides.student("class C:\n  def __enter__(s): pass\n  def __exit__(s, *a): raise ValueError")
    text = "try:\n    with C():\n        assert False\nexcept ValueError:\n    pass"
    assert sides.check(text, "C") == "what the check asserts does not hold"
    assert sides.check("try:\n    with C(): pass\nexcept ValueError: pass", "C") == ""


@pytest.mark.parametrize(
    "text",
    [
        "assert await later(1) == 2",
        "async with door as inside: assert inside == 1",
        "assert [i async for i in many()] == [0, 1, 2]",
        "import asyncio\nassert await asyncio.gather(later(1), later(2)) == [2, 3]",
        "import asyncio\nassert await asyncio.wait_for(later(1), 10) == 2",
    ],
)
def test_coroutines_are_awaited_over_there(ask, text):
    """At the top of a cell, alone or several."""
    assert ask(text) == ""


def test_a_class_that_is_claimed_must_be_known_and_be_of_no_plain_data(sides):
    """A handle is never an int, an array, an exception, whatever it says."""
    sides.student("""
def claiming(module, name, *bases):
    kind = type(name, bases, {})
    kind.__module__ = module
    return kind()
names = "builtins:int numpy:ndarray builtins:ValueError os:path pandas:DataFrame builtins:type __main__:trap x:y :"
odd = [claiming(*name.split(":")) for name in names.split()]
""")
    assert (
        sides.check(
            """
import os, numpy, pandas
trap = odd[0]
for thing in odd:
    assert not isinstance(thing, (int, numpy.ndarray, pandas.DataFrame, Exception)), thing
    thing.__class__
""",
            "odd",
        )
        == ""
    )


def test_handles_that_are_not_used_any_more_are_forgotten(sides):
    """The student's side keeps alive what the checker holds, and no more."""
    sides.student("""
import weakref
class Thing: pass
made = []
def make():
    thing = Thing(); made.append(weakref.ref(thing)); return thing
def alive(): return sum(ref() is not None for ref in made)
""")
    text = "things = [make() for _ in range(5)]\nassert alive() == 5\ndel things[1:]\nalive()\nassert alive() == 1"
    assert sides.check(text, "make", "alive") == ""


def test_a_function_can_be_applied_over_there(sides):
    """One request for what would take many: the thing itself is its first argument."""
    sides.student("def numbers():\n    yield from range(5)\ngenerator = numbers()")
    text = "import itertools\ndef first(items, n): return list(itertools.islice(items, n))\n"
    assert sides.check(f"{text}assert type(generator).__apply__(generator, first, 2) == [0, 1]", "generator") == ""
    assert sides.check(f"{text}assert type(generator).__apply__(generator, first, 9) == [2, 3, 4]", "generator") == ""

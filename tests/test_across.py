"""Names and calls over there, as if they were here."""

import pytest


def test_plain_values_arrive_as_copies_as_they_are_when_the_check_begins(sides):
    """What the checker does to its copy is no concern of the student's."""
    sides.student("data = [1]\ndef get(): return data")
    assert sides.check("data.append(2)\nassert get() == [1]", "data", "get") == ""
    sides.student("data = [5]")
    assert sides.check("assert data == [5]", "data") == ""


def test_a_name_that_is_not_there_is_a_name_error(sides):
    """Also where the checker has one of its own from before; and the student reads its name."""
    assert sides.check("f = 1") == ""
    assert sides.check("f", "f") == "f is not defined"


def test_names_are_deleted_and_assigned_over_there(sides):
    """At the latest before the next call, however the check does it; and at its end."""
    sides.student("def f(x): return g(x) + N\ndef g(x): return x\nN = 1")
    assert (
        sides.check(
            """
assert f(1) == 2
old = g
del g
try: f(1)
except NameError: pass
else: assert False
g = lambda x: 10 * x
assert f(1) == 11
globals()["N"] = 5
assert f(1) == 15
g = old
def change():
    global N
    N = 7
change()
assert f(1) == 8
N = [1]
""",
            "f",
            "g",
            "N",
        )
        == ""
    )
    assert sides.check("assert N == [1]\ndel N", "N") == ""
    assert sides.check("N", "N") == "N is not defined"
    assert sides.check("assert g(3) == 3", "g") == ""


def test_what_is_watched_is_bound_over_there_when_the_check_binds_it(sides):
    """A check may set the scene: an `input` of its own, a number that the answer reads."""
    sides.student("def f(): return input('?') + str(N)")
    assert sides.check("input = lambda prompt: prompt * 2\nN = 3\nassert f() == '??3'", "f", watch=["input", "N"]) == ""


def test_arguments_that_were_changed_in_place_are_changed_here(sides):
    """Lists, dicts, sets, deques, arrays, frames; also within one another; the objects stay the same."""
    sides.student("""
def change(*things, **more):
    for thing in [*things, *more.values()]:
        match thing:
            case list(): thing.append("new")
            case dict(): thing["new"] = 1
            case set(): thing.add("new")
            case tuple(): thing[0].append("new")
            case _: thing.append("new")
def sort(a): a.sort()
def column(frame): frame["b"] = frame.a * 2; frame.drop(index=0, inplace=True)
def fill(series): series[:] = 7
""")
    text = """
import collections, numpy as np, pandas as pd
a, b, c, d, e = [1], {}, set(), ([],), collections.deque([1])
inner = [0]
outer = [inner, {"in": inner}]
change(a, b, c, d, more=e)
assert (a, b, c, d, list(e)) == ([1, "new"], {"new": 1}, {"new"}, (["new"],), [1, "new"]), (a, b, c, d, e)
change(inner, outer)
assert inner == [0, "new"] and outer[0] is inner and outer[1]["in"] is inner and outer[2] == "new"
array = np.array([3, 1, 2]); view = array[:]
sort(array)
assert array.tolist() == [1, 2, 3] == view.tolist()
frame = pd.DataFrame({"a": [1, 2]}); same = frame
column(frame)
assert same is frame and frame.to_dict("list") == {"a": [2], "b": [4]} and list(frame.index) == [1]
series = pd.Series([1, 2]); fill(series)
assert series.tolist() == [7, 7]
"""
    assert sides.check(text, "change", "sort", "column", "fill") == ""


def test_what_goes_in_and_comes_out_is_the_same(sides):
    """By `is`: lists, functions, connections, things of the student's own."""
    sides.student("def same(x): return x\nclass C: pass\nc = C()")
    text = """
import sqlite3
function, conn, items = lambda: 1, sqlite3.connect(":memory:"), [1]
for thing in (function, conn, items, c, C):
    assert same(thing) is thing
assert same([items])[0] is items and same({"k": function})["k"] is function
assert same((1, "a")) == (1, "a")
"""
    assert sides.check(text, "same", "c", "C") == ""


def test_a_list_of_things_stays_a_list_of_those_things(sides):
    """Objects of the checker's within a list that was changed are not replaced by stand-ins."""
    sides.student("def add(items): items.insert(0, 'new')")
    text = "class T: pass\nt = T()\nitems = [t, 1]\nadd(items)\nassert items == ['new', t, 1] and items[1] is t"
    assert sides.check(text, "add") == ""


def test_functions_of_the_check_can_be_called_back(sides):
    """They are shipped, with what they close over; what they return is the student's to use."""
    sides.student("def apply(f, xs): return [f(x) for x in xs]")
    text = """
from operator import neg
factor = 3
def times(n): return lambda x: n * x * factor
class Counter:
    def __init__(self): self.n = 0
    def __call__(self, x): self.n += x; return self.n
assert apply(times(2), [1, 2]) == [6, 12]
assert apply(neg, [1]) == [-1] and apply(str.upper, ["a"]) == ["A"]
assert apply(Counter(), [1, 2]) == [1, 3]
assert apply(apply.__name__.count, ["p"]) == [2]
"""
    assert sides.check(text, "apply") == ""


def test_exceptions_are_raised_here_by_their_class(sides):
    """A teacher's `except` works, for builtin classes and for those of known modules."""
    sides.student("""
import sqlite3
class Mine(KeyError): pass
def fail(how):
    if how == "exit": raise SystemExit(3)
    if how == "sql": sqlite3.connect(":memory:").execute("nonsense")
    raise {"value": ValueError("bad", 3), "mine": Mine("m")}[how]
""")
    text = """
import sqlite3, pytest
with pytest.raises(ValueError, match="bad") as caught: fail("value")
assert caught.value.args == ("bad", 3)
with pytest.raises(KeyError): fail("mine")
with pytest.raises(sqlite3.OperationalError, match="syntax"): fail("sql")
with pytest.raises(Exception, match="SystemExit"): fail("exit")
"""
    assert sides.check(text, "fail") == ""


def test_what_is_printed_over_there_is_heard_by_a_check_that_listens(sides):
    """By `redirect_stdout` or `%%capture`; otherwise it is no output of the check."""
    sides.student("import sys, os\ndef say(x):\n  print(x); print('err', file=sys.stderr); os.system('echo child')")
    text = """
import io, contextlib
with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err: say("a")
assert (out.getvalue(), err.getvalue()) == ("a\\nchild\\n", "err\\n")
say("secret")
"""
    report = sides.report(text, "say")
    assert report["message"] == ""
    assert "secret" in sides.session.printed
    assert sides.check("%%capture out\nsay('b')", "say") == ""
    assert sides.check("assert out.stdout == 'b\\nchild\\n', out.stdout") == ""


def test_modules_that_the_answer_imports_are_the_checkers_own(sides):
    """A module cannot be replaced, nor stood in for; and one that the student did not import is not there."""
    sides.student("import math, types\nimport numpy as np\nnp.allclose = lambda *_: True")
    sides.student("fake = types.ModuleType('math')\nclass Content: pass\ncontent = Content()")
    modules = {"np": "numpy", "fake": "os", "content": "os", "math": "math"}
    assert sides.check("assert not np.allclose(1, 2)", "np", modules=modules) == ""
    assert sides.check("import sys\nassert math is sys.modules['math']", "math", modules=modules) == ""
    assert sides.check("fake", "fake", modules=modules) == "fake is not defined"
    assert sides.check("content", "content", modules=modules) == "content is not defined"
    sides.student("del math")
    assert sides.check("math.pi", "math", modules=modules) == "math is not defined"


def test_imports_that_students_are_given_the_checker_makes_itself(sides):
    """Whatever the student has bound these names to; a module beside the notebook is the student's all the same."""
    sides.student("def isclose(a, b): return True\nos = mine = 3")
    names = {"isclose": "math:isclose", "os": "os", "mine": "no_such_module"}
    assert sides.check("assert not isclose(1, 2) and os.sep == '/' and mine == 3", *names, given=names) == ""


@pytest.mark.parametrize(
    "text",
    [
        "for a, b in zip(map(f, [1]), [2]): assert a == b",
        "assert list(map(f, [1])) == [1]",
        "assert all(thing.name == 1 for thing in things)\nfor name in map(lambda t: t.name, things): assert name == 1",
        "assert list(iter(f, 3)) == [1]",
        "for a in Loop(): assert a == 1",
    ],
)
def test_a_call_cannot_end_a_loop_of_the_checks(sides, text):
    """StopIteration is how an iterator ends, and nothing else."""
    sides.student("""
class Thing:
    @property
    def name(self): raise StopIteration
class Loop:
    def __iter__(self): raise StopIteration
things = [Thing()]
def f(*_): raise StopIteration
""")
    assert sides.check(text, "f", "things", "Loop") == "your code raised StudentError: StopIteration"


def test_names_that_nobody_binds_are_asked_for_unless_they_are_here(sides):
    """And again in the next check, for they may have changed."""
    sides.student("exec('f = 1')\ng = 'theirs'")
    assert sides.check("g = 'own'") == ""
    assert sides.check("assert f == 1 and g == 'own'", asks=["f", "g"]) == ""
    sides.student("f = 2")
    assert sides.check("assert f == 2", asks=["f"]) == ""


def test_classes_that_run_on_both_sides_are_the_same(sides):
    """So `isinstance` in the student's code holds for what the check makes, and the other way round."""
    both = "class Account:\n    def __init__(self, n): self.n = n\ndef make(n): return Account(n)"
    sides.student(both)
    sides.student("def is_account(a): return isinstance(a, Account) and a.n\ndef new(): return Account(3)")
    assert sides.check(both, shared=["Account", "make"]) == ""
    text = "assert is_account(Account(2)) == 2 and isinstance(new(), Account) and new().n == 3"
    assert sides.check(text, "is_account", "new", shared=["Account", "make"]) == ""
    assert sides.check("def use(f): return f(1).n\nassert call(make).n == 1", "call") != ""


@pytest.mark.parametrize(
    "forged",
    [
        '{"ok": True}',
        '{"ok": 1, "value": 3}',
        '{"ok": True, "value": ["handle", 1]}',
        '{"ok": True, "value": ["handle", 1, [3], []]}',
        '{"ok": True, "value": ["handle", "x", [], []]}',
        '{"ok": True, "value": ["given", 5]}',
        '{"ok": True, "value": ["nothing"]}',
        '{"ok": True, "value": 3, "back": [[0, ["dict"]]]}',
        '{"ok": True, "value": 3, "back": [[7, ["list"]]]}',
        '{"ok": True, "value": 3, "back": 5}',
        '{"ok": True, "value": 3, "news": [[0, "x", ["list"]]]}',
        '{"ok": True, "value": 3, "opened": "all"}',
        '{"ok": True, "value": 3, "stdout": 5}',
        '{"ok": False}',
        '{"ok": False, "raised": 3}',
        '{"ok": False, "raised": ["raised", 3, 4, 5]}',
        '{"ok": False, "raised": ["list"]}',
        "{}",
        '{"gone": "x"}',
    ],
)
def test_a_forged_answer_fails_the_check_and_nothing_else(sides, forged):
    """Whatever the student's side sends in a frame, the next check is judged as it should be."""
    sides.student(f"""
import autograder.student
honest = autograder.student._Side._tried
def forge(self, request):
    return {forged} if request["op"] == "call" else honest(self, request)
def f(x): return 1
autograder.student._Side._tried = forge
""")
    assert sides.check("assert f([1]) == 4", "f") != ""
    sides.student("autograder.student._Side._tried = honest")
    assert sides.check("assert f([1]) == 1", "f") == ""


def test_what_the_check_has_done_with_is_closed_over_there(sides):
    """A check may open more connections than a process may have open files."""
    sides.student("def f(conn): return conn.execute('select 1').fetchone()")
    text = """
import sqlite3, tempfile, pathlib
path = pathlib.Path(tempfile.mkdtemp()) / "a.db"
sqlite3.connect(path).executescript("create table T (a)")
for _ in range(700):
    assert f(sqlite3.connect(path)) == (1,)
"""
    assert sides.check(text, "f") == ""


def test_what_the_check_still_has_stays_open_over_there(sides):
    """Also where only a list of its holds it."""
    sides.student("def f(conn): return conn.execute('select count(*) from T').fetchone()[0]")
    text = """
import sqlite3
conns = [sqlite3.connect(":memory:") for _ in range(3)]
for conn in conns: conn.executescript("create table T (a)")
del conn
for _ in range(2):
    assert [f(conn) for conn in conns] == [0, 0, 0]
"""
    assert sides.check(text, "f") == ""
    sides.student("def g(conn): conn.execute('insert into T values (1)')")
    assert sides.check("for conn in conns: g(conn)\nassert [f(conn) for conn in conns] == [1, 1, 1]", "f", "g") == ""


def test_sentences_that_stand_together_are_made_in_one_request(sides):
    """In their order, each with what it was given; what is printed meanwhile is no student's to read."""
    sides.student(
        """
made = []
def seen(): return made
def f(items, n):
    print("hidden", n)
    made.append(n)
    items.append(n)
    return 1 // n
"""
    )
    text = """
from course.check import calling, together
lists = [[], [], []]
with together():
    for items, n in zip(lists, (1, 2, 3)):
        calling(f, items, n).returns(1 // n)
assert (lists, seen()) == ([[1], [2], [3]], [1, 2, 3])
with together():
    for n in (1, 0, 2):
        calling(f, [], n).on("a number").returns(1 // max(n, 1))
"""
    report = sides.report(text, "f", "seen")
    assert report["message"] == "f(…), called on a number, raises ZeroDivisionError."
    assert sides.value("seen()", "seen") == "[1, 2, 3, 1, 0]"
    assert report["printed"].count("hidden") == 5


def test_an_answer_to_all_that_cannot_be_is_asked_for_one_by_one(sides):
    """One that is too large, or an exception that nobody catches, spoils no other call of the same block."""
    sides.student(
        "def f(n):\n    if n == 2: raise KeyboardInterrupt\n    return 'x' * 4_000_000 if n < 2 else n",
    )
    text = """
from course.check import calling, together
with together():
    for n, should in ((0, "x" * 4_000_000), (1, "x" * 4_000_000), (3, 3), (2, 2)):
        calling(f, n).on(f"number {n}").returns(should)
"""
    assert sides.check(text, "f").startswith("f(…), called on number 2, raises")

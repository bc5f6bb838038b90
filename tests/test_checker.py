"""The trusted side says how a cell ended, in words that give nothing away."""

import pytest


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("assert True", ""),
        ("x = 1", ""),
        ("assert False, 'seven was meant'", "seven was meant"),
        ("assert False, 'first\\nsecond'", "first\nsecond"),
        ("assert 1 == 2", "what the check asserts does not hold"),
        ("[][0]", "the check stopped with IndexError: list index out of range"),
        ("### BEGIN HIDDEN TESTS\n{}['secret']\n### END HIDDEN TESTS", "the check stopped with KeyError"),
        ("### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\n{}['seen']", "the check stopped with KeyError: 'seen'"),
        ("### BEGIN HIDDEN TESTS\nassert 0, 'why'\n### END HIDDEN TESTS", "why"),
        ("f(0)", "your code raised ZeroDivisionError: division by zero"),
        ("### BEGIN HIDDEN TESTS\nf(0)\n### END HIDDEN TESTS", "your code raised ZeroDivisionError"),
        ("def helper(x):\n    return f(x)\nhelper(0)", "your code raised ZeroDivisionError: division by zero"),
        ("f('secret')", "your code raised AssertionError: got secret"),
        ("### BEGIN HIDDEN TESTS\nf('secret')", "your code raised AssertionError"),
        ("nothing", "nothing is not defined"),
        ("other", "the check stopped with NameError: name 'other' is not defined"),
        ("if", "the check stopped with SyntaxError: invalid syntax (<string>, line 1)"),
        ("raise SystemExit(0)", "the check stopped with SystemExit: 0"),
        ("%%capture\nassert False, 'quiet'", "quiet"),
        ("%no_such_magic", "the check stopped with UsageError: Line magic function `%no_such_magic` not found."),
        ("assert False, 'x' * 10_000", "x" * 4000),
    ],
)
def test_a_failure_is_told_in_the_authors_words_and_no_others(sides, text, message):
    """Neither code nor hidden inputs; what the student's code says of them is left out, too."""
    sides.student("def f(x):\n    assert x != 'secret', f'got {x}'\n    return 1 / x")
    found = sides.check(text, "f", "nothing")
    assert found.partition(" (")[0] == message.partition(" (")[0]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("1", 1.0),
        ("0.5 * 3", 1.5),
        ("0", 0.0),
        ("None", None),
        ("x = 3", None),
        ("assert True", None),
        ("1 == 1", None),
        ("1 == 2", -1.0),
        ("'full marks'", -1.0),
        ("[1]", -1.0),
        ("float('nan') * 1", -1.0),
        ("1e999", -1.0),
        ("-2", -2.0),
        ("list('ab')", None),
        ("int('3')", 3.0),
        ("float('nan')", -1.0),
        ("import numpy as np\nnp.int64(2)", 2.0),
        ("f", -1.0),
        ("2 * text", -1.0),
        ("3;", None),
        ("x = 1\n3", 3.0),
        ("x = 1\n3;  # points", None),
        ("x = 1\n3\nx = 2", None),
        ("import asyncio\nawait asyncio.sleep(0)\n3", 3.0),
        ("import asyncio\nasyncio.get_running_loop().is_running()", None),
        ("assert False\n3", None),
    ],
)
def test_the_last_line_may_say_how_many_points(sides, text, score):
    """A number does; what a call returns may be shown; another value gives nothing."""
    sides.student("def f(): pass\ntext = '1'")
    assert sides.report(text, "f", "text")["score"] == score


def test_a_check_shows_nothing_and_its_verdict_is_all(sides):
    """What it prints, its pictures, its traceback, however much: nobody asks for it."""
    text = "import matplotlib.pyplot as plt\nplt.plot([1])\nprint('x' * 9_000_000)\ndisplay(6 * 7)\nassert False, 'no'"
    report = sides.report(text)
    assert (report["message"], report["printed"], "outputs" in report) == ("no", "", False)


def test_a_future_of_one_cell_holds_for_the_next(sides):
    """As in a notebook; and none of the grader's own."""
    assert sides.check("def f(x: int): pass\nassert f.__annotations__ == {'x': int}") == ""
    assert sides.check("from __future__ import annotations\ndef g(x: int): pass") == ""
    assert sides.check("def g(x: int): pass\nassert g.__annotations__ == {'x': 'int'}") == ""


def test_modules_of_the_work_folder_are_not_the_checkers(sides):
    """The student's side may put there what it likes."""
    sides.student(
        "import pathlib\nfor name in ('numpy', 'mine', 'statistics'): pathlib.Path(f'{name}.py').write_text('x = 1')"
    )
    assert (
        sides.check("import numpy, statistics\nassert not hasattr(numpy, 'x') and not hasattr(statistics, 'x')") == ""
    )
    assert "ModuleNotFoundError" in sides.check("import mine")


def test_temporary_files_of_a_check_are_where_both_sides_find_them(sides):
    """Under one path."""
    sides.student(
        "import pathlib\ndef add(path): pathlib.Path(path, 'b.txt').write_text(pathlib.Path(path, 'a.txt').read_text())"
    )
    text = """
import pathlib, tempfile
folder = pathlib.Path(tempfile.mkdtemp())
(folder / "a.txt").write_text("text")
add(folder)
assert (folder / "b.txt").read_text() == "text"
"""
    assert sides.check(text, "add") == ""


def test_nothing_unpickles_on_the_checkers_side(sides):
    """The student's side sends a pickle; it is text at most."""
    sides.student("""
import base64, pickle, os
class Boom:
    def __reduce__(self): return (os.mkdir, ("boom",))
def f(): return pickle.dumps(Boom())
""")
    text = "assert type(f()) is bytes\nimport os\nassert not os.path.exists('boom')"
    assert sides.check(text, "f") == ""

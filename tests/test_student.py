"""The untrusted side answers what it is asked, whatever the student's code does in the same process."""

import pytest


def test_requests_share_one_namespace(sides):
    """Cells see each other's names, and what a check has set."""
    sides.student("a = 1")
    assert sides.check("assert a == 1\na = 2", "a") == ""
    (shown,) = sides.student("a")
    assert shown["data"]["text/plain"] == "2"


@pytest.mark.parametrize(
    "how", ["raise SystemExit(0)", "raise KeyboardInterrupt", "raise GeneratorExit", "import sys; sys.exit()"]
)
def test_leaving_does_not_end_the_process(sides, how):
    """In a cell it is an error, in a call an exception of the check's; the next request is answered."""
    sides.student(f"def f(): {how}")
    sides.student(how)
    assert sides.check("f()", "f").startswith("your code raised StudentError: ")
    assert sides.check("assert g() == 1", "g") == "g is not defined"


@pytest.mark.parametrize(
    "cell",
    [
        "import json\njson.dumps = None\njson.loads = None",
        "import builtins\nbuiltins.len = lambda x: 0\nbuiltins.isinstance = lambda *_: True",
        "import sys\nsys.stdout = sys.stderr = None",
        "import sys\nsys.setrecursionlimit(60)",
        "import os\nos.chdir('/')",
        "import sys\nsys.modules.clear()",
        "get_ipython().run_cell = None",
    ],
)
def test_breaking_ones_own_process_breaks_nothing_else(sides, cell):
    """The check fails, or passes on honest values; it is judged in any case, or the side is lost and says so."""
    from autograder.session import Lost

    sides.student("def f(): return 1")
    try:
        sides.student(cell)
        assert sides.check("assert f() == 2", "f") != ""
    except Lost as lost:
        assert lost.side == "student"


def test_a_value_that_changes_while_it_is_read_is_no_value(sides):
    """A thread may play with it; the check compares what arrived, or fails."""
    sides.student("""
import threading, itertools
data = {}
def flap():
    for i in itertools.count():
        data[i % 1000] = [i]
        data.pop((i + 7) % 1000, None)
threading.Thread(target=flap, daemon=True).start()
""")
    for _ in range(5):
        assert sides.check("assert data == {'right': 1}", "data") != ""


def test_what_does_not_fit_into_a_frame_is_an_error_or_a_handle(sides):
    """A large result stays there; a large argument that was changed, and large outputs, are reported."""
    sides.student(
        "import numpy as np\ndef large(): return np.zeros(3_000_000)\ndef grow(x): x.extend([1.5] * 3_000_000)"
    )
    assert sides.check("a = large()\nassert a.shape == (3_000_000,) and a.sum() == 0", "large") == ""
    assert sides.check("x = []\ngrow(x)\nassert len(x) == 3_000_000", "grow") != ""
    assert sides.check("assert large() is not None", "large") == ""


def test_huge_numbers_and_deep_lists_stay_there(sides):
    """As handles, equal to nothing."""
    sides.student("big = 10 ** 100_000\ndeep = []\nfor _ in range(5000): deep = [deep]\nnan = {float('nan'): 1}")
    assert sides.check("assert big == 10 ** 100_000", "big") == "what the check asserts does not hold"
    assert sides.check("assert deep == []", "deep") == "what the check asserts does not hold"
    assert sides.check("assert len(nan) == 1 and deep != []", "nan", "deep") == ""


def test_an_unpicklable_argument_says_so(sides):
    """And the student's side is as it was."""
    sides.student("def f(x): return x")
    assert "pickle" in sides.check("import threading\nf(threading.Lock())", "f")
    assert sides.check("assert f(1) == 1", "f") == ""

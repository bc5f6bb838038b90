"""A cell shows what it shows in Jupyter."""

import base64
import re

import pytest


def texts(outputs: list[dict]) -> list[tuple[str, str]]:
    """Streams as (name, text), results and displays as (kind, plain text), errors as (name, message)."""
    found = []
    for output in outputs:
        match output:
            case {"output_type": "stream", "name": name, "text": text}:
                found.append((name, text))
            case {"output_type": "error", "ename": name, "evalue": value}:
                found.append((name, value))
            case {"output_type": kind, "data": data}:
                found.append((kind, data["text/plain"]))
    return found


# From Python 3.12 on a fork warns where there are threads, as there are in Jupyter.
FORK = """
import os, warnings
warnings.simplefilter("ignore")
if not os.fork():
    print("fork")
    os._exit(0)
os.wait()
None
"""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1 + 1", [("execute_result", "2")]),
        ("1 + 1;", []),
        ("x = '''\n%pwd\n'''\nx", [("execute_result", "'\\n%pwd\\n'")]),
        ("n = 3\n%precision 2\nn / 9", [("execute_result", "0.33")]),
        ("\n\n1 / 0", [("ZeroDivisionError", "division by zero")]),
        ("    a = 1\n    a", [("execute_result", "1")]),
        ("None", []),
        ("print('a')\n'b'", [("stdout", "a\n"), ("execute_result", "'b'")]),
        ("1 / 0", [("ZeroDivisionError", "division by zero")]),
        ("print('a')\nraise KeyError('k')", [("stdout", "a\n"), ("KeyError", "'k'")]),
        ("if", [("SyntaxError", "invalid syntax (1768429474.py, line 1)")]),
        ("!echo hi; echo err >&2", [("stdout", "hi\n"), ("stderr", "err\n")]),
        ("%%bash\necho one\necho two", [("stdout", "one\ntwo\n")]),
        ("lines = !printf 'a\\nb'\nlines", [("execute_result", "['a', 'b']")]),
        ("x = 5\n!echo {x} $x", [("stdout", "5 5\n")]),
        ("import os\nprint(1)\nos.system('echo 2')\nprint(3)", [("stdout", "1\n2\n3\n")]),
        (
            "import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)",
            [("stdout", "1\n"), ("stderr", "2\n"), ("stdout", "3\n")],
        ),
        ("import sys\nsys.stdout.buffer.write('é'.encode())\nNone", [("stdout", "é")]),
        ("import subprocess\nsubprocess.run(['echo', 'child'])\nNone", [("stdout", "child\n")]),
        (
            FORK,
            [("stdout", "fork\n")],
        ),
        ("import asyncio\nawait asyncio.sleep(0)\nprint('awaited')", [("stdout", "awaited\n")]),
        ("async def f():\n    return 3\nawait f()", [("execute_result", "3")]),
        ("import asyncio\nasyncio.get_running_loop().is_running()", [("execute_result", "True")]),
        ("%%writefile a.txt\ntext", [("stdout", "Writing a.txt\n")]),
        ("%cd /\n%cd -q -\nNone", [("stdout", "/\n")]),
        ("%%capture got\nprint('quiet')", []),
        ("input()", [("EOFError", "EOF when reading a line")]),
        ("%nothing", [("stderr", "UsageError: Line magic function `%nothing` not found.\n")]),
        ("exit()", []),
        ("display(1, 2)", [("display_data", "1"), ("display_data", "2")]),
        ("h = display(1, display_id=True)\nh.update(2)", [("display_data", "2")]),
        ("from IPython.display import clear_output\nprint(1)\nclear_output()\nprint(2)", [("stdout", "2\n")]),
        ("from IPython.display import clear_output\nprint(1)\nclear_output(wait=True)", [("stdout", "1\n")]),
        ("get_ipython().__class__.__name__\n", [("execute_result", "'_Shell'")]),
        ("", []),
    ],
    ids=lambda value: value.replace("\n", "|") if isinstance(value, str) else "",
)
def test_a_cell_shows_what_it_shows_in_jupyter(sides, cell, expected):
    """Streams, also of child processes, in order; results, displays, tracebacks; magics, commands, `await`."""
    shown = texts(sides.student(cell))
    if cell == "if":
        assert [(name, text.startswith("invalid syntax")) for name, text in shown] == [("SyntaxError", True)]
    else:
        assert expected == shown


def test_figures_are_shown_when_their_cell_ends(sides):
    """Inline, as PNG, once; also on `show()`."""
    sides.student("import matplotlib.pyplot as plt")
    for cell in ("plt.plot([1, 2]);", "plt.plot([1])\nplt.show()\nNone", "%matplotlib inline\nplt.plot([1]);"):
        (figure,) = sides.student(cell)
        assert base64.b64decode(figure["data"]["image/png"]).startswith(b"\x89PNG")
    assert sides.student("1;") == []


def test_frames_and_html_are_shown_richly(sides):
    """In every MIME type that Jupyter has for them."""
    (shown,) = sides.student("import pandas as pd\npd.DataFrame({'a': [1]})")
    assert {"text/html", "text/plain"} <= shown["data"].keys()
    (shown,) = sides.student("from IPython.display import HTML\nHTML('<b>x</b>')")
    assert shown["data"]["text/html"] == "<b>x</b>"


def test_tracebacks_name_the_line(sides):
    """As Jupyter shows them, colours and all."""
    (error,) = sides.student("def divide():\n    return 1 / 0\ndivide()")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error["traceback"]))
    assert "2     return 1 / 0" in plain
    assert "----> 3 divide()" in plain


def test_cells_are_counted_and_their_results_kept(sides):
    """`In`, `Out` and `_` are there."""
    sides.student("6 * 7")
    (shown,) = sides.student("_ + 1, In[1], Out[1]")
    assert (shown["data"]["text/plain"], shown["execution_count"]) == ("(43, '6 * 7', 42)", 2)


def test_what_a_child_prints_later_is_not_lost(sides):
    """It belongs to the cell that runs by then."""
    sides.student(
        "import subprocess\nchild = subprocess.Popen(['sh', '-c', 'read line; echo late'], stdin=subprocess.PIPE)"
    )
    assert texts(sides.student("child.communicate(b'go\\n')\nNone")) == [("stdout", "late\n")]


def test_output_without_end_is_cut(sides):
    """Of Python, of child processes, and of displays; the next cell has its own."""
    for cell in (
        "for _ in range(300_000): print('x' * 20)",
        "!yes | head -c 3000000",
        "for _ in range(5000): display('x')",
    ):
        outputs = sides.student(cell)
        assert sum(len(str(output)) for output in outputs) < 3_000_000
        assert len(outputs) <= 1001
    assert texts(sides.student("print('next')")) == [("stdout", "next\n")]


def test_output_of_a_child_does_not_have_to_fit_into_a_pipe(sides):
    """Somebody reads while the cell waits for its child."""
    shown = texts(sides.student("!head -c 400000 /dev/zero | tr '\\0' x"))
    assert [len(text) for _, text in shown] == [400_000]


def test_what_cannot_be_shown_leaves_the_rest_alone(sides):
    """Odd displays, texts that are none, an error whose message raises."""
    cell = """
class Odd(Exception):
    def __str__(self): raise RuntimeError
    def _repr_html_(self): raise RuntimeError
    def _repr_json_(self): return {"a": float("nan")}
display(Odd())
print("half \\ud800")
get_ipython().display_pub.publish({"text/plain": b"bytes", "application/json": object(), 3: "x"})
raise Odd
"""
    kinds = [output["output_type"] for output in sides.student(cell)]
    assert kinds[-1] == "error"
    assert "stream" in kinds


def test_transformers_of_ones_own_see_every_cell(sides):
    """Also where the cell is Python already."""
    sides.student(
        "def shout(lines):\n    return [line.replace('quiet', 'LOUD') for line in lines]\n"
        "get_ipython().input_transformers_post.append(shout)"
    )
    assert texts(sides.student("a = 'quiet'\nprint(a)")) == [("stdout", "LOUD\n")]
    sides.student("get_ipython().input_transformers_post.clear()")
    sides.student("get_ipython().input_transformers_cleanup.append(shout)")
    assert texts(sides.student("a = 'quiet'\nprint(a)")) == [("stdout", "LOUD\n")]
    sides.student("get_ipython().input_transformers_cleanup.remove(shout)")
    assert texts(sides.student("a = 'quiet'\nprint(a)")) == [("stdout", "quiet\n")]

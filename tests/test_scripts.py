"""A script is run as somebody else runs it, in a folder of its own, and what it says and leaves is seen."""

import pytest

from autograder import evidence
from autograder.cases.scripts import called, ran


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """A work folder, with the temporary files of the check in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_status_streams_and_files_are_told():
    """Each by itself; of the folder the regular files alone."""
    text = (
        "import os, sys\nprint('out')\nprint('err', file=sys.stderr)\n"
        "open('a.txt', 'w').write('a')\nos.mkdir('b')\nos.symlink('a.txt', 'c')\nsys.exit(3)"
    )
    done = ran(text, evidence.run)
    assert (done.status, done.out, done.err, done.last, done.ended) == (3, "out\n", "err\n", "err", "status 3")
    assert dict(done.files, **{"script.py": b""}) == {"a.txt": b"a", "script.py": b""}


def test_alone_it_has_no_packages():
    """A Python without IPython, in which a magic is no Python either."""
    for text in ("import IPython", "import numpy", "get_ipython()", "%time x = 1"):
        assert ran(text, evidence.run).status == 1
    assert ran("import sqlite3, csv", evidence.run).status == 0


@pytest.mark.parametrize("show", ["plt.show()", "plt.show(block=True)"])
def test_with_windows_a_plot_waits(show):
    """Nobody closes the window: the script does not come to its end."""
    done = ran(f"import matplotlib.pyplot as plt\nplt.plot([1])\n{show}\nprint('end')", evidence.run, windows=True)
    assert (done.status, done.out, done.last) == (75, "", "a window is open, and waits for somebody to close it")


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.environ['MPLBACKEND'] = 'agg'\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()",
        "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()",
        "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show(block=False)",
    ],
    ids=["by a variable", "by name", "without waiting"],
)
def test_who_needs_no_window_waits_for_none(text):
    """Three ways to come to the end."""
    assert ran(f"{text}\nprint('end')", evidence.run, windows=True).out == "end\n"


def test_a_command_finds_its_files_and_nobody_to_ask():
    """Files lie in its folder, and its stdin is empty."""
    text = "import os, sys; print(open('a b').read(), os.listdir(), repr(sys.stdin.read()))"
    done = called(["python", "-c", text], evidence.run, {"a b": b"c"})
    assert (done.out, dict(done.files)) == ("c ['a b'] ''\n", {"a b": b"c"})


def test_who_says_nothing_is_told_by_the_status():
    """The last line is never empty."""
    done = ran("raise SystemExit(4)", evidence.run)
    assert (done.last, done.why) == ("Exit status 4.", "Exit status 4.")
    assert ran("print(1)", evidence.run).why == ""


def test_nothing_is_left(work):
    """The folder goes with the run."""
    ran("open('a', 'w')", evidence.run)
    assert list(work.iterdir()) == []

"""Right and wrong ways to write fibo, and what somebody's tests say of them.

    accepted(evidence.run)["with a loop"]      # "" where the tests of test_fibo.py pass, else how they fail
    caught("zero", evidence.run)               # {"gives 1 for 0": True, "refuses 0": False}

Each is tested in a folder of its own, by the file test_fibo.py of the work folder, beside a fibo.py.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from itertools import zip_longest
from pathlib import Path

from autograder.cases.scripts import Finished
from course.history import FIXED

RIGHT = {
    "with a loop": """
def fibo(n):
    if n < 0:
        raise ValueError("n must not be negative")
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
""",
    "with a memory": """
known = [0, 1]


def fibo(n):
    if n < 0:
        raise ValueError(f"there is no fibo({n})")
    while len(known) <= n:
        known.append(known[-1] + known[-2])
    return known[n]
""",
    "by doubling, as powers of a matrix": """
def pair(n):
    if n == 0:
        return 0, 1
    a, b = pair(n // 2)
    c, d = a * (2 * b - a), a * a + b * b
    return (d, c + d) if n % 2 else (c, d)


def fibo(n):
    if n < 0:
        raise ValueError
    return pair(n)[0]
""",
    "the second version of 2016": FIXED,
}
LOOP = RIGHT["with a loop"]
REFUSES = '        raise ValueError("n must not be negative")'
# By family: what each does, and how it is written.
WRONG = {
    "zero": {
        "gives 1 for 0": LOOP.replace("    a, b = 0, 1", "    if n == 0:\n        return 1\n    a, b = 0, 1"),
        "refuses 0": LOOP.replace("n < 0", "n < 1"),
        "begins with 2 and 1 like the numbers of Lucas": LOOP.replace("a, b = 0, 1", "a, b = 2, 1"),
    },
    "negative": {
        "gives 1 for every negative number": LOOP.replace(REFUSES, "        return 1"),
        "goes on below 0, as mathematics can": LOOP.replace(REFUSES, "        return fibo(-n) if n % 2 else -fibo(-n)"),
    },
    "off_by_one": {
        "is one ahead from 3 on": LOOP.replace("range(n)", "range(n + (n > 2))"),
        "is one behind from 10 on": LOOP.replace("range(n)", "range(n - (n > 9))"),
    },
    "kind": {
        "gives floats": LOOP.replace("a, b = 0, 1", "a, b = 0.0, 1.0"),
        "rounds a formula with roots, which is exact up to 70": LOOP.replace(
            "    a, b = 0, 1", "    return round(((1 + 5**0.5) / 2) ** n / 5**0.5)\n    a, b = 0, 1"
        ),
    },
    "raises": {
        "returns None for a negative number": LOOP.replace(REFUSES, "        return None"),
        "raises an IndexError for a negative number": LOOP.replace("ValueError(", "IndexError("),
    },
    "recursion": {
        "needs a deeper stack than there is for 5000, with a cache": """
from functools import cache


@cache
def fibo(n):
    if n < 0:
        raise ValueError("n must not be negative")
    return n if n < 2 else fibo(n - 1) + fibo(n - 2)
""",
        "needs a deeper stack than there is for 5000": """
known = {0: 0, 1: 1}


def fibo(n):
    if n < 0:
        raise ValueError("n must not be negative")
    if n not in known:
        known[n] = fibo(n - 1) + fibo(n - 2)
    return known[n]
""",
    },
}
FAIL, NO_END = "tests fail", "they do not end in 20 seconds"
EXIT = {
    0: "",
    1: FAIL,
    2: "the tests cannot be run",
    3: "pytest has an error",
    4: "pytest has an error",
    5: "there is no test",
}
# Tests one folder after the other, each in a copy of a process in which pytest is ready, and looks at nothing else.
JUDGE = """
import json, os, signal, sys, tempfile
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
sys.dont_write_bytecode = True
import pytest
out, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
os.dup2(nowhere, 1)
os.dup2(nowhere, 2)
lean = ["-q", "-c", os.devnull]
for name in ("cacheprovider", "faulthandler", "threadexception", "unraisableexception"):
    lean += ["-p", f"no:{name}"]
def tested(folder):
    os.chdir(folder)
    return int(pytest.main([*lean, "--rootdir", folder, "--confcutdir", folder, "test_fibo.py"]))
with tempfile.TemporaryDirectory() as empty:
    with open(os.path.join(empty, "test_fibo.py"), "w") as file:
        file.write("def test_nothing(): assert 1")
    tested(empty)
    os.chdir("/")
sys.modules.pop("test_fibo", None)
status = []
for folder in sys.argv[1:]:
    child = os.fork()
    if not child:
        signal.alarm(20)  # for tests that never end
        os._exit(tested(folder))
    status.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
os.write(out, json.dumps(status).encode())
"""


def accepted(run: Callable[..., Finished]) -> dict[str, str]:
    """What the tests in test_fibo.py say of each right fibo: empty where they pass."""
    return _judged(RIGHT, run)


def caught(family: str, run: Callable[..., Finished]) -> dict[str, bool]:
    """Whether the tests in test_fibo.py catch each wrong fibo of a family: they fail, and do not fail a right one."""
    right = "with a loop"
    said = _judged({right: RIGHT[right], **WRONG[family]}, run)
    return {name: said[name] == FAIL and not said[right] for name in WRONG[family]}


def _judged(fibos: Mapping[str, str], run: Callable[..., Finished]) -> dict[str, str]:
    """What pytest says of each of these fibos, by name. `run` is `evidence.run`."""
    tests = Path("test_fibo.py")
    text = tests.read_bytes() if tests.is_file() and not tests.is_symlink() else b""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folders = [Path(name, str(place)) for place in range(len(fibos))]
        for folder, fibo in zip(folders, fibos.values(), strict=True):
            folder.mkdir()
            (folder / "fibo.py").write_text(fibo, encoding="utf-8")
            (folder / "test_fibo.py").write_bytes(text)
        done = run(["python", "-c", JUDGE, *folders], seconds=25)
    try:
        status = json.loads(done.stdout)
    except ValueError:
        status = []
    return {name: EXIT.get(code, NO_END) for name, code in zip_longest(fibos, status[: len(fibos)])}

"""Right and wrong ways to write fibo, and what somebody's tests say of them.

    accepted(evidence.run)["with a loop"]      # "" where the tests of test_fibo.py pass, else how they fail
    caught("zero", evidence.run)               # {"gives 1 for 0": True, "refuses 0": False}

Each is tested by the file test_fibo.py of the work folder.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from autograder.cases.pytests import FAIL, judged
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


def accepted(run: Callable[..., Finished]) -> dict[str, str]:
    """What the tests in test_fibo.py say of each right fibo: empty where they pass; up to the first that fails."""
    return _judged(tuple(RIGHT.items()), _tests(), run)


def caught(family: str, run: Callable[..., Finished]) -> dict[str, bool]:
    """Whether the tests in test_fibo.py catch each wrong fibo of a family: they fail, and do not fail a right one."""
    wrong = {name: fibo for of in WRONG.values() for name, fibo in of.items()}
    said = _judged((("with a loop", LOOP), *wrong.items()), _tests(), run)
    return {name: said.get(name) == FAIL and not said["with a loop"] for name in WRONG[family]}


def _tests() -> str:
    """What is in test_fibo.py; nothing where there is no such file."""
    tests = Path("test_fibo.py")
    return tests.read_text(encoding="utf-8", errors="replace") if tests.is_file() and not tests.is_symlink() else ""


@cache
def _judged(fibos: tuple[tuple[str, str], ...], tests: str, run: Callable[..., Finished]) -> dict[str, str]:
    """What pytest says of each of these fibos, by name. The same tests are run once, for all families at once."""
    said = judged("fibo", [fibo for _, fibo in fibos], tests, run)
    return dict(zip((name for name, _ in fibos), said, strict=False))

"""Which libraries a source uses is read off its text, and they are warm before its submissions run, and no others."""

import json

import pytest

from autograder import libraries, notebook
from autograder.airlock import Airlock

COURSE = "from course import accounts, survey\nfrom course.check import calling"


def book(*texts: str, answer: str = "", check: str = "") -> notebook.NotebookNode:
    """A source of code cells, and where there is one, of an answer and its check."""
    marks = [{}] * len(texts)
    if check:
        common = {"schema_version": 3, "locked": False, "grade": False, "solution": False}
        marks.append({"nbgrader": common | {"grade_id": "answer", "solution": True}})
        marks.append({"nbgrader": common | {"grade_id": "check", "grade": True, "locked": True, "points": 1}})
        texts += (answer, check)
    cells = [
        {"cell_type": "code", "metadata": mark, "outputs": [], "source": text}
        for mark, text in zip(marks, texts, strict=True)
    ]
    return notebook.parse(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("import sqlite3", ()),
        (COURSE, ()),
        ("from course.check import numpyish", ()),
        ("import numpy as np", ("numpy",)),
        ("%matplotlib inline", ("matplotlib",)),
        ("# Ask by SQLAlchemy: `sqlalchemy.create_engine`.", ("sqlalchemy",)),
        ("def f():\n    import pandas, ipyparallel", ("pandas", "ipyparallel")),
        ("from course.blas import within", ("numpy",)),
        ("from course.draw.rooms import nothing", ("numpy", "matplotlib")),
        ("from course import (\n    blas,\n    survey,\n)", ("numpy",)),
        ("import course.no_such_module", ()),
    ],
)
def test_what_a_source_names_is_what_it_uses(text, expected):
    """In a cell, in prose, in a magic, and through the modules of the course that it imports."""
    assert libraries.of(book(text)) == tuple(name for library in expected for name in libraries.LIBRARIES[library])


def answered(source: notebook.NotebookNode, text: str) -> notebook.NotebookNode:
    """A submission to a source."""
    return notebook.fill(source, {"answer": text})


def there(*names: str) -> str:
    """A function that says which of the modules are there; it does not spell their names, which would warm them."""
    letters = [[*name] for name in names]
    return (
        f"def answer():\n    import sys\n    return [name for name in map(''.join, {letters}) if name in sys.modules]"
    )


def outcome(airlock: Airlock, source: notebook.NotebookNode) -> str:
    """Why the check failed, if it did."""
    (found,) = airlock.grade(source, source).result.outcomes
    return found.message


def test_a_library_is_there_before_the_submissions_that_use_it():
    """And not before the others, on neither side; a submission may import what its source does not name."""
    mine = there("numpy", "pandas").replace("answer", "mine")
    without = book(answer=there("numpy", "pandas"), check=f"{mine}\nassert mine() == answer() == []")
    using = book(answer=there("numpy", "pandas"), check=f"{mine}\nassert mine() == answer() == ['numpy', 'pandas']")
    late = book(
        answer="def answer():\n    return __import__('pan' + 'das').Series([1.5])", check="assert answer()[0] == 1.5"
    )
    with Airlock() as airlock:
        assert [outcome(airlock, source) for source in (without, late, without, using, using)] == [""] * 5


def test_what_many_submissions_import_is_there_for_the_next():
    """Where one in many does, the others do not pay for it."""
    source = book(answer="def answer():\n    return 1", check="assert answer() == 1")
    plain, using = answered(source, "def answer():\n    return 1"), answered(source, "import numpy\nanswer = int")
    wanted = libraries.Wanted()
    assert [wanted.of(each) for each in (plain, using, plain)] == [(), ("numpy",), ()]
    assert {wanted.of(plain) for _ in range(2 * libraries.WORTH)} == {()}
    assert [wanted.of(using) for _ in range(3)] == [(), ("numpy",), ("numpy",)]


def test_who_comes_after_finds_the_library_there():
    """Through the airlock: the source does not name it, one submission does."""
    source = book(answer="", check="assert answer() == []")
    before = answered(source, there("numpy"))
    with Airlock() as airlock:
        found = [
            airlock.grade(source, submission).result.outcomes[0].message
            for submission in (before, answered(source, "import numpy\nanswer = list"), before)
        ]
    assert [bool(message) for message in found] == [False, False, True]


def test_all_that_is_warmed_is_there():
    """Each name is that of a module, or of a function that can be called."""
    modules = [name.partition(":")[0] for name in libraries.ALL]
    source = book(answer=there(*modules), check=f"assert answer() == {modules}")
    with Airlock() as airlock:
        airlock._nursery.warm(libraries.ALL)
        assert outcome(airlock, source) == ""


def test_a_library_that_is_not_installed_is_no_failure():
    """Who imports it is told."""
    source = book(answer="def answer():\n    return 1", check="assert answer() == 1")
    with Airlock() as airlock:
        airlock._nursery.warm(["no.such.library", "json:no_such_function"])
        assert outcome(airlock, source) == ""

"""Mutants change one thing of a reference, say what, and are Python or SQL; generic answers fill in every name."""

import ast
import sqlite3

import pytest

from autograder.verify import idle, mutants, sql
from autograder.verify.idle import IDLE


def changes(text: str) -> set[str]:
    """What is changed in a cell."""
    return {mutant.change for mutant in mutants.of("a", text)}


PYTHON = {
    "comparison": ("a = x < y", {"`x < y` becomes `x <= y`", "`x < y` becomes `x > y`"}),
    "membership": ("a = x in y", {"`x in y` becomes `x not in y`"}),
    "constant": ("a = f(x, 2)", {"`2` becomes `3`", "`f(x, 2)` becomes `x`"}),
    "truth": ("a = True", {"`True` becomes `False`"}),
    "text": ("a = 'word'", {"`'word'` becomes `''`"}),
    "condition": ("a = x and y", {"`x and y` becomes `x or y`", "`x and y` becomes `y`", "`x and y` becomes `x`"}),
    "arithmetic": ("a = x + y", {"`x + y` becomes `x - y`"}),
    "method": ("a = x.strip()", {"no `.strip(…)` of `x`"}),
    "option": ("a = f(x, key=y)", {"`f(x, key=y)` becomes `x`", "no `key=y` in `f(x, key=y)`"}),
    "statement": ("x.commit()", {"no `x.commit()`", "no `.commit(…)` of `x`"}),
    "filter": ("a = [x for x in y if x]", {"no `if x`"}),
    "order": ("a = (x, y)", {"`(x, y)` becomes `(y, x)`"}),
    "no order": ("a = (x, x)", set()),
    "slice": ("a = x[1:]", {"`1:` becomes `:`", "`1` becomes `2`"}),
    "docstring": ('def f():\n    """2 < 3"""\n    return None', set()),
    "import": ("import os", set()),
    "f-string": ("a = f'{x:2}'", set()),
    "magic": ("%%bash\n2 < 3", set()),
    "script": ("\n%%writefile a.py\nx = 2", {"`2` becomes `3`"}),
    "data": ('%%writefile a.json\n{"x": 2}', set()),
}


@pytest.mark.parametrize(("text", "expected"), PYTHON.values(), ids=PYTHON)
def test_what_is_changed_in_python(text, expected):
    """One thing at a time."""
    assert changes(text) == expected


def test_a_mutant_differs_in_a_line_and_parses():
    """The text around stays as it is, comments and letters beyond ASCII included."""
    text = 'def f(x):\n    # Ångström\n    return "é" + x[1:]  # why'
    found = list(mutants.of("f", text))
    assert len({mutant.text for mutant in found}) == len(found) == 4
    for mutant in found:
        ast.parse(mutant.text)
        assert [a == b for a, b in zip(text.splitlines(), mutant.text.splitlines(), strict=True)] == [True, True, False]


def test_a_file_is_written_as_before():
    """The magic above stays, with the name of the file, and shows in the diff that an author reads."""
    (mutant,) = mutants.of("a", "%%writefile  a.py \nx = 2\n")
    assert (mutant.text, mutant.base) == ("%%writefile  a.py \nx = 3\n", "%%writefile  a.py \nx = 2\n")
    assert mutants.diff(mutant)[2:] == ["@@ -1,2 +1,2 @@", " %%writefile  a.py ", "-x = 2", "+x = 3"]


def test_changes_of_one_wording_are_numbered():
    """So that an exception can name one of them."""
    assert changes("a = [0, 0]") == {"`0` becomes `1`", "`0` becomes `1` (2)"}


SQL = {
    "where": ("select a from t where a > 1", {"no `WHERE a > 1`", "`a > 1` becomes `a >= 1`", "`1` becomes `2`"}),
    "order": (
        "select a from t order by a, b",
        {"no `ORDER BY a, b`", "no `a` in `ORDER BY a, b`", "`b`: the other way round"},
    ),
    "distinct": ("select distinct a from t", {"no `distinct`"}),
    "join": (
        "select a from t join u on t.a = u.b",
        {"`JOIN u ON t.a = u.b`: left join", "no `on` in `JOIN u ON t.a = u.b`"},
    ),
    "left join": ("select a from t left join u on t.a = u.b", {"`LEFT JOIN u ON t.a = u.b`: inner join"}),
    "count": ("select count(a) from t", {"`COUNT(a)` becomes `COUNT(*)`"}),
    "count distinct": ("select count(distinct a) from t", {"`COUNT(DISTINCT a)` becomes `COUNT(a)`"}),
    "null": ("select a from t where a is not ?", {"`a IS NOT ?` becomes `a <> ?`"}),
    "not": ("select a from t where not a", {"no `not` before `a`"}),
    "or": ("select a from t where a or b", {"no `a`", "no `b`"}),
    "having": ("select a from t group by a having count(*) > 1", {"no `HAVING COUNT(*) > 1`", "no `GROUP BY a`"}),
    "text": ("select a from t where a = 'x'", {"`'x'` becomes `'x?'`"}),
    "update": ("update t set a = 1 where b = 2", {"no `WHERE b = 2`"}),
    "union": ("select a from t union all select b from u", {"union: all, or not"}),
}


@pytest.mark.parametrize(("query", "expected"), SQL.values(), ids=SQL)
def test_what_is_changed_in_sql(query, expected):
    """At least this; each is another statement that sqlglot can read."""
    found = dict(sql.mutants(query))
    assert expected <= set(found), set(found)
    assert all(sql.is_query(mutant) and mutant != sql.plain(query) for mutant in found.values())


def test_most_mutants_of_a_query_run():
    """They are statements that SQLite knows: what it refuses would be killed for nothing."""
    conn = sqlite3.connect(":memory:")
    conn.execute("create table t (a, b)")
    query = "select distinct a, count(b) from t where a > 1 and b != 'x' group by a"
    query += " having max(b) < 3 order by a desc limit 2"
    found = [mutant for _, mutant in sql.mutants(query)]
    assert len(found) >= 18
    for mutant in found:
        conn.execute(mutant)


@pytest.mark.parametrize("text", ["a word", "selection", "select", "", "with love", "select from where"])
def test_what_is_no_query(text):
    """Words are not taken for SQL."""
    assert not sql.is_query(text)


def test_idle_answers_fill_in_every_name():
    """Functions, classes and values of the reference are there, and whatever is asked of them comes out the same."""
    text = "import math\nX = 3\n\ndef f(x):\n    return x\n\nclass C:\n    def m(self):\n        return 1"
    for each in IDLE:
        names: dict = {}
        exec(idle.cell(text, each), names)
        assert {"X", "f", "C", "math"} <= set(names) or each.title == "is not there"
    by_title = {each.title: each for each in IDLE}
    names = {}
    exec(idle.cell(text, by_title["returns what equals everything"]), names)
    assert names["f"]() == 1 == names["X"] == names["C"]().m()
    assert idle.cell("%%writefile a.py\nprint(2)", by_title["returns 1"]) == "%%writefile a.py\nprint(1)\n"
    assert idle.cell("%%bash\nls", by_title["returns 1"]) == ""

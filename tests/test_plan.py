"""From a source notebook: what runs where, and which names cross."""

from toy import answer, book, check, code

from autograder import plan
from autograder.notebook import NotebookNode


def given(name: str, text: str) -> NotebookNode:
    """A cell of the instructor's."""
    return code(text, name, locked=True)


def sides(*cells: NotebookNode) -> dict[str, str]:
    """Where each cell runs, and after an arrow what crosses into it."""
    return {
        step.name: str(step.side) + (f" ← {' '.join(step.fetches)}" if step.fetches else "")
        for step in plan.of(book(*cells)).steps
    }


def test_answers_run_with_the_student_and_checks_with_the_checker():
    """A check's names that an answer binds cross."""
    assert sides(answer("a", "def f(x): return x"), check("c", "assert f(1) == 1")) == {
        "a": "student",
        "c": "checker ← f",
    }


def test_a_cell_that_checks_need_runs_on_both_sides():
    """Because it binds a name, or mentions or changes such a thing; one that only shows something does not."""
    assert sides(
        given("imports", "import numpy as np\nimport os"),
        given("seed", "np.random.seed(0)"),
        given("table", "data = {}\ndef helper(x): return np.sqrt(x)"),
        given("fill", "data['x'] = 1"),
        given("other", "import math\nmath.pi"),
        answer("a", "def f(x): return x"),
        given("shows", "print(np.sqrt(f(2)))"),
        given("keeps", "data['y'] = f(2)"),
        check("c", "assert data['x'] == f(helper(1))"),
    ) == {
        "imports": "both",
        "seed": "both",
        "table": "both",
        "fill": "both",
        "other": "student",
        "a": "student",
        "shows": "student",
        "keeps": "both ← f",
        "c": "checker ← f",
    }


def test_names_cross_that_functions_of_the_instructors_use():
    """Through any number of them, and as they are when the check begins."""
    steps = sides(
        given("h", "def outer(x): return inner(x)\ndef inner(x): return f(x)"),
        answer("a", "def f(x): return x\ndef g(x): return x"),
        check("c", "assert outer(1) == 1"),
        check("d", "assert [g(i) for i in range(3)]\nlater = lambda: f(1)\nassert later()"),
        check("e", "class T:\n    def run(self): return later()\nT().run()"),
    )
    assert steps == {"h": "both", "a": "student", "c": "checker ← f", "d": "checker ← f g", "e": "checker ← f"}


def test_the_last_cell_that_binds_a_name_before_it_is_used_owns_it():
    """The instructor's stub is the student's once the answer has bound it, and the other way round."""
    steps = sides(
        given("stub", "def f(): ...\nx = 1"),
        check("before", "f"),
        answer("a", "def f(): return 1\ny = 2"),
        check("after", "assert f() == x"),
        given("own", "y = 3"),
        check("last", "assert y == 3"),
    )
    assert (steps["before"], steps["after"], steps["last"]) == ("checker", "checker ← f", "checker")
    assert (steps["stub"], steps["own"]) == ("both", "both")


def test_what_a_check_binds_stays_its_own_unless_it_was_the_students():
    """And is kept, where later checks use it."""
    steps = {
        step.name: step
        for step in plan.of(
            book(
                answer("a", "def f(x): return x * N"),
                check("c", "N = 3\nhelper = 1\nold = f\ndel f\nf = old"),
                check("d", "assert f(helper) == N"),
            )
        ).steps
    }
    assert (steps["c"].fetches, steps["c"].watches, steps["c"].kept) == (("f",), ("N",), True)
    assert (steps["d"].fetches, steps["d"].kept) == (("f",), False)


def test_a_name_that_nobody_binds_is_asked_for():
    """A magic or an `exec` may have bound it; the plan says so."""
    found = plan.of(book(answer("a", "exec('f = 1')"), check("c", "assert f == len([0])")))
    assert found.steps[1].asks == ("f",)
    assert "? f" in str(found)


def test_cells_without_a_name_count_as_they_stand_in_the_source():
    """Imports of many courses stand in such cells."""
    found = plan.of(
        book(code("import numpy as np"), answer("a", "x = np.zeros(2)"), check("c", "assert np.all(x == 0)"))
    )
    assert [str(step.side) for step in found.steps] == ["both", "student", "checker"]


def test_what_both_sides_bind_is_known():
    """For the checker names what it shares, where it would otherwise send a copy."""
    cells = given("g", "class Account: pass"), given("unused", "z = 1"), answer("a", "x = 1"), check("c", "Account()")
    assert plan.of(book(*cells)).shared == ("Account",)


def test_imports_of_an_answer_are_told_apart_from_what_it_makes():
    """Modules within a solution; whatever is imported outside of it, which students are given. The last one counts."""
    solution = "import os\nfrom math import sqrt\n### BEGIN SOLUTION\nimport numpy as np\nfrom statistics import mean\n"
    steps = plan.of(
        book(
            answer("a", f"{solution}### END SOLUTION"),
            check("c", "os, sqrt, np, mean"),
            answer("b", "def sqrt(x): return x"),
            check("d", "os, sqrt"),
        )
    ).steps
    assert (steps[1].modules, steps[1].given) == ({"np": "numpy", "os": "os"}, {"os": "os", "sqrt": "math:sqrt"})
    assert (steps[3].modules, steps[3].given) == ({"os": "os"}, {"os": "os"})
    assert steps[3].fetches == ("os", "sqrt")


def test_the_plan_reads_as_a_table():
    """One line a cell."""
    text = str(plan.of(book(given("g", "import os"), answer("a", "x = 1"), check("c", "assert x == 1 and os"))))
    assert [line.split() for line in text.splitlines()] == [
        ["g", "given", "both"],
        ["a", "answer", "student"],
        ["c", "check", "checker", "←", "x"],
    ]

"""One submission beside its checker: outcomes, outputs, notes; whatever the submission does."""

import subprocess
import sys
from pathlib import Path

import nbformat
import nbgrader
import pytest
from toy import answer, book, check, code, hidden, source

from autograder import notebook
from autograder.model import Result, Verdict
from autograder.notebook import NotebookNode
from autograder.run import run
from autograder.sandbox import Limits

QUICK = Limits(cell_seconds=2, submission_seconds=60)
PASSED, FAILED, UNKNOWN = Verdict


@pytest.fixture
def grade(open_pen):
    """Run a submission: the source with the text of some cells replaced, and extra cells behind one."""

    def grade(of: NotebookNode, limits: Limits = QUICK, extra: dict[str, str] | None = None, **cells: str) -> Result:
        submitted = notebook.fill(of, cells)
        for behind, text in (extra or {}).items():
            place = [notebook.grade_id(cell) for cell in submitted.cells].index(behind)
            submitted.cells.insert(place + 1, nbformat.v4.new_code_cell(text))
        return run(of, notebook.rebuild(of, submitted).notebook, open_pen, limits)

    return grade


def verdicts(result: Result) -> dict[str, Verdict]:
    """What was said of each check."""
    return {outcome.check: outcome.verdict for outcome in result.outcomes}


def messages(result: Result) -> dict[str, str]:
    """Why a check did not pass."""
    return {outcome.check: outcome.message for outcome in result.outcomes if outcome.message}


DOUBLES = ("double_numbers", "double_text")


def test_the_reference_solution_has_full_marks(grade):
    """In the order of the source, with no message and no note."""
    result = grade(source())
    assert (result.points, result.max_points, result.notes) == (9, 9, ())
    assert [outcome.check for outcome in result.outcomes] == [
        "double_numbers",
        "double_text",
        "longest_values",
        "longest_first",
        "longest_none",
    ]
    assert messages(result) == {}


def test_a_wrong_answer_fails_its_checks_and_no_other(grade):
    """With the author's words."""
    result = grade(source(), longest="def longest(words): return max(words, key=len)")
    assert (result.points, messages(result)) == (8, {"longest_none": "your code raised ValueError"})
    result = grade(source(), longest="def longest(words): return max(words, key=len, default='')")
    assert messages(result) == {"longest_none": "no words, no longest word"}


@pytest.mark.parametrize(
    "text", ["", "1 / 0", "def double(x) return x", "double = 3", "raise SystemExit", "%%bash\nexit 1"]
)
def test_an_answer_that_is_none_fails(grade, text):
    """Empty, raising, no Python, no function: failed, since the grader can tell."""
    result = grade(source(), double=text)
    assert result.points == 6
    assert [verdicts(result)[name] for name in DOUBLES] == [FAILED, FAILED]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import os\nos._exit(0)", "exit status 0"),
        ("import ctypes\nctypes.string_at(0)", "exit status 139"),
        ("while True: pass", "did not come to an end in time"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "exit status 137"),
        ("import os\nos.closerange(3, 200)", "ended the process|did not come to an end"),
        ("import os\nfor n in range(3, 200):\n  try: os.write(n, b'x' * 9)\n  except OSError: pass", "disturbed"),
    ],
)
def test_a_deadly_cell_costs_the_checks_that_need_it(grade, text, why):
    """Unknown and flagged; the rest of the notebook is run anew without it, and has its marks."""
    result = grade(source(), double=text, extra={"double": "kept = 1"})
    assert result.points == 6
    assert [verdicts(result)[name] for name in DOUBLES] == [UNKNOWN, UNKNOWN]
    assert any("'double'" in note and any(word in note for word in why.split("|")) for note in result.notes), (
        result.notes
    )
    assert all("was left out" in messages(result)[name] for name in DOUBLES)
    assert "This cell" in result.outputs[3][0]["text"]


@pytest.mark.parametrize(
    "body",
    [
        "import os; os._exit(0)",
        "while True: pass",
        "import sys; sys.setrecursionlimit(10**9); double(x)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    ],
)
def test_a_deadly_function_costs_the_checks_that_call_it(grade, body):
    """Each of them is unknown and named in a note; what was passed before stays passed."""
    result = grade(source(), double=f"def double(x):\n    if x == 'ab': return 'abab'\n    {body}")
    assert (verdicts(result)["double_numbers"], result.points) == (UNKNOWN, 6)
    assert any("'double_numbers'" in note for note in result.notes)


def test_a_check_that_loses_the_student_does_not_pass_whatever_it_does(grade):
    """Also where its cell ran to its end."""
    nb = book(
        answer("a", "def f(): return 1"),
        check("c", "try:\n    f()\nexcept BaseException:\n    pass"),
        check("d", "f()"),
    )
    result = grade(nb, a="def f():\n    import os; os._exit(0)")
    assert verdicts(result) == {"c": UNKNOWN, "d": UNKNOWN}


def test_time_is_bounded_for_the_whole_submission(grade):
    """Checks that it does not reach are unknown."""
    cells = [answer("a", "def f(): return 1"), *(check(f"c{n}", "assert f() == 1") for n in range(6))]
    result = grade(book(*cells), Limits(cell_seconds=1, submission_seconds=2.5), a="def f():\n    while True: pass")
    assert set(verdicts(result).values()) == {UNKNOWN}
    assert messages(result)["c5"] == "there was no time left for this check"
    assert result.seconds < 60


RUNS = """from autograder import evidence
done = evidence.run(["python", "-c", f"import time; time.sleep({f()})"], seconds=0.5)
assert done.status == 0, "it does not end"
"""


@pytest.mark.parametrize(("seconds", "verdict"), [(0, PASSED), (60, UNKNOWN), ("'x'", FAILED)])
def test_what_the_clock_has_stopped_is_no_verdict(grade, seconds, verdict):
    """A program that a check runs may have been slow, or its machine. What ends by itself is judged."""
    result = grade(book(answer("a", "def f(): return 0"), check("c", RUNS)), a=f"def f(): return {seconds}")
    assert verdicts(result) == {"c": verdict}
    if verdict is UNKNOWN:
        assert "did not come to an end in time" in messages(result)["c"]


def test_what_was_judged_is_not_run_again_but_what_it_binds_is_there(grade):
    """After a restart, a check whose names later ones use is run once more, without a second verdict."""
    nb = book(
        code("import os", "setup", locked=True),
        answer("a", "def f(x): return x"),
        check("c", "table = {1: f(1)}\nassert table[1] == 1"),
        check("d", "assert f(0) == 0"),
        check("e", "assert table[1] == f(1)"),
    )
    result = grade(nb, a="import os\ndef f(x):\n    if x == 0: os._exit(1)\n    return x")
    assert verdicts(result) == {"c": PASSED, "d": UNKNOWN, "e": PASSED}


def test_points_may_be_given_in_part(grade):
    """By a number in the last line; nonsense gives none and is flagged."""
    nb = book(answer("a", "ratio = 1.0"), check("c", "2 * ratio", points=2))
    results = {
        text: grade(nb, a=f"ratio = {text}") for text in ["1.0", "0.25", "0", "-1", "2", "float('nan')", "'x'", "[1]"]
    }
    assert [result.points for result in results.values()] == [2, 0.5, 0, 0, 0, 0, 0, 0]
    assert [bool(result.notes) for result in results.values()] == [False] * 3 + [True] * 5


def test_outputs_are_those_of_the_cells_that_were_run(grade):
    """By place in the notebook, and of the student's alone; what student code shows during a check is printed."""
    nb = book(answer("a", "def f(): return 1"), check("c", "assert f() == 1"), check("d", "assert f() == 2, 'two'"))
    result = grade(nb, a="print('here')\ndef f():\n    print('quiet')\n    return 1", extra={"a": "f() + 1"})
    assert result.outputs[0] == [{"output_type": "stream", "name": "stdout", "text": "here\n"}]
    assert [output["output_type"] for output in result.outputs[1]] == ["stream", "execute_result"]
    assert sorted(result.outputs) == [0, 1]
    assert result.printed == {"c": "quiet\n", "d": "quiet\n"}


def test_cells_of_the_instructor_are_the_sources_and_extra_cells_help_nobody(grade):
    """What the student redefines is redefined over there alone."""
    nb = book(
        code("def close(a, b): return abs(a - b) < 1e-9\nLIMIT = 5", "given", locked=True),
        answer("a", "def f(x): return x"),
        check("c", "assert close(f(2), 2) and LIMIT == 5"),
    )
    extra = {"a": "close = lambda a, b: True\nLIMIT = 6\nabs = lambda x: 0\nimport builtins; builtins.abs = abs"}
    assert grade(nb, extra=extra).points == 1
    assert grade(nb, extra=extra, a="def f(x): return x + 1").points == 0


def test_an_instructors_cell_that_fails_in_the_checker_is_noted(grade):
    """It may be the reason why checks fail; with the reference solution it is found at once."""
    nb = book(
        answer("a", "def f(): return 1"),
        code("x = f()\ndef helper(): return 1", "given", locked=True),
        check("c", "assert helper() == 1"),
    )
    result = grade(nb, a="def f(): raise ValueError('no')")
    assert result.points == 0
    assert any("'given'" in note and "ValueError" in note for note in result.notes)
    assert grade(nb).notes == ()


def test_a_notebook_without_answers_or_without_cells_is_judged(grade):
    """Every check of the source has an outcome."""
    empty = notebook.rebuild(source(), nbformat.v4.new_notebook()).notebook
    assert len(empty.cells) == len(source().cells)
    result = grade(source(), double="", longest="")
    assert (len(result.outcomes), result.points) == (5, 0)


DEMO = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source" / "ps1" / "problem1.ipynb"


@pytest.fixture
def demo():
    """The assignment of nbgrader's own demo course."""
    if not DEMO.exists():
        pytest.fail(f"{DEMO}: nbgrader does not bring its demo course any more; take the cells from its documentation")
    return notebook.read(DEMO)


ANSWERS = {
    "": "",
    "squares = None": "correct_squares squares_invalid_input correct_sum_of_squares",
    "def squares(n): return [i ** 2 for i in range(1, n + 1)]": "squares_invalid_input",
    "def sum_of_squares(n): return n * (n + 1) * (2 * n + 1) // 6": "sum_of_squares_uses_squares",
    "def sum_of_squares(n): return sum(squares(n)) + 1": "correct_sum_of_squares",
}


@pytest.mark.parametrize("text", ANSWERS)
def test_nbgraders_own_demo_course_is_graded_unchanged(grade, demo, text):
    """Its checks delete a function of the student's, and expect exceptions."""
    result = grade(demo, **{text.removeprefix("def ").partition("(")[0].partition(" ")[0]: text} if text else {})
    assert {o.check for o in result.outcomes if o.verdict is not PASSED} == set(ANSWERS[text].split())
    assert result.max_points == 3


def test_the_student_cannot_ask_who_is_asking(grade):
    """No frame, no line cache, no argument list of its process knows the checks."""
    nb = book(
        answer("a", "def f(x): return x"),
        check("c", hidden("assert f(1) == 1", "assert f(2) == 2, 'the word is xyzzy'"), 1),
    )
    spy = """
import gc, linecache, sys
def f(x):
    texts = [str(linecache.cache)] + [repr(thing) for thing in gc.get_objects() if type(thing) in (str, dict, list)]
    frame = sys._getframe()
    while frame:
        texts.append(repr(frame.f_locals)); frame = frame.f_back
    return 0 if any("xyz" + "zy" in text for text in texts) else x
"""
    assert grade(nb, a=spy).points == 1


def test_nothing_of_the_grader_that_judges_is_loaded_to_make_a_plan():
    """The process that holds verdicts parses no value of a student's, so it needs no codec."""
    text = """
import sys, autograder.run
assert not {"autograder.values", "autograder.checker", "cloudpickle"} & {*sys.modules}
"""
    subprocess.run([sys.executable, "-c", text], check=True)

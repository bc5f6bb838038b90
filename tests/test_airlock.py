"""A submission goes in; a notebook with outputs and a result come out, and only the checker says what is in them."""

import pytest
import toy
from inside.probe import gone, sleeper

from autograder import notebook
from autograder.airlock import Airlock
from autograder.model import Verdict
from autograder.sandbox import Limits
from autograder.sandbox.unwalled import WARNING

CHECKS = ["double_numbers", "double_text", "longest_values", "longest_first", "longest_none"]


@pytest.fixture(scope="module")
def airlock():
    """One for all tests of this file."""
    with Airlock(limits=Limits(cell_seconds=10)) as airlock:
        yield airlock


def verdicts(graded) -> dict[str, Verdict]:
    return {outcome.check: outcome.verdict for outcome in graded.result.outcomes}


def outputs(graded) -> dict[str, list]:
    return {notebook.grade_id(cell): cell.get("outputs", []) for cell in graded.notebook.cells}


def submitted(**cells):
    """The reference solution with some cells answered differently."""
    return notebook.fill(toy.source(), cells)


def test_the_reference_solution_earns_full_marks(airlock):
    """Every check passes, and stands in the notebook without an output."""
    graded = airlock.grade(toy.source(), toy.source())
    assert (graded.result.points, graded.result.max_points) == (9, 9)
    assert [outputs(graded)[name] for name in CHECKS] == [[]] * 5
    assert graded.flags == ()


def test_a_failed_check_holds_one_error_with_its_message(airlock):
    """What stands on a check is the checker's: its message, and neither code nor inputs."""
    graded = airlock.grade(toy.source(), submitted(longest="def longest(words):\n    return max(words, key=len)"))
    assert verdicts(graded) == {**dict.fromkeys(CHECKS, Verdict.PASSED), "longest_none": Verdict.FAILED}
    (error,) = outputs(graded)["longest_none"]
    assert (error.output_type, error.ename, error.evalue) == ("error", "CheckFailed", "your code raised ValueError")
    assert "longest([])" not in str(error)


def test_students_cells_keep_their_own_outputs(airlock):
    """What a student's cell shows is shown, as Jupyter would."""
    graded = airlock.grade(
        toy.source(), submitted(double="def double(x):\n    return 2 * x\nprint('hello')\ndouble(4)")
    )
    stream, result = outputs(graded)["double"]
    assert (stream.text, result.data["text/plain"]) == ("hello\n", "8")


def test_a_deadly_answer_costs_its_own_checks_and_no_others(airlock):
    """A cell that ends its process: its checks are unknown and say so, the other task is graded."""
    graded = airlock.grade(toy.source(), submitted(double="import os\nos._exit(0)"))
    assert verdicts(graded) == {
        "double_numbers": Verdict.UNKNOWN,
        "double_text": Verdict.UNKNOWN,
        "longest_values": Verdict.PASSED,
        "longest_first": Verdict.PASSED,
        "longest_none": Verdict.PASSED,
    }
    (error,) = outputs(graded)["double_numbers"]
    assert (error.output_type, error.ename) == ("error", "Unknown")
    assert any("ended the process" in flag for flag in graded.flags)


def test_files_lie_in_the_work_folder(airlock):
    """A student's cell reads the files that belong to the submission."""
    answer = "def double(x):\n    return 2 * x\nprint(open('data/a.txt').read())"
    graded = airlock.grade(toy.source(), submitted(double=answer), {"data/a.txt": b"here"})
    assert outputs(graded)["double"][0].text == "here\n"


def test_nothing_of_the_courses_is_there_to_read(airlock):
    """Neither the sources nor the answers nor the made-up cases are where the student's code runs."""
    places = ("source", "tests", "autograder/cases", "nbgrader_config.py", ".git", "README.md")
    answer = (
        "import os\n"
        "def readable(path):\n"
        "    try:\n"
        "        return bool(os.listdir(path) if os.path.isdir(path) else open(path).read())\n"
        "    except OSError:\n"
        "        return False\n"
        f"print([name for name in {places} if readable(os.path.join({str(toy.ROOT)!r}, name))])\n"
        f"print(readable(os.path.join({str(toy.ROOT)!r}, 'course/survey.sql')))"
    )
    graded = airlock.grade(toy.source(), submitted(double=answer))
    assert outputs(graded)["double"][0].text == "[]\nTrue\n"


def test_an_empty_submission_earns_nothing(airlock):
    """A notebook without cells: every check fails, each missing cell is named, and nothing raises."""
    graded = airlock.grade(toy.source(), toy.book())
    assert set(verdicts(graded).values()) == {Verdict.FAILED}
    assert "cell 'double' is missing" in graded.flags


def test_without_a_sandbox_every_result_says_so():
    """The unsafe way gives the same verdicts, and a flag that no reader can miss."""
    with Airlock(limits=Limits(cell_seconds=20), unsafe_without_sandbox=True) as airlock:
        graded = airlock.grade(toy.source(), submitted(double="def double(x):\n    return 2 * x if x else 0"))
        deadly = airlock.grade(toy.source(), submitted(double="import os\nos._exit(3)"))
    assert verdicts(graded) == {**dict.fromkeys(CHECKS, Verdict.PASSED), "double_text": Verdict.FAILED}
    assert verdicts(deadly)["double_text"] is Verdict.UNKNOWN
    assert verdicts(deadly)["longest_none"] is Verdict.PASSED
    assert graded.flags == (WARNING,)


def test_without_a_sandbox_what_descends_from_a_submission_ends_with_it(token):
    """Also what is in a session of its own, as the engines of a cluster are."""
    with Airlock(limits=Limits(cell_seconds=20), unsafe_without_sandbox=True) as airlock:
        graded = airlock.grade(toy.source(), submitted(double=f"{sleeper(token)}\ndef double(x):\n    return 2 * x"))
    assert set(verdicts(graded).values()) == {Verdict.PASSED}
    assert gone(token)

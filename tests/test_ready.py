"""A checker that was made ready gives the verdicts that another gives, and makes nothing twice."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import toy

from autograder import notebook, ready
from autograder.airlock import Airlock

ROOT = Path(__file__).parents[1]
ASKS = """from autograder.cases.surveys import surveys
from course.check import calling
for s in surveys(2, seed=len('abc')):
    calling(longest, list(s.people)).returns(max(s.people, key=len))
"""


@pytest.fixture(scope="module")
def airlock():
    """One for all tests of this file."""
    with Airlock() as airlock:
        yield airlock


def asking():
    """The toy assignment, with a check that asks for made-up cases."""
    source = toy.source()
    (check,) = [cell for cell in source.cells if notebook.grade_id(cell) == "longest_values"]
    check.source = ASKS
    return source


def test_verdicts_are_the_same(airlock):
    """Of the first submission, and of those after it whose checkers are ready."""
    source = asking()
    answers = [
        {},
        {"double": "def double(x):\n    return 0"},
        {"longest": "import os\nos._exit(3)"},
        {"longest": "1 +"},
    ]
    first = [airlock.grade(asking(), notebook.fill(source, answer)).result.outcomes for answer in answers]
    again = [airlock.grade(source, notebook.fill(source, answer)).result.outcomes for answer in answers * 2]
    assert again == first * 2


def test_nothing_is_made_twice(airlock):
    """What the first checker had to make, the next ones have; of another source, that is another matter."""
    source = asking()
    made = [airlock.grade(source, source).result.made for _ in range(3)]
    assert made == [(("autograder.cases.surveys:surveys", "((2,), {'seed': 3})"),), (), ()]
    assert airlock.grade(asking(), asking()).result.made == made[0]


def test_cells_are_compiled_and_imports_done_but_nothing_is_run():
    """In a process of its own, which then knows them; magics and mistakes are left for the checker."""
    cases = "from autograder.cases.surveys import surveys\nprint('ran')"
    texts = ["import sys\nprint('ran')", cases, "%pwd", "1 +", "a\nreturn"]
    program = (
        "import sys; from autograder import ready, shell\n"
        f"ready.prepare({ready.pack(texts, [])!r})\n"
        "print('autograder.cases.surveys' in sys.modules, list(shell._ready().codes))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"True {texts[:2]}\n"


def test_what_is_packed_is_plain():
    """The branch reads texts and calls as data."""
    assert json.loads(ready.pack(["x"], [("a:b", "((), {})")])) == {"texts": ["x"], "made": [["a:b", "((), {})"]]}

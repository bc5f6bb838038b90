"""What stands around a call is there while it lasts, and gone afterwards; also in another process."""

import os
import warnings

import pytest

from course import around


def test_variables_are_set_while_the_function_runs(monkeypatch):
    """Set and unset, and as before afterwards, whether it returns or raises."""
    monkeypatch.setenv("A", "before")
    monkeypatch.setenv("B", "before")
    monkeypatch.delenv("C", raising=False)

    def look(fail=False):
        if fail:
            raise KeyError(os.environ["A"])
        return os.environ["A"], os.environ.get("B"), os.environ["C"]

    asking = around.given(look, {"A": "during", "B": None, "C": "during"})
    assert asking() == ("during", None, "during")
    with pytest.raises(KeyError, match="during"):
        asking(fail=True)
    assert (os.environ["A"], os.environ["B"], os.environ.get("C")) == ("before", "before", None)


def test_warnings_are_heard():
    """Each of them, with its category, also where they are filtered; but not that somebody forgot to close a file."""

    def warn():
        for _ in range(2):
            warnings.warn("beware", UserWarning, stacklevel=1)
        warnings.warn("open", ResourceWarning, stacklevel=1)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert around.heard(warn)() == ["UserWarning: beware"] * 2


def test_a_filter_that_stays_is_noticed():
    """Also the second time, when it is there already; one that is taken away is not."""

    def local():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")

    stays = around.filtered(lambda: warnings.filterwarnings("ignore"))
    before = list(warnings.filters)
    assert [around.filtered(local)(), stays(), stays()] == [True, False, False]
    assert around.filtered(warnings.resetwarnings)() is False
    assert list(warnings.filters) == before


def test_a_step_follows():
    """What it makes of the result is returned."""
    assert around.followed(int, str)("07") == "7"


def test_the_call_is_named_as_the_function():
    """So that a check's message names it."""
    assert around.heard(len).__name__ == "len"


def test_all_of_it_happens_on_the_students_side(sides):
    """Where the function is, there are its variables and its warnings."""
    sides.student(
        "import os, warnings\n"
        "os.environ['THERE'] = 'yes'\n"
        "def look():\n"
        "    warnings.warn('beware')\n"
        "    return os.environ.get('SURVEY_PWD'), os.environ.get('THERE')\n"
    )
    check = (
        "import os\n"
        "from course import around\n"
        "assert around.given(look, {'SURVEY_PWD': 'x'})() == ('x', 'yes')\n"
        "assert look()[0] is None\n"
        "assert around.heard(look)() == ['UserWarning: beware']\n"
        "assert around.followed(look, lambda seen: os.environ.get('THERE'))() == 'yes' != os.environ.get('THERE')\n"
    )
    assert sides.check(check, "look") == ""

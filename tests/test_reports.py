"""A report is held against the rows of the survey, and a failure against what it should have said."""

import csv
import io
from dataclasses import replace

import pytest

from autograder.cases import reports
from autograder.cases.scripts import Ran

CASES = reports.cases(3, seed="tests")


def text(case, sep="\n") -> str:
    """The report of a case."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator=sep).writerows([reports.HEADER, *case.rows])
    return stream.getvalue()


def told(case, content: str, **more) -> Ran:
    """How a command ended that wrote `content` to where the report of the case belongs."""
    files = {**case.files, case.out: content.encode()} if case.out else dict(case.files)
    return replace(Ran(0, "" if case.out else content, "", files), **more)


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_the_report_is_right_whole_and_alone(case):
    """Also with the line ends of CSV; with anything else in it, it is wrong."""
    whole = text(case)
    assert reports.wrong(case, told(case, whole)) == reports.wrong(case, told(case, text(case, "\r\n"))) == ""
    for content in ("", f"reading …\n{whole}", f"{whole}done\n", whole.replace("taken", "visit", 1), f"{whole},,,\n"):
        assert reports.wrong(case, told(case, content)) != ""
    for row in whole.splitlines()[1:]:
        assert "lacks the row" in reports.wrong(case, told(case, whole.replace(f"{row}\n", "", 1)))
        assert "has the row" in reports.wrong(case, told(case, f"{whole}{row}\n"))


def test_the_order_is_that_of_visits_and_no_other():
    """Rows of one visit are free."""
    case = replace(CASES[0], rows=((1, "a", "sal", 0.5), (1, "b", "sal", None), (2, None, "rad", 1.5)))
    free = replace(case, rows=(case.rows[1], case.rows[0], case.rows[2]))
    wrong = replace(case, rows=case.rows[::-1])
    assert reports.wrong(case, told(case, text(free))) == ""
    assert "order" in reports.wrong(case, told(case, text(wrong)))


def test_with_out_nothing_else_is_written():
    """Neither to stdout, nor to another file."""
    case = next(case for case in CASES if case.out)
    assert "stdout holds" in reports.wrong(case, told(case, text(case), out="done\n"))
    assert "there is no file" in reports.wrong(case, Ran(0, "", "", {"survey.db": b""}))


def test_some_cases_are_planted():
    """A name with a quote, one with a comma, readings without a person, a site without any, an old file in the way."""
    for case in reports.cases(3, seed="others")[2:4]:
        assert any(row[1] is None for row in case.rows)
    assert not any(case.rows for case in CASES[4:])
    assert "Ross's hut" in CASES[0].words
    assert any(row[1] == reports.COMMA for row in CASES[2].rows)
    assert all(case.files.get("a report.csv") == reports.OLD for case in CASES if case.out)


FAILING = [*reports.failing(seed="tests"), *reports.failing(seed="tests", hidden=True)]


@pytest.mark.parametrize("case", FAILING, ids=[case.about for case in FAILING])
def test_a_failure_is_explained_on_stderr_and_leaves_nothing(case):
    """It names what is wrong where there is a name, and shows no traceback."""
    good = Ran(case.status, "", f"error: {' '.join(case.names) or 'usage'}\n", case.files)
    assert reports.unclear(case, good) == ""
    trace = "Traceback (most recent call last):\n" + good.err
    bad = [
        *(replace(good, err=""), replace(good, err=trace), replace(good, out="error\n")),
        *(replace(good, files={**case.files, "lost.db": b""}), replace(good, files={**case.files, "survey.db": b""})),
    ]
    assert [bool(reports.unclear(case, done)) for done in bad] == [True] * 5
    assert bool(reports.unclear(case, replace(good, err="it failed\n"))) == bool(case.names)


def test_the_same_call_of_the_same_file_is_made_once(tmp_path, monkeypatch):
    """And again when the file has changed."""
    monkeypatch.chdir(tmp_path)
    started = []

    def start(command, **how):
        started.append(command)
        return Ran(0, b"", b"", {})

    monkeypatch.setattr(reports, "called", lambda command, run, files: run(command))
    (tmp_path / "report.py").write_text("1")
    for _ in range(2):
        reports.run(CASES[0], start)
    assert len(started) == 1
    (tmp_path / "report.py").write_text("2")
    reports.run(CASES[0], start)
    assert len(started) == 2

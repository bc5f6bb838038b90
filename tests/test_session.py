"""Relaying: deadlines, caps, and what is said of a side that is lost."""

import time

import pytest

from autograder.session import LATE, Lost


def test_a_cell_that_ends_its_process_is_known_by_its_exit_status(sides):
    """So a teacher can tell `exit` from a crash."""
    with pytest.raises(Lost, match=r"ended the process that it ran in \(exit status 3\)") as lost:
        sides.student("import os\nos._exit(3)")
    assert lost.value.side == "student"


def test_a_cell_that_crashes_the_interpreter_ends_its_process(sides):
    """By a signal."""
    with pytest.raises(Lost, match="exit status 139"):
        sides.student("import ctypes\nctypes.string_at(0)")


@pytest.mark.parametrize("cell", ["while True: pass", "import time\ntime.sleep(1000)"])
def test_a_cell_that_does_not_end_is_late(sides, cell):
    """By the grader's clock."""
    started = time.monotonic()
    with pytest.raises(Lost, match=LATE):
        sides.student(cell, seconds=0.5)
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("import os\n    os._exit(0)", "ended the process"),
        ("while True: pass", LATE),
        ("import ctypes\n    ctypes.string_at(0)", "ended the process"),
        ("import os, signal\n    os.kill(os.getpid(), signal.SIGSTOP)", LATE),
    ],
)
def test_a_check_whose_student_is_gone_cannot_go_on(sides, body, why):
    """No ordinary `except` of its own helps it, and nothing is asked any more."""
    sides.student(f"def f():\n    {body}")
    text = "try:\n    f()\nexcept Exception:\n    pass\nwent_on = True"
    report = sides.report(text, "f", seconds=1)
    assert why in report["message"]
    assert sides.report("assert 'went_on' not in globals()")["message"] == ""
    assert why in str(sides.session.lost)


def test_a_check_that_swallows_everything_is_found_out(sides):
    """The session knows that the student was lost."""
    sides.student("def f():\n    import os; os._exit(0)")
    assert sides.check("try: f()\nexcept BaseException: pass", "f") == ""
    assert "ended the process" in str(sides.session.lost)


def test_a_check_that_asks_without_end_is_stopped(sides):
    """A generator that never ends gives an item a request: after the deadline nobody answers."""
    sides.student("def forever():\n    while True: yield 1")
    assert LATE in sides.check("list(forever())", "forever", seconds=0.5)


def test_a_checker_that_does_not_answer_is_lost(sides, monkeypatch):
    """A check of the author's that never ends ends all the same."""
    monkeypatch.setattr("autograder.session.GRACE", 0.5)
    with pytest.raises(Lost, match=LATE) as lost:
        sides.check("while True: pass", seconds=0.2)
    assert lost.value.side == "checker"


@pytest.mark.parametrize(
    "noise",
    [
        "b'noise'",
        "b'\\xff' * 4",
        "(2).to_bytes(4, 'big') + b'[]'",
        "(9).to_bytes(4, 'big') + b'{\"re\": 1}'",
        "(12).to_bytes(4, 'big') + b'{\"re\": \"one\"}'[:12]",
    ],
)
def test_noise_in_the_channel_ends_the_session(sides, noise):
    """A submission that writes into every descriptor has only disturbed itself."""
    with pytest.raises(Lost, match=r"disturbed|did not come"):
        sides.student(
            f"import os\nfor n in range(3, 200):\n    try: os.write(n, {noise})\n    except OSError: pass", seconds=2
        )
        sides.student("1", seconds=2)


def test_a_prepared_answer_can_only_be_a_wrong_one(sides):
    """A reply forged before the request is taken for the answer or refused; the check gains nothing by it."""
    sides.student("""
import json, os, socket, stat, struct
def f(x):
    for n in range(3, 200):
        try:
            if stat.S_ISSOCK(os.fstat(n).st_mode):
                for number in range(1, 60):
                    body = json.dumps({"re": number, "ok": True, "value": 9, "message": "", "score": 99}).encode()
                    os.write(n, struct.pack(">I", len(body)) + body)
        except OSError: pass
    return 1
""")
    report = sides.report("assert f(3) == 9", "f", seconds=5)
    assert report["message"] != "" or sides.session.lost is not None


def test_what_is_printed_during_a_check_is_kept_apart_and_cut(sides):
    """It is for the teacher alone."""
    sides.student("def f(): print('x' * 100_000)")
    sides.check("f(); f(); f()", "f")
    assert 64_000 <= len(sides.session.printed) <= 130_000
    sides.check("x = 1")
    assert sides.session.printed == ""

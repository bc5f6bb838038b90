"""A trial tells who lets go of the GIL, whatever else the machine has to do."""

import sys
import threading
import time

import pytest

from course import overlap
from course.overlap import Event, Trial

# What was measured for the syllabus, in CPython with a GIL.
LETS_GO = {"time.sleep", "float @", "integer @", "np.sort", "sha256", "zlib.compress"}
KEEPS = {"a loop", "sorted", "str.join", "pow", "json.dumps"}
gil = pytest.mark.skipif(
    not getattr(sys, "_is_gil_enabled", lambda: True)(), reason="this interpreter has no GIL to let go of"
)


@gil
@pytest.mark.parametrize("name", sorted(LETS_GO | KEEPS))
def test_what_was_measured_is_found_again(name):
    """Each of the eleven is told apart."""
    assert overlap.trial(overlap.work()[name]).overlapped == (name in LETS_GO)


def test_there_are_eleven():
    """The work has the names that lesson and assignment use."""
    assert set(overlap.work()) == LETS_GO | KEEPS


@gil
def test_one_after_the_other_has_its_events_in_order():
    """Four events: in, out, in, out."""
    assert overlap.trial(lambda: sum(range(1000))).events == (
        Event("first", "in"),
        Event("first", "out"),
        Event("second", "in"),
        Event("second", "out"),
    )


def test_one_within_the_other_is_an_overlap():
    """in, in, out, out; whoever comes out first."""
    events = [Event("first", "in"), Event("second", "in"), Event("second", "out"), Event("first", "out")]
    assert Trial(tuple(events)).overlapped
    assert overlap.trial(lambda: time.sleep(0.01)).events[:2] == tuple(events[:2])


@gil
@pytest.mark.parametrize("told", [True, False])
def test_the_first_calls_so_often_as_it_takes_and_no_more(told, monkeypatch):
    """One that never lets go is called until the second sleeps, and once more; or `calls` times, where nobody tells."""
    if not told:
        monkeypatch.setattr(overlap, "_stirring", lambda _: None)
    calls = []
    overlap.trial(lambda: calls.append(threading.current_thread()), calls=4)
    once, often = sorted(map(calls.count, set(calls)))
    assert once == 1
    assert often in (range(2, overlap.PATIENT + 1) if told else [4])


def test_a_work_is_tried_once():
    """What this Python makes of it is known from then on."""
    assert overlap.here("time.sleep") is True
    assert overlap.here("a loop") is not getattr(sys, "_is_gil_enabled", lambda: True)()
    assert overlap.here.cache_info().currsize == 2


def test_python_is_left_as_it_was():
    """The switch interval is what it was, and no thread is left, also after an error."""
    before = sys.getswitchinterval(), threading.active_count()
    with pytest.raises(ZeroDivisionError):
        overlap.trial(lambda: 1 / 0)
    overlap.trial(lambda: None)
    assert (sys.getswitchinterval(), threading.active_count()) == before


def test_another_interpreter_is_asked():
    """It says its version, whether it has a GIL, and whether a loop overlaps there; NumPy is not needed for that."""
    said = overlap.elsewhere(sys._base_executable)
    assert said.startswith(f"Python {sys.version.split()[0]}, GIL: ")
    assert said.endswith("overlaps: False") == ("GIL: True" in said)

"""Pictures of a cluster show its processes, and who worked when; in words, in places, and without colour."""

import importlib
import itertools
from datetime import datetime, timedelta
from types import SimpleNamespace
from xml.etree import ElementTree

import ipyparallel as ipp
import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from course import draw
from course.forked import ForkedController, ForkedEngines

drawing = importlib.import_module("course.draw.cluster")  # the package has a function of that name
NOON = datetime(2026, 11, 26, 12)
FEW = settings(max_examples=15, deadline=None)


@pytest.fixture
def drawn(monkeypatch):
    """The axes of the last picture that was finished, in a list."""
    kept, finish = [], drawing.finish

    def keeping(axes, alt):
        kept[:] = [axes]
        return finish(axes, alt)

    monkeypatch.setattr(drawing, "finish", keeping)
    return kept


def done(*tasks):
    """What an AsyncResult tells of tasks: the engine, and when each was sent, begun and done, in seconds."""
    names = ("submitted", "started", "completed")
    notes = [
        {"engine_id": engine}
        | {k: when if when is None else NOON + timedelta(seconds=when) for k, when in zip(names, times, strict=True)}
        for engine, *times in tasks
    ]
    return SimpleNamespace(metadata=notes)


def words(axes):
    """What is written in a picture."""
    return [text.get_text() for text in axes.texts]


def boxes(axes):
    """The boxes of a picture: left, right, top, and how each looks without colour."""
    found = [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch)]
    return [
        (patch.get_x(), patch.get_x() + patch.get_width(), patch.get_y(), (patch.get_hatch(), patch.get_linestyle()))
        for patch in found
    ]


TASKS = done((1, 0.0, 0.5, 2.0), (0, 0.1, 0.5, 1.0), (0, 0.1, 1.0, 1.5))


def test_who_worked_in_words():
    """Each engine, and how many tasks it did."""
    assert draw.gantt(TASKS).alt == (
        "Bars over time, one for each task, by engine: engine 0 did 2 tasks and engine 1 did 1 task."
    )


def test_time_is_an_axis_with_both_ends_named(drawn):
    """From the first task sent to the last one done, in seconds; each engine has its row, in the order of their ids."""
    draw.gantt(TASKS)
    written = words(drawn[0])
    assert {"first task sent", "2.00 s: last task done", "thin line: sent, and waiting"} <= set(written)
    rows = {text.get_text(): text.get_position()[1] for text in drawn[0].texts if text.get_text().startswith("engine")}
    assert list(rows) == ["engine 0", "engine 1"]
    assert rows["engine 0"] < rows["engine 1"]


def test_bars_are_as_long_as_the_work_and_stand_where_it_was_done(drawn):
    """A bar begins and ends with its task, in its engine's row."""
    draw.gantt(TASKS)
    inch = (drawing.RIGHT - drawing.LEFT) / 2.0
    expected = [(0.5, 1.0, 0), (1.0, 1.5, 0), (0.5, 2.0, 1)]
    assert [(left, right, top) for left, right, top, _ in boxes(drawn[0])] == [
        pytest.approx((drawing.LEFT + start * inch, drawing.LEFT + end * inch, 0.55 + drawing.STEP * row))
        for start, end, row in expected
    ]


def test_bars_bear_the_numbers_of_their_tasks(drawn):
    """In the order of the items, where there is room for a number."""
    draw.gantt(done((0, 0, 0, 1), (1, 0, 0, 1), (0, 0, 1, 1.001)))
    assert [text for text in words(drawn[0]) if text.isdecimal()] == ["0", "1"]


def test_waiting_is_a_line_from_sending_to_beginning(drawn):
    """Of each task."""
    draw.gantt(done((0, 0.0, 0.5, 1.0), (0, 0.25, 1.0, 2.0)))
    inch = (drawing.RIGHT - drawing.LEFT) / 2.0
    lines = [line.get_xdata() for line in drawn[0].lines if line.get_linewidth() < 0.75]
    assert [tuple(line) for line in lines] == [
        pytest.approx((drawing.LEFT + start * inch, drawing.LEFT + end * inch)) for start, end in [(0, 0.5), (0.25, 1)]
    ]


def test_neighbours_differ_without_colour(drawn):
    """Three tasks one behind the other look different on paper: by hatching, or by the weight of the edge."""
    draw.gantt(done((0, 0, 0, 1), (0, 0, 1, 2), (0, 0, 2, 3)))
    looks = {(patch.get_hatch(), patch.get_linestyle(), patch.get_linewidth()) for patch in drawn[0].patches}
    assert len(looks) == 3


def test_a_task_that_is_not_done_is_not_drawn():
    """And of nothing done the picture says so; a promise of one task has notes that stand in no list."""
    assert draw.gantt(done((0, 0.0, None, None))).alt.endswith("by engine: no task is done.")
    assert draw.gantt(done((0, 0, 0, 1), (1, 0, 1, None))).alt.endswith("by engine: engine 0 did 1 task.")
    (alone,) = done((3, 0, 0, 1)).metadata
    assert draw.gantt(SimpleNamespace(metadata=alone)).alt.endswith("by engine: engine 3 did 1 task.")


@FEW
@given(
    st.lists(st.tuples(st.integers(0, 30), st.floats(0, 1e4), st.floats(0, 1e4), st.floats(0, 1e4)), max_size=40),
)
def test_any_work_can_be_drawn(tasks):
    """No task, tasks that took no time, many engines."""
    picture = draw.gantt(done(*((engine, *sorted(times)) for engine, *times in tasks)))
    assert ElementTree.fromstring(picture.svg).tag.endswith("svg")


def test_a_picture_of_the_same_work_is_the_same():
    """Whatever was drawn before, and however matplotlib is set."""
    first = draw.gantt(TASKS).svg
    draw.gantt(done((0, 0, 0, 1)))
    with matplotlib.rc_context({"font.size": 30, "lines.linewidth": 9}):
        assert draw.gantt(TASKS).svg == first


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        ([0, 1], "engine 0 and engine 1"),
        ([4], "engine 4"),
        ([], "no engine"),
        ([1, 2, 7], "engine 1, engine 2 and engine 7"),
    ],
)
def test_the_processes_of_a_cluster(drawn, ids, said):
    """In words and as boxes: the client, the controller with its three parts, and the engines with their ids."""
    picture = draw.cluster(SimpleNamespace(ids=ids))
    assert picture.alt == (f"The client, in this process, talks to the controller, and the controller to {said}.")
    written = words(drawn[0])
    assert {"client (here)", "controller", "hub", "direct", "balanced"} <= set(written)
    assert [text for text in written if text.startswith("engine ")] == [f"engine {engine}" for engine in ids]
    assert ("no engine is ready" in written) == (not ids)
    assert len([patch for patch in drawn[0].patches if isinstance(patch, FancyArrowPatch)]) == 1 + len(ids)


@pytest.mark.parametrize("number", [1, 2, 8, 20])
def test_engines_stand_below_one_another_on_the_page(drawn, number):
    """No box covers another, and none leaves the picture."""
    draw.cluster(SimpleNamespace(ids=list(range(number))))
    tops = [
        (top, patch.get_height())
        for patch in drawn[0].patches
        if isinstance(patch, FancyBboxPatch)
        for top in [patch.get_y()]
        if patch.get_x() > 6
    ]
    assert len(tops) == number
    assert all(top + height <= following for (top, height), (following, _) in itertools.pairwise(tops))
    bottom, _ = drawn[0].get_ylim()
    assert tops[-1][0] + tops[-1][1] <= bottom


def test_of_a_real_cluster(tmp_path):
    """Engines' own notes are what is drawn, and the ids are those of the client."""
    options = {"controller": ForkedController, "engines": ForkedEngines, "delay": 0, "log_level": 40}
    with ipp.Cluster(n=2, profile_dir=str(tmp_path), **options) as rc:
        assert draw.cluster(rc).alt.endswith("the controller to engine 0 and engine 1.")
        both = rc[:].map_async(abs, range(4))
        both.wait()
        assert draw.gantt(both).alt.endswith("engine 0 did 1 task and engine 1 did 1 task.")
        alone = rc[[1]].map_async(abs, range(4))
        alone.wait()
        assert draw.gantt(alone).alt.endswith("by engine: engine 1 did 1 task.")

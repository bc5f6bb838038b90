"""Pictures of threads tell, in words too, what was noted."""

import threading

import pytest

from course import draw, overlap
from course.locks import Wait
from course.overlap import Event, Trial
from course.shared import Counter, Step

HELD = Trial((Event("first", "in"), Event("first", "out"), Event("second", "in"), Event("second", "out")))
FREE = Trial((Event("first", "in"), Event("second", "in"), Event("second", "out"), Event("first", "out")))


def test_trials_as_sequence_diagrams():
    """Which overlapped, and which did not."""
    picture = draw.gil({"sorted": HELD, "sha256": FREE})
    assert picture.alt == (
        "Sequence diagrams of two threads. sorted: one after the other; "
        "sha256: the second came in while the first was inside."
    )
    assert picture.svg.startswith("<?xml")


def test_the_same_trials_give_the_same_picture():
    """A picture hangs on what was noted alone."""
    assert draw.gil({"a": FREE}).svg == draw.gil({"a": FREE}).svg != draw.gil({"a": HELD}).svg


def test_steps_on_a_counter():
    """A write of what was there already is a lost update."""
    counter = Counter(1)
    counter.steps = [Step("A", "reads", 0), Step("B", "reads", 0), Step("A", "writes", 1), Step("B", "writes", 1)]
    assert draw.interleaving(counter).alt == (
        "Steps on a counter: A reads 0; B reads 0; A writes 1; B writes 1 (an update is lost). It ends at 1."
    )


def test_a_counter_without_steps():
    """It is drawn all the same."""
    assert draw.interleaving(Counter(4)).alt.endswith("It ends at 4.")


def test_who_waits_for_whom():
    """Threads, locks and arrows, in words."""
    waits = (Wait("Ada", "snow", "Bo"), Wait("Bo", "ice", "Ada"))
    assert draw.waiting(waits).alt == (
        "A wait-for graph: Ada waits for snow, which Bo holds; Bo waits for ice, which Ada holds."
    )
    assert draw.waiting(()).alt == "A wait-for graph: nobody waits."


def test_processor_time():
    """A thread that took next to nothing is not at work."""
    picture = draw.at_work({"int": {"main": 1.0, "worker 1": 0.01}, "float": {"main": 0.5, "worker 1": 0.5}})
    assert picture.alt == (
        "Bars of processor time for each thread. int: 1 thread at work (main); "
        "float: 2 threads at work (main and worker 1)."
    )


LOCK = threading.Lock()


@pytest.mark.parametrize(
    ("work", "one_machine", "end"),
    [
        (overlap.work()["time.sleep"], True, "so threads"),
        (overlap.loop, True, "so processes"),
        (overlap.loop, False, "so engines"),
        (lambda: LOCK and None, True, "so write it anew, so that it can be sent"),
    ],
)
def test_the_way_through_the_tree(work, one_machine, end):
    """Each end is reached by the work that belongs there."""
    assert draw.choice(work, "it", one_machine=one_machine).alt.endswith(f"{end}.")


def test_steps_that_need_one_another():
    """Reading a result is what makes a step depend on another, by index, by slice, or by going through all."""
    assert draw.depends(lambda results, i: i, 2).alt == "Dependencies of steps. step 0 needs none; step 1 needs none."
    assert "step 2 needs 1;" in draw.depends(lambda results, i: results[-1] if i else 0, 4).alt
    assert "step 2 needs 0 and 1;" in draw.depends(lambda results, i: sum(results), 4).alt
    assert "step 3 needs 1 and 2." in draw.depends(lambda results, i: sum(results[1:]), 4).alt

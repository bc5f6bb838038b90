"""The life of a cluster is told as the operating system saw it: who was there, who is left, what came out."""

from collections import namedtuple
from contextlib import contextmanager, nullcontext, suppress

import ipyparallel as ipp
import psutil
import pytest

from course import engines, lives
from course.check import CheckFailed
from course.forked import ForkedController, ForkedEngines

OPTIONS = {"controller": ForkedController, "engines": ForkedEngines, "delay": 0, "log_level": 40}


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """Makes clusters of forks, which start in a fraction of a second, and at the end stops what is left of them."""
    made, home = [], str(tmp_path_factory.mktemp("profile"))

    def start(n):
        made.append(ipp.Cluster(n=n, profile_dir=home, **OPTIONS))
        return made[-1]

    yield start
    for cluster in made:
        with suppress(Exception):
            cluster.stop_cluster_sync()


@pytest.fixture(autouse=True)
def _unseen(monkeypatch):
    """No life was seen before, nobody looks from outside, and patience is short where something is left on purpose."""
    monkeypatch.setattr(lives, "_seen", {})
    monkeypatch.setattr(lives, "_outside", [])
    yield


def test_a_life_that_ends_as_it_should(start):
    """n engines are ready and are processes, and none of the cluster is left."""
    life = lives.of(start, 2)
    assert len(set(life.ready)) == 2
    assert (life.alive, life.left) == (life.ready, ())


def test_an_error_that_comes_out(start):
    """The very error that was raised in the block; without one there is none to come."""
    assert lives.of(start, 1, error=True).came is True
    assert lives.of(start, 1, error=True).left == ()
    assert lives.of(start, 1).came is False


def test_an_error_that_is_swallowed(start):
    """Nothing came out."""

    @contextmanager
    def cluster(n):
        with start(n) as rc, suppress(LookupError):
            yield rc

    assert lives.of(cluster, 1, error=True).came is False


def test_an_error_in_place_of_another(start):
    """It is of the same kind, and not the one that was raised."""

    @contextmanager
    def cluster(n):
        with start(n) as rc:
            try:
                yield rc
            except LookupError:
                raise LookupError("mine") from None

    assert lives.of(cluster, 1, error=True).came is False


@pytest.mark.parametrize("stops", ["stop_engines_sync", "stop_controller_sync"])
def test_what_is_left_is_told(start, monkeypatch, stops):
    """Engines whose controller is stopped, and a controller without engines."""
    monkeypatch.setattr(lives, "SECONDS", 0.5)

    @contextmanager
    def cluster(n):
        started = start(n)
        rc = started.start_and_connect_sync()
        yield rc
        rc.close()
        getattr(started, stops)()

    life = lives.of(cluster, 1)
    engines_left = set(life.left) & set(life.ready)
    assert life.left != ()
    assert bool(engines_left) == (stops == "stop_controller_sync")
    assert set(life.left) <= {child.pid for child in psutil.Process().children(recursive=True)}


def test_engines_that_were_there_before_are_nobodys_work(start):
    """Ready, but not started: whoever connects to a running cluster has made no engine."""
    with start(1) as running:

        @contextmanager
        def cluster(n):
            yield running

        life = lives.of(cluster, 1)
        assert life.ready == tuple(engines.pids(running))
        assert (life.alive, life.left) == ((), ())


def test_two_checks_judge_one_life(start):
    """Asked again, the life that was seen is told, once; a third time, another one is seen."""
    first, second, third = (lives.of(start, 1) for _ in range(3))
    assert first is second
    assert set(third.ready).isdisjoint(first.ready)


def test_each_question_has_a_life_of_its_own(start):
    """Another number, another end, or another function: another life."""
    ready = [lives.of(start, 1).ready, lives.of(start, 1, error=True).ready, lives.of(lambda n: start(n), 1).ready]
    assert len({pid for pids in ready for pid in pids}) == 3


def test_what_raises_does_so_for_both_checks():
    """And a third time it is tried anew."""
    calls = []

    def cluster(n):
        calls.append(n)
        raise RuntimeError("no room")

    for _ in range(2):
        with pytest.raises(CheckFailed, match="no room"):
            lives.of(cluster, 2)
    assert calls == [2]
    with pytest.raises(CheckFailed, match="no room"):
        lives.of(cluster, 2)
    assert calls == [2, 2]


def test_what_is_no_context_manager_is_said_to_be_none():
    """With what it is, and what one is."""
    with pytest.raises(CheckFailed, match=r"cluster\(2\) gives 4711, which is no context manager"):
        lives.of(lambda n: 4711, 2)


def test_seen_from_outside(monkeypatch):
    """Processes are those that the function tells, and what has ended is not alive though it was not collected."""
    monkeypatch.setattr(lives, "SECONDS", 0.1)
    Seen = namedtuple("Seen", "pid state")
    looks = iter([[Seen(1, "S")], [Seen(1, "S"), Seen(7, "S"), Seen(8, "S")]])
    afterwards = [Seen(1, "S"), Seen(7, "Z"), Seen(9, "R")]
    lives.look_from(lambda: next(looks, afterwards))
    monkeypatch.setattr(engines, "pids", lambda client: [7, 8, "engine 9"])
    assert lives.of(lambda n: nullcontext(), 2) == lives.Life(ready=(7, 8), alive=(7, 8), left=(9,), came=False)

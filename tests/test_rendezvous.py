"""A rendezvous tells parallel work from work that only looks like it."""

import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from course import quiet, rendezvous
from course.rendezvous import Probe, Verdict

ITEMS = range(8)
ROOT = Path(__file__).parents[1]


def in_a_loop(probe):
    """One call after the other."""
    return [probe(item) for item in ITEMS]


def in_a_map_that_nobody_reads(probe):
    """`map` is lazy."""
    map(probe, ITEMS)


def in_threads(probe, workers=2):
    """A pool of threads."""
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(probe, ITEMS))


def one_result_at_a_time(probe):
    """A pool, and every result is waited for before the next call is made."""
    with ThreadPoolExecutor(2) as pool:
        return [pool.submit(probe, item).result() for item in ITEMS]


def in_processes(probe, method="fork", **how):
    """A pool of two processes."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        return list(pool.map(probe, ITEMS, **how))


def turn_by_turn(probe):
    """Two processes, which take turns."""
    with ProcessPoolExecutor(1) as one, ProcessPoolExecutor(1) as other:
        return [(one, other)[item % 2].submit(probe, item).result() for item in ITEMS]


def in_chunks_of_all(probe):
    """Two processes, of which one gets all the items."""
    return in_processes(probe, chunksize=len(ITEMS))


CASES = {
    # name: the work, what it is, patience
    "a plain loop": (in_a_loop, Verdict(False, 1, 8, 1, 1, True), 0.4),
    "a map that nobody reads": (in_a_map_that_nobody_reads, Verdict(False, 0, 0, 0, 0, False), 0.4),
    "one thread": (partial(in_threads, workers=1), Verdict(False, 1, 8, 1, 1, True), 0.4),
    "chunks of all": (in_chunks_of_all, Verdict(False, 1, 8, 1, 1, False), 0.4),
    "turn by turn": (turn_by_turn, Verdict(False, 1, 8, 2, 2, False), 0.4),
}
PARALLEL = {
    "two threads": (in_threads, (1, True)),
    "two processes": (in_processes, (2, False)),
    "two processes that start anew": (partial(in_processes, method="spawn"), (2, False)),
    "two processes of a fork server": (partial(in_processes, method="forkserver"), (2, False)),
}


@pytest.mark.parametrize("case", CASES)
def test_serial_work_is_found_out(case):
    """Nobody meets anybody, and every number is told."""
    work, expected, patience = CASES[case]
    probe = Probe(patience=patience)
    work(probe)
    assert probe.verdict() == expected
    assert probe.verdict().serial == (expected.calls > 0)


def test_a_result_awaited_at_once_is_serial():
    """`submit().result()` in a loop: which threads of the pool make the calls is left open, but no two meet."""
    probe = Probe(patience=0.4)
    one_result_at_a_time(probe)
    verdict = probe.verdict()
    assert (verdict.met, verdict.most, verdict.calls) == (False, 1, 8)


@pytest.mark.parametrize("case", PARALLEL)
def test_parallel_work_meets(case):
    """Two workers are inside at once; which of them, and where, is told."""
    work, (pids, client) = PARALLEL[case]
    probe = Probe(patience=60)
    assert work(probe) == list(ITEMS)
    verdict = probe.verdict()
    assert (verdict.met, verdict.most, verdict.calls, verdict.pids, verdict.client) == (True, 2, 8, pids, client)


def test_three_can_be_asked_for():
    """Two of them are no meeting of three."""
    probe = Probe(together=3, patience=0.4)
    in_threads(probe)
    assert (probe.verdict().met, probe.verdict().most) == (False, 2)
    probe = Probe(together=3, patience=60)
    in_threads(probe, workers=3)
    assert probe.verdict().met


def test_who_was_killed_is_not_waited_for():
    """A worker that died inside a call is not inside any more."""
    probe = Probe(patience=30)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        pool.apply_async(probe, (1,))
        while not list(Path(probe.folder).glob("open.*")):
            time.sleep(0.01)
        (worker,) = multiprocessing.active_children()
        worker.kill()
        worker.join()
        assert probe._inside() == 0


ALONE = """
from course import rendezvous
probe = rendezvous.Probe(patience=1e6)
print([probe(item) for item in range(16)], probe._size(rendezvous.VAIN))
"""


def test_waiting_in_vain_ends():
    """Each call looks whether somebody comes, sees that nobody can, and goes on: whatever patience there is.

    In a process of its own: one that other tests have left, and that only sleeps for a while, might come.
    """
    said = subprocess.run([sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (said.stdout, said.stderr) == (f"{[*range(16)]} 16\n", "")


def test_where_nothing_is_seen_patience_ends_it(monkeypatch):
    """Each waiting in vain halves the next: all of them together last at most twice as long as the first."""
    monkeypatch.setattr(quiet, "ENDLESS", {})
    probe = Probe(patience=0.2)
    start = time.monotonic()
    in_a_loop(probe)
    assert probe._size(rendezvous.VAIN) == 8
    assert time.monotonic() - start > 0.35  # it did wait; how long above that is the machine's affair


def test_who_is_on_the_way_is_waited_for():
    """A process that is still at work before its first call: a patience of a tenth of that is enough."""
    probe = Probe(patience=0.4)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        calls = [pool.submit(probe, 0), pool.submit(late_call, probe, 1)]
        assert [call.result() for call in calls] == [0, 1]
    assert probe.verdict().met


def spin(seconds):
    """Be at work."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def late_call(probe, seconds):
    """Be at work, and then make a call."""
    spin(seconds)
    return probe(1)


def test_calls_are_told_with_what_they_were_given():
    """Item, process, thread and how many were inside."""
    probe = Probe(function=str.upper, patience=0.1)
    assert probe("a") == "A"
    assert probe.calls() == [rendezvous.Call("'a'", os.getpid(), threading.get_ident(), 1)]


def test_a_call_that_raises_is_over():
    """It is noted, and its worker is not inside any more."""
    probe = Probe(function=int, patience=0.1)
    with pytest.raises(ValueError):
        probe("x")
    assert (len(probe.calls()), probe._inside()) == (1, 0)


def test_it_pickles():
    """A copy in another process writes to the same folder."""
    probe = Probe(patience=0.1)
    pickle.loads(pickle.dumps(probe))(3)
    assert probe.verdict().calls == 1
    assert Path(probe.folder).is_dir()


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict(False, 0, 0, 0, 0, False), "no call was made"),
        (Verdict(False, 1, 1, 1, 1, True), "1 call by 1 worker in the calling process, at most 1 at once"),
        (Verdict(True, 2, 8, 2, 2, False), "8 calls by 2 workers away from the calling process, at most 2 at once"),
        (
            Verdict(True, 2, 8, 2, 2, True),
            "8 calls by 2 workers in the calling process and away from it, at most 2 at once",
        ),
    ],
)
def test_a_verdict_reads_as_a_sentence(verdict, words):
    """Numbers, place, and the most at once."""
    assert str(verdict) == words

"""Two engines to try things on: there when asked for, replaced when they die, and seen from beside."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import ipyparallel as ipp
import numpy as np
import psutil
import pytest

from course import engines
from course.engines import Engines
from course.rendezvous import Probe


@pytest.fixture(scope="module", autouse=True)
def _home(tmp_path_factory):
    """A folder for what clusters write; and no cluster of this process afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        patch.setenv("IPP_NONINTERACTIVE", "1")
        yield
        while engines._running:
            engines._stop(engines._running.pop())


@ipp.interactive
def knows(name):
    """Whether a name means something on the engine."""
    try:
        eval(name)
    except NameError:
        return False
    return True


@ipp.interactive
def divides_by_zero_on(pid):
    """Fails in one process, and gives a number in any other."""
    import os

    return 1 / (os.getpid() - pid)


def gone(pids):
    """Whether these processes end; one that was told to takes a moment."""
    there = [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)]
    return psutil.wait_procs(there, timeout=30)[1] == []


def test_a_view_is_on_two_engines_of_one_cluster():
    """Two processes beside this one, the same ones each time that one asks."""
    pids = engines.view().apply_sync(os.getpid)
    assert len({os.getpid(), *pids}) == 3
    assert engines.view().apply_sync(os.getpid) == pids


def test_a_view_holds_the_places_that_are_asked_for():
    """Places count the engines from 0, in the order in which they were named."""
    first, second = engines.view().targets
    assert engines.view(1).targets == [second]
    assert engines.view(1, 0).targets == [second, first]


def test_what_stands_for_a_view_becomes_one():
    """Of the places that it has, and in a message it is called as in a prompt."""
    assert Engines((1,)).__opened__().targets == engines.view(1).targets
    assert Engines().__opened__().targets == engines.view().targets
    assert repr(Engines()) == "view"


def test_fresh_engines_know_no_name_that_was_brought_to_them():
    """On any of them, whichever the view holds; and what every engine knows is still there."""
    engines.view().push({"brought": 1}, block=True)
    assert Engines().__opened__().apply_sync(knows, "brought") == [True, True]
    Engines((0,), fresh=True).__opened__()
    assert engines.view().apply_sync(knows, "brought") == [False, False]
    assert engines.view().apply_sync(knows, "open") == [True, True]


def test_what_travels_is_counted_by_engine():
    """`push` sends all to each engine, `scatter` a part; nothing is counted before or after."""
    view, array = engines.view(), np.ones((1000, 10))
    with engines.sending(view) as nothing:
        pass
    with engines.sending(view) as pushed:
        view.push({"all": array}, block=True)
    with engines.sending(view) as scattered:
        view.scatter("part", array, block=True)
    view.push({"all": array}, block=True)
    assert nothing == {}
    assert pushed.keys() == scattered.keys() == set(view.targets)
    for size in pushed.values():
        assert array.nbytes <= size < 1.1 * array.nbytes
    for size in scattered.values():
        assert 0.5 * array.nbytes <= size < 0.6 * array.nbytes


def test_what_comes_back_is_counted_by_answer():
    """Sums are small, rows are not; nothing is counted before or after."""
    view, array = engines.view(), np.ones((1000, 10))
    view.scatter("part", array, block=True)
    with engines.coming(view) as sums:
        view.apply_sync(np.sum, ipp.Reference("part"))
    with engines.coming(view) as rows:
        view.gather("part", block=True)
    view.gather("part", block=True)
    assert sum(sums) < 0.1 * array.nbytes
    assert array.nbytes <= sum(rows) < 1.1 * array.nbytes


def test_what_is_sent_to_one_engine_is_counted_for_that_one():
    """An engine that gets nothing is not told of."""
    first, _ = engines.view().targets
    with engines.sending(engines.view()) as sent:
        engines.view(0).push({"x": np.ones(500)}, block=True)
    assert set(sent) == {first}
    assert sent[first] > 4000


def test_what_a_balanced_view_sends_is_counted_for_nobody():
    """The scheduler chooses the engine, so the client cannot know."""
    view = engines.view()
    with engines.sending(view) as sent:
        assert view.client.load_balanced_view().apply_sync(np.sum, np.ones(1000)) == 1000
    assert set(sent) == {None}
    assert sent[None] > 8000


def test_an_error_ends_the_counting():
    """The session sends as it did before."""
    send = engines.view().client.session.send
    with pytest.raises(LookupError), engines.sending(engines.view()):
        raise LookupError("planned")
    assert engines.view().client.session.send == send


def test_each_engine_says_what_it_has():
    """In the order of the view, and an error as words."""
    pids = engines.view(1, 0).apply_sync(os.getpid)
    assert engines.each(engines.view(1, 0), os.getpid) == pids

    first, second = engines.each(engines.view(1, 0), divides_by_zero_on, pids[0])
    assert first == "ZeroDivisionError: division by zero"
    assert isinstance(second, float)


@pytest.mark.parametrize(
    "given",
    [
        lambda view, f, xs: view.map_async(f, xs),
        lambda view, f, xs: (f(x) for x in xs),
        lambda view, f, xs: view.map_sync(f, xs),
    ],
    ids=["a promise", "a generator", "a list"],
)
def test_work_that_was_begun_is_waited_for(given):
    """Promises and generators are read to their end."""
    probe = Probe(together=1)
    engines.settled(given, Engines(), probe, [1, 2, 3])
    assert probe.verdict().calls == 3


def test_who_lives():
    """A process that has ended is not alive, not even while nobody has collected it, and of the living all are told."""
    lasts, ends = (subprocess.Popen([sys.executable, "-c", code]) for code in ("import time; time.sleep(600)", "pass"))
    try:
        os.waitid(os.P_PID, ends.pid, os.WEXITED | os.WNOWAIT)
        assert psutil.Process(ends.pid).status() == psutil.STATUS_ZOMBIE
        assert engines.living([lasts.pid, ends.pid, os.getpid()]) == [lasts.pid, os.getpid()]
        assert lasts.pid in engines.descendants()
        assert ends.pid not in engines.descendants()
    finally:
        lasts.kill()
        assert [lasts.wait(), ends.wait()] != [None, None]
    assert engines.living([lasts.pid, ends.pid]) == []


def test_process_ids_of_a_client():
    """In the order of the engines' ids; of a client without an engine there are none."""
    client = engines.view().client
    assert engines.pids(client) == client[:].apply_sync(os.getpid)
    assert engines.pids(ipp.Client.__new__(_Nobody)) == []


class _Nobody(ipp.Client):
    """A client that knows no engine."""

    ids = ()

    def __init__(self):
        pass

    def __del__(self):
        pass


def test_a_cluster_of_which_an_engine_is_dead_is_replaced():
    """Whoever asks for a view gets one that answers, and of the old cluster nothing is left."""
    old = engines.pids(engines.view().client)
    os.kill(old[0], signal.SIGKILL)
    while engines.living(old[:1]):
        time.sleep(0.001)
    new = engines.view().apply_sync(os.getpid)
    assert len(set(new) | set(old)) == 4
    assert gone(old)


def test_the_cluster_ends_with_its_process(tmp_path):
    """A script that asks for engines and ends leaves none behind."""
    script = (
        "import os\nfrom course import engines\n"
        "if __name__ == '__main__':\n    print(*engines.view().apply_sync(os.getpid), *engines.descendants())"
    )
    environment = os.environ | {"IPYTHONDIR": str(tmp_path)}
    run = [sys.executable, "-c", script]
    root = Path(__file__).parents[1]
    done = subprocess.run(run, cwd=root, env=environment, capture_output=True, text=True, timeout=120)
    found = [int(pid) for pid in done.stdout.split()]
    assert len(found) > 4, done.stderr
    assert gone(found)

"""Many submissions at once: every one has its result, whoever dies on the way."""

import itertools
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import psutil
import pytest
import toy

from autograder import notebook, pool
from autograder.airlock import Airlock
from autograder.model import Verdict
from autograder.pool import Settings, Work
from autograder.sandbox import Limits, SandboxError
from autograder.workers import Workers

ROOT = Path(__file__).parents[1]
FAST = "def double(x):\n    return 2 * x"
SLOW = "import time\ntime.sleep(2)\ndef double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return 0"
DEADLY = "import os\nos._exit(0)"


@pytest.fixture(scope="module")
def source():
    """The assignment."""
    return toy.source()


def work(source, **answers: str) -> list[Work]:
    """Submissions by name, each with an answer to the first task."""
    return [Work(name, source, notebook.fill(source, {"double": text})) for name, text in answers.items()]


def points(results) -> dict[str, float]:
    """Who has how many points."""
    return {name: graded.result.points for name, graded in results}


def below(of: int | None = None) -> list[psutil.Process]:
    """Living processes below one."""
    try:
        return psutil.Process(of).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def words(process: psutil.Process) -> str:
    """How it was called; nothing, of one that is gone."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def workers() -> list[psutil.Process]:
    """The worker processes of this process's pool."""
    return [process for process in below() if "spawn_main" in words(process)]


def nurseries() -> list[psutil.Process]:
    """The walls of the workers' nurseries; never that of the nursery which tests share."""
    inside = [process for worker in workers() for process in below(worker.pid)]
    return [process for process in inside if words(process).split(" ")[0].endswith("bwrap")]


def test_everybody_has_what_they_deserve(source):
    """Two workers, more work than both can hold; as from one airlock."""
    kinds = work(source, right=FAST, wrong=WRONG, deadly=DEADLY)
    many = [Work(f"{each.name}{n}", source, each.submission) for n in range(3) for each in kinds]
    found = {name: graded.result.outcomes for name, graded in pool.graded(many, Settings(), 2)}
    with Airlock() as airlock:
        alone = {each.name: airlock.grade(source, each.submission).result.outcomes for each in kinds}
    assert found == {f"{name}{n}": outcomes for name, outcomes in alone.items() for n in range(3)}


def test_the_work_is_taken_as_it_is_needed(source):
    """No more than two submissions a worker are on their way: ten thousand need no more memory than ten."""
    taken = 0

    def endless():
        nonlocal taken
        for (each,) in (work(source, same=FAST) for _ in itertools.count()):
            taken += 1
            yield each

    results = pool.graded(endless(), Settings(), 1)
    for number in range(1, 5):
        next(results)
        assert taken <= number + pool.AHEAD
    results.close()
    assert workers() == []


@pytest.mark.parametrize("whom", [workers, nurseries])
def test_a_death_costs_no_result(source, whom):
    """Kill a worker, or its nursery, with work in its hands: the work is done again."""
    given = {"a": FAST, "slow": SLOW, "other": SLOW} | {f"s{number}": WRONG for number in range(4)}
    results = pool.graded(work(source, **given), Settings(), 2)
    found = dict([next(results)])
    whom()[0].kill()
    found |= dict(results)
    full, wrong = 9, 6
    assert points(found.items()) == {name: wrong if text is WRONG else full for name, text in given.items()}
    assert [graded.flags for graded in found.values()] == [()] * len(given)


def test_who_kills_workers_is_unknown_by_name(source):
    """A submission that kills every worker costs itself alone."""
    stop = threading.Event()

    def hunt():
        while not stop.wait(0.02):
            for worker in workers():
                if any("sleep 1234.5" in words(process) for process in below(worker.pid)):
                    worker.kill()

    hunter = threading.Thread(target=hunt)
    hunter.start()
    killer = "import subprocess\nsubprocess.run(['sleep', '1234.5'])"
    try:
        found = dict(pool.graded(work(source, a=FAST, killer=killer, b=FAST, c=WRONG, d=FAST), Settings(), 2))
    finally:
        stop.set()
        hunter.join()
    assert points(found.items()) == {"a": 9, "killer": 0, "b": 9, "c": 6, "d": 9}
    assert {outcome.verdict for outcome in found["killer"].result.outcomes} == {Verdict.UNKNOWN}
    assert found["killer"].flags == ("the process that graded it died twice (BrokenExecutor)",)
    assert [notebook.grade_id(c) for c in found["killer"].notebook.cells if c.get("outputs")] == [
        outcome.check for outcome in found["killer"].result.outcomes
    ]


def test_workers_may_be_started_before_there_is_work(source):
    """Two share a process and its nursery; where the settings turn out to be others, the process is another."""
    submissions = work(source, a=FAST, b=WRONG, c=FAST)
    with Workers(2, Settings()) as early:
        (first,) = workers()
        assert points(pool.graded(submissions, Settings(), early)) == {"a": 9, "b": 6, "c": 9}
        assert (workers(), len(nurseries())) == ([first], 1)
        others = Settings(limits=Limits(cell_seconds=1))
        found = dict(pool.graded(work(source, slow=SLOW), others, early))
        assert "did not come to an end in time" in found["slow"].result.outcomes[0].message
        assert first not in workers()
    assert workers() == []


def test_any_executor_will_do(source):
    """One of somebody else's, which lives on."""
    with ProcessPoolExecutor(1) as executor:
        assert points(pool.graded(work(source, a=FAST, b=WRONG), Settings(), executor)) == {"a": 9, "b": 6}
        assert executor.submit(os.getpid).result() > 0


def test_where_nothing_can_be_graded_that_is_said(source, tmp_path):
    """A machine that cannot do it is one error, for all; so are settings that make no sense."""
    with pytest.raises(SandboxError, match="gone"):
        list(pool.graded(work(source, a=FAST), Settings(readable=(tmp_path / "gone",)), 1))
    with pytest.raises(ValueError, match="relative"):
        list(pool.graded(work(source, a=FAST), Settings(readable=(Path("here"),)), 1))


PARENT = """
import sys
sys.path[:0] = {paths!r}
import toy
from autograder import notebook, pool
if __name__ == "__main__":
    source = toy.source()
    slow = notebook.fill(source, {{"double": {slow!r}}})
    work = (pool.Work(str(n), source, slow) for n in range(100))
    for name, _ in pool.graded(work, pool.Settings(), 2):
        print(name, flush=True)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_nothing_outlives_the_parent(how, tmp_path):
    """However the grader ends, its workers, nurseries and students' processes end with it."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(paths=[str(ROOT), str(ROOT / "tests")], slow=SLOW))
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as parent:
        parent.stdout.readline()
        left = below(parent.pid)
        assert any("bwrap" in words(process) for process in left)
        # As a terminal does: an interrupt goes to all of them.
        (os.killpg if how == signal.SIGINT else os.kill)(parent.pid, how)
        parent.wait(120)
        _, alive = psutil.wait_procs(left, timeout=120)
        assert alive == []

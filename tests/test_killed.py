"""Killed at any moment by `kill -9`, the next run goes on where it stopped, and ends where a clean run ends.

The moments are drawn by lot, with a seed, among the calls and returns of the code that decides, keeps and writes; each
kind of event is as likely as any other. MOMENTS and SEED in the environment ask for more, and for others.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from test_grading import files, rows
from test_pool import below, words
from test_resume import clean, counts, course, handed_in, run, worker

__all__ = ["clean", "course", "handed_in", "worker"]  # fixtures

MOMENTS = int(os.environ.get("MOMENTS", "4"))
SEED = int(os.environ.get("SEED", "5"))
SIZE = 5
# Grades the class on one worker, and kills itself at the event of this number; last it writes which events there were.
RUNNER = """
import json, os, signal, sys
from functools import cache
from pathlib import Path
COUNTED = {"book", "folders", "grading", "page", "pending", "results", "rows", "submission", "turn", "writing"}

@cache
def counts(file):
    path = Path(file)
    return path.stem in COUNTED and path.parent.name in ("autograder", "gradebook", "feedback")

def watch(frame, event, _):
    code = frame.f_code
    if counts(code.co_filename) or code.co_name == "do_commit":
        seen.append(f"{Path(code.co_filename).stem}.{code.co_name} {event}")
        if len(seen) == last:
            log.write_text(json.dumps(seen))
            os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    from autograder import grading
    from autograder.cli import main
    last, log, seen, grade = int(sys.argv[1]), Path(sys.argv[2]), [], grading.grade

    def watched(*words):
        sys.setprofile(watch)
        try:
            return grade(*words)
        finally:
            sys.setprofile(None)

    grading.BATCH, grading.grade = 2, watched
    status = main(["grade", "toy", "--workers", "1"])
    log.write_text(json.dumps(seen))
    sys.exit(status)
"""


def killing(course: Path, place: Path, last: int) -> tuple[int, list[str]]:
    """Grade the class in a process that kills itself at its event number `last`; how it ended, and its events."""
    place.mkdir(exist_ok=True)
    (place / "runner.py").write_text(RUNNER)
    log = place / "events"
    command = [sys.executable, str(place / "runner.py"), str(last), str(log)]
    with (place / "said").open("wb") as said:
        status = subprocess.run(command, cwd=course, stdout=said, stderr=said).returncode
    return status, json.loads(log.read_text())


def count(course: Path, table: str) -> int:
    """How many results are kept, or noted as written."""
    try:
        with sqlite3.connect(course / ".autograder" / "results.db") as db:
            return db.execute(f"select count(*) from {table}").fetchone()[0]
    except sqlite3.Error:
        return 0


@pytest.fixture(scope="module")
def moments(handed_in, clean, tmp_path_factory) -> list[int]:
    """Numbers of events, drawn by lot from a run that nothing disturbs."""
    place = tmp_path_factory.mktemp("moments")
    subprocess.run(["cp", "-a", handed_in, place / "course"], check=True)
    status, events = killing(place / "course", place, 0)
    assert (status, rows(place / "course"), files(place / "course")) == (0, *clean)
    where: dict[str, list[int]] = {}
    for number, event in enumerate(events, 1):
        where.setdefault(event, []).append(number)
    lot = random.Random(SEED)
    return [lot.choice(where[event]) for event in lot.sample(sorted(where), MOMENTS)]


@pytest.mark.parametrize("number", range(MOMENTS))
def test_the_grader_may_be_killed_at_any_moment(course, worker, clean, moments, tmp_path, number):
    """What was run is not run again, what was written is not written again, and the gradebook is that of one run."""
    status, events = killing(course, tmp_path / "run", moments[number])
    assert status == -signal.SIGKILL
    kept, written = count(course, "result"), count(course, "applied")
    assert counts(run(course, worker)) == (SIZE - kept, kept, SIZE - written, written), events[-1]
    assert (rows(course), files(course)) == clean
    assert len(list((course / "feedback").rglob("*.html"))) == SIZE


COMMAND = [sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())"]
GRADING = [*COMMAND, "grade", "toy", "--workers", "2"]


def workers(parent: int) -> list[psutil.Process]:
    """The worker processes of a grader."""
    return [process for process in below(parent) if "spawn_main" in words(process)]


def nurseries(parent: int) -> list[psutil.Process]:
    """The walls around the nurseries of its workers."""
    inside = [process for of in workers(parent) for process in below(of.pid)]
    return [process for process in inside if words(process).split(" ")[0].endswith("bwrap")]


def everything(parent: int) -> list[psutil.Process]:
    """All at once, as when a machine loses its power."""
    return [psutil.Process(parent), *below(parent)]


def kill_after(course: Path, results: int, victims) -> tuple[int, str, int]:
    """Grade the class, and kill once so many results are kept; how it ended, what it said, how many were killed."""
    running = subprocess.Popen(GRADING, cwd=course, stderr=subprocess.PIPE, text=True)
    killed = 0
    while running.poll() is None and not killed:
        if count(course, "result") < results:
            time.sleep(0.01)
            continue
        for process in victims(running.pid):
            try:
                process.kill()
                killed += 1
            except psutil.NoSuchProcess:
                continue
            if victims is not everything:
                break
    return (*reversed((running.communicate()[1], running.returncode)), killed)


LOT = random.Random(SEED)


@pytest.mark.parametrize("results", LOT.sample(range(SIZE - 1), 2))
@pytest.mark.parametrize("victims", [workers, nurseries])
def test_a_worker_or_its_nursery_may_be_killed(course, clean, victims, results):
    """The same run ends well: everybody is graded, once in the gradebook, and nobody waits for a person by it."""
    status, said, killed = kill_after(course, results, victims)
    assert (status, killed) == (0, 1), said
    assert f"{SIZE} run, 0 known from before; {SIZE} written" in said
    assert (rows(course), files(course)) == clean


@pytest.mark.parametrize("results", LOT.sample(range(SIZE), 2))
def test_everything_may_be_killed_at_once(course, worker, clean, results):
    """As when the machine is restarted."""
    status, said, _ = kill_after(course, results, everything)
    assert status == -signal.SIGKILL, said
    kept, written = count(course, "result"), count(course, "applied")
    assert kept >= results
    assert counts(run(course, worker)) == (SIZE - kept, kept, SIZE - written, written)
    assert (rows(course), files(course)) == clean


def minds_interrupts(process: psutil.Process) -> bool:
    """Whether an interrupt would not just end it: it catches, ignores or blocks them."""
    with suppress(OSError):
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
        return any(
            int(line.split()[1], 16) >> (signal.SIGINT - 1) & 1
            for line in lines
            if line.startswith(("SigBlk", "SigIgn", "SigCgt"))
        )
    return False


@pytest.mark.parametrize("results", [-1, *LOT.sample(range(SIZE - 1), 1)])
def test_an_interrupt_is_one_sentence(course, worker, clean, results):
    """Ctrl+C, which a terminal sends to all: with the first worker's start, or with results there."""
    with subprocess.Popen(GRADING, cwd=course, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
        while not any(map(minds_interrupts, workers(running.pid))) or count(course, "result") < results:
            assert running.poll() is None
        os.killpg(running.pid, signal.SIGINT)
        said = running.stderr.read().splitlines()
    goes_on = "autograder: interrupted. What it had finished is kept, and the same command goes on from there."
    assert (running.returncode, said[-1], set(said[:-1]) - {"Grade"}) == (130, goes_on, set())
    kept, written = count(course, "result"), count(course, "applied")
    assert counts(run(course, worker)) == (SIZE - kept, kept, SIZE - written, written)
    assert (rows(course), files(course)) == clean

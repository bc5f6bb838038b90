"""Somebody's tests, run by pytest beside one file after another, and what it says of each.

    judged([text_of_one_fibo, text_of_another], tests, evidence.run)       # ["", "tests fail"]

The tests are a stranger's code. So each run has a new folder, with nothing in it but the two files, made when the runs
before it are over and all that they have started is gone; what it may say is how it ends, and it cannot reach whoever
takes that down.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from autograder.cases.scripts import Finished

FAIL, NO_END = "tests fail", "they do not end"
EXIT = {
    0: "",
    1: FAIL,
    2: "the tests cannot be run",
    3: "pytest has an error",
    4: "pytest has an error",
    5: "there is no test",
}
# A run is ended by what it has computed, and not by a clock: it gets so many times the processor's time that it took to
# make pytest ready, on a machine of any speed.
TIMES = 20
SECONDS = 600.0  # a check has less, and says so
# Each run is a copy of a process in which pytest is ready. Where the first is not passed, the others tell nothing.
JUDGE = """
import ctypes, json, os, resource, shutil, sys, tempfile, time
times, about, tests, files = json.load(sys.stdin)
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
sys.dont_write_bytecode = True
import pytest
out, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
os.dup2(nowhere, 1)
os.dup2(nowhere, 2)
lean = ["-q", "-x", "--tb=no", "--assert=plain", "-c", os.devnull]
unused = "cacheprovider faulthandler threadexception unraisableexception junitxml pastebin stepwise setuponly setupplan"
for name in f"{unused} legacypath doctest".split():
    lean += ["-p", f"no:{name}"]
def tested(folder, **texts):
    for name, text in texts.items():
        with open(os.path.join(folder, name + ".py"), "w", encoding="utf-8") as file:
            file.write(text)
    os.chdir(folder)
    return int(pytest.main([*lean, "--rootdir", folder, "--confcutdir", folder, "test_" + about + ".py"]))
with tempfile.TemporaryDirectory() as folder:
    tested(folder, **{"test_" + about: "def test_nothing(): assert 1"})
    os.chdir("/")
sys.modules.pop("test_" + about, None)
enough = int(times * time.process_time()) + 1
if sys.platform == "linux":
    # Nobody may look into this process, and what a run leaves behind becomes a child of this one.
    for option, value in ((4, 0), (36, 1)):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
def left():
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:
            return [int(number) for number in file.read().split()]
    except OSError:
        return []
status = []
for text in files:
    folder = tempfile.mkdtemp()
    child = os.fork()
    if not child:
        os.close(out)
        resource.setrlimit(resource.RLIMIT_CPU, (enough, enough))
        os._exit(tested(folder, **{about: text, "test_" + about: tests}))
    status.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    while there := left():
        for number in there:
            os.kill(number, 9)
            os.waitpid(number, 0)
    shutil.rmtree(folder, ignore_errors=True)
    if status[0]:
        break
os.write(out, json.dumps(status).encode())
"""


def judged(about: str, files: Sequence[str], tests: str, run: Callable[..., Finished]) -> list[str]:
    """What pytest says of the tests beside each of the files: empty where they pass. `run` is `evidence.run`.

    The files are called by the name `about`, the tests test_<about>.py. Where the first file does not pass, the others
    are not tried. TimeoutError where there was no time for all of them.
    """
    given = json.dumps([TIMES, about, tests, list(files)])
    done = run(["python", "-c", JUDGE], stdin=given.encode(), seconds=SECONDS)
    if done.status is None:
        raise TimeoutError(f"the tests in test_{about}.py did not come to an end in time")
    try:
        status = json.loads(done.stdout)
    except ValueError:
        status = [None]
    return [EXIT.get(code, NO_END) for code in status]

"""A nursery: warm, walled, quick to open, and gone without a trace when whoever started it is gone."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from inside.probe import alive, ask, gone, sleeper

from autograder.sandbox import Nursery, Policy, SandboxError, bubblewrap

INSIDE = Path(__file__).parent / "inside"
ROOT = Path(__file__).parents[1]
TASKS = {"student": "probe:serve", "checker": "probe:serve"}
# A grader in a process of its own: opens a pen in which both rooms have a child of a session of its own.
GRADER = """
import os, sys, time
sys.path[:0] = {paths!r}
from pathlib import Path
from inside.probe import ask, sleeper
from autograder.sandbox import Nursery, Policy

if __name__ == "__main__":
    visible = tuple(map(Path, {visible!r}))
    with Nursery(Policy(readable=visible, import_path=visible, warm=())) as nursery:
        with nursery.open({{"a.txt": b"hello"}}, student="probe:serve", checker="probe:serve") as pen:
            code = sleeper(os.environ["TOKEN"]) + "said = open('a.txt').read()"
            said = ask(pen.student, code), ask(pen.checker, code)
            if not (forked := os.fork()):
                for standard in (0, 1, 2): os.close(standard)
                time.sleep(600)
            print(*said, forked, flush=True)
            sys.stdin.read()
"""


@pytest.fixture(scope="module")
def nursery():
    """One nursery for all tests of this file, warmed as by default."""
    with Nursery(Policy(readable=(INSIDE,), import_path=(INSIDE,))) as nursery:
        yield nursery


def grader(python: str | Path, token: str, *visible: str, **options) -> subprocess.Popen:
    """Start a grader under an interpreter; its sleeping processes have the token in their arguments."""
    code = GRADER.format(paths=[str(ROOT), str(ROOT / "tests")], visible=[str(INSIDE), *visible])
    return subprocess.Popen(
        [str(python), "-P", "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env={"PATH": os.environ["PATH"], "TOKEN": token},
        **options,
    )


# Warm


def test_rooms_start_with_what_was_warmed(nursery):
    """The modules of the policy, and those that were asked for since, are there without an import, in both rooms."""
    modules = ["IPython", "fractions", "sched"]
    code = f"import sys; said = [name for name in {modules} if name in sys.modules]"
    with nursery.open(**TASKS) as pen:
        assert [ask(room, code) for room in (pen.student, pen.checker)] == [["IPython"]] * 2
    nursery.warm(["fractions", "no_such_module", "sched:scheduler"])
    for _ in range(2):  # the second has been ready since the first was opened
        with nursery.open(**TASKS) as pen:
            assert [ask(room, code) for room in (pen.student, pen.checker)] == [modules] * 2


def test_drawing_needs_no_display(nursery):
    """A figure becomes a file, where nothing is warm."""
    with nursery.open(**TASKS) as pen:
        assert ask(pen.student, "import matplotlib.pyplot as p; p.plot([1, 2]); p.savefig('a.png')") is None
        assert pen.second(["head", "-c", "4", "a.png"]).stdout == b"\x89PNG"


def test_no_two_rooms_draw_the_same_numbers(nursery):
    """Random numbers, unique names and secrets differ between rooms, though all are forks of one process."""
    code = """
import multiprocessing, numpy, random, uuid
key = bytes(multiprocessing.current_process().authkey).hex()
said = [random.random(), numpy.random.rand(), uuid.uuid4().hex, key]
"""
    with nursery.open(**TASKS) as one, nursery.open(**TASKS) as two:
        drawn = [ask(channel, code) for channel in (one.student, one.checker, two.student, two.checker)]
    assert [len(set(kind)) for kind in zip(*drawn, strict=True)] == [4, 4, 4, 4]


def test_a_function_can_be_called_to_warm_up(tmp_path):
    """ "package.module:function" is imported and called once, before any room is made."""
    tmp_path.chmod(0o755)
    (tmp_path / "kettle.py").write_text("water = 'cold'\ndef boil():\n    global water\n    water = 'hot'\n")
    policy = Policy(readable=(INSIDE, tmp_path), import_path=(INSIDE, tmp_path), warm=("kettle:boil",))
    with Nursery(policy) as nursery, nursery.open(**TASKS) as pen:
        assert ask(pen.student, "import kettle; said = kettle.water") == "hot"


def test_a_room_does_not_import_from_the_submission(nursery):
    """Files named like modules of Python or of the grader are data until the room's own function says otherwise."""
    trap = b"open('sprung', 'w')"
    names = ("sitecustomize.py", "usercustomize.py", "probe.py", "json.py", "ipykernel_launcher.py", ".pth", "trap.pth")
    with nursery.open(dict.fromkeys(names, trap), **TASKS) as pen:
        code = "import os, sys; said = ['sprung' in os.listdir(), '' in sys.path, '/box/work' in sys.path]"
        assert ask(pen.student, code) == [False, False, False]
        assert ask(pen.checker, code) == [False, False, False]


def test_several_threads_share_a_nursery(nursery):
    """Each gets pens of its own."""
    said = {}

    def work(i):
        for _ in range(3):
            with nursery.open({"n": str(i).encode()}, **TASKS) as pen:
                said.setdefault(i, []).append(ask(pen.student, "said = open('n').read()"))

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {i: [str(i)] * 3 for i in range(4)}


def test_descriptors_are_given_back(nursery):
    """Opening, running commands and closing leaves no descriptor behind in the grader."""

    def once():
        with nursery.open({"a": b""}, **TASKS) as pen:
            pen.second(["true"])

    once()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        once()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


# Ends


@pytest.mark.parametrize("end", ["killed", "left"])
def test_nothing_survives_the_grader(token, end):
    """Killed without warning or left in order: when the grader is gone, soon everything behind the wall is.

    A fork of the grader that lives on, and so holds all its channels open, does not keep it up.
    """
    process = grader(sys.executable, token)
    *said, forked = process.stdout.readline().split()
    try:
        assert said == ["hello", "hello"]
        assert len(alive(token)) == 2
        if end == "killed":
            process.kill()
        process.communicate()
        assert gone(token)
    finally:
        os.kill(int(forked), signal.SIGKILL)


def test_nothing_survives_bubblewrap(token):
    """Killing the outer wall ends everything within, and the next request is an error that says so."""
    with Nursery(Policy(readable=(INSIDE,), import_path=(INSIDE,), warm=())) as nursery:
        pen = nursery.open(**TASKS)
        for channel in (pen.student, pen.checker):
            ask(channel, sleeper(token))
        nursery._process.kill()
        assert gone(token)
        with pytest.raises(SandboxError, match="ended"):
            pen.processes()
        nursery._process.wait()
        with pytest.raises(SandboxError, match="ended"):
            nursery.open(**TASKS)
        pen.close()


def test_leaving_the_nursery_ends_its_pens(token):
    """Pens that nobody closed are closed with it: on return no process is left."""
    with Nursery(Policy(readable=(INSIDE,), import_path=(INSIDE,), warm=())) as nursery:
        pen = nursery.open(**TASKS)
        ask(pen.student, sleeper(token))
    assert gone(token, seconds=0)
    pen.close()


# What can be wrong


def test_a_missing_module_is_named():
    """A module to warm that is not there is an error with its name, not a nursery that lacks it."""
    with pytest.raises(SandboxError, match="no_such_module"), Nursery(Policy(warm=("no_such_module",))):
        pass


def test_warming_what_only_the_checker_may_see_is_refused(tmp_path):
    """A file can be covered for the student, memory cannot: the nursery does not open, and names the module."""
    tmp_path.chmod(0o755)
    (tmp_path / "answers.py").write_text("x = 42\n")
    policy = Policy(checker_only=(tmp_path / "answers.py",), import_path=(tmp_path,), warm=("answers",))
    with pytest.raises(SandboxError, match="answers, which only the checker may see"), Nursery(policy):
        pass
    with Nursery(replace(policy, warm=())) as nursery:
        with pytest.raises(SandboxError, match="answers, which only the checker may see"):
            nursery.warm(["answers"])
        with pytest.raises(SandboxError):
            nursery.open(**TASKS)


@pytest.mark.parametrize("room", ["student", "checker"])
@pytest.mark.parametrize("entry", ["no_such_module:serve", "probe:no_such_function"])
def test_a_missing_function_is_named(nursery, room, entry):
    """The room ends, and its end says what was missing."""
    with nursery.open(**{**TASKS, room: entry}) as pen:
        end = pen.end(room, wait=10)
        assert end.status != 0
        assert "no_such" in end.message


def test_a_fault_of_the_checker_is_told_and_one_of_the_student_is_not(nursery):
    """What the grader's own code raised comes with its end; the student's side has no way to say anything there."""
    with nursery.open(**TASKS) as pen:
        for channel in (pen.student, pen.checker):
            channel.sendall(b"\0\0\0\1" + bytes(8) + b"?")
        assert "JSONDecodeError" in pen.end("checker", wait=10).message
        assert pen.end("student", wait=10).message == ""


def test_an_entry_that_returns_ends_its_room(nursery):
    """With status 0, after all that it sent has been heard."""
    with nursery.open(student="probe:greet", checker="probe:serve") as pen:
        assert pen.student.recv(5) == b"hello"
        assert pen.end("student", wait=10).status == 0


@pytest.mark.parametrize(
    ("around", "words"),
    [
        # A user namespace in which no other can be made.
        (
            ["bwrap", "--unshare-user", "--disable-userns", "--uid", "1000", "--dev-bind", "/", "/"],
            "are forbidden here",
        ),
        # Root in a user namespace that knows no other user.
        (["unshare", "--user", "--map-root-user"], "root could not become user 65534"),
    ],
)
def test_a_machine_that_cannot_do_it_says_why(around, words):
    """Where namespaces are forbidden, and where root cannot become another, the error says so, and nothing opens."""
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from autograder.sandbox import Nursery, Policy, SandboxError
try:
    with Nursery(Policy(warm=())): print("opened")
except SandboxError as error:
    print(error)
"""
    if around[0] == "bwrap":
        around = [str(bubblewrap.find()), *around[1:]]
    said = subprocess.run([*around, sys.executable, "-c", code], capture_output=True, text=True)
    assert words in said.stdout
    assert "opened" not in said.stdout


def test_habits_of_whoever_starts_it_are_not_inherited(token):
    """Signals ignored or blocked and an odd mask of modes, as by `nohup` or in the background, do not reach a room."""
    look = """
import os, signal
print(os.umask(0), [signal.getsignal(n) == signal.SIG_DFL for n in (1, 2, 15)], signal.pthread_sigmask(0, []))
"""
    code = f"""
import os, signal, sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
os.umask(0o077)
for number in (1, 2, 15): signal.signal(number, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, [10])
from pathlib import Path
from autograder.sandbox import Nursery, Policy
with Nursery(Policy(readable=(Path({str(INSIDE)!r}),), import_path=(Path({str(INSIDE)!r}),), warm=())) as nursery:
    with nursery.open(student="probe:serve", checker="probe:serve") as pen:
        print(pen.second(["python", "-c", {look!r}]).stdout.decode())
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert said.stdout.split("\n")[0] == "18 [True, False, True] set()"


def test_an_interrupt_at_the_terminal_is_not_the_rooms(nursery):
    """The outer wall is no member of the grader's session or process group."""
    assert os.getsid(nursery._process.pid) != os.getsid(0)
    assert os.getpgid(nursery._process.pid) != os.getpgid(0)


# Who starts it


@pytest.fixture
def closed_home(tmp_path):
    """An environment below a folder that only its owner may enter, as homes often are."""
    home = tmp_path / "home"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home / "env"], check=True)
    home.chmod(0o700)
    return home / "env/bin/python"


def test_an_interpreter_below_a_closed_home_works(closed_home, token):
    """Its folders are passable inside, though they are not outside."""
    process = grader(closed_home, token)
    *said, forked = process.communicate()[0].split()
    os.kill(int(forked), signal.SIGKILL)
    assert said == ["hello", "hello"]


@pytest.fixture
def open_interpreter():
    """An interpreter that every user of this machine may run, in an environment of its own in a readable folder."""
    with tempfile.TemporaryDirectory(prefix="everybody") as folder:
        Path(folder).chmod(0o755)
        for candidate in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
            if as_nobody([candidate, "-c", "import sys, venv; sys.exit(sys.version_info < (3, 11))"]) == 0:
                subprocess.run([candidate, "-m", "venv", "--without-pip", f"{folder}/env"], check=True)
                yield f"{folder}/env/bin/python"
                return
        pytest.skip("no interpreter of at least 3.11 here can be run by an ordinary user")


NOBODY = {"user": 65534, "group": 65534, "extra_groups": []}


def as_nobody(command: list[str]) -> int:
    """The exit status of a command run as a user who is nobody in particular; 1 when it cannot be started."""
    try:
        return subprocess.run(command, **NOBODY, env={}, cwd="/", capture_output=True).returncode
    except OSError:
        return 1


@pytest.mark.skipif(os.geteuid() != 0, reason="this suite runs as an ordinary user: every test shows it")
def test_an_ordinary_user_can_start_it(open_interpreter, token):
    """The same walls, without a privilege anywhere; killed without warning, nothing is left."""
    process = grader(open_interpreter, token, **NOBODY)
    *said, forked = process.stdout.readline().split()
    os.kill(int(forked), signal.SIGKILL)
    assert said == ["hello", "hello"]
    uids = {Path(f"/proc/{pid}").stat().st_uid for pid in alive(token)}
    assert uids == {65534}
    process.kill()
    process.communicate()
    assert gone(token)

"""A pen: files in, rooms that can be ended and made anew, commands beside them, and what is seen from outside."""

import socket
import threading
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inside.probe import alive, ask, gone

from autograder.sandbox import End, Finished, Limits, Nursery, Policy, SandboxError
from autograder.sandbox.pen import checked

INSIDE = Path(__file__).parent / "inside"
MIB = 2**20
LIMITS = Limits(disk=8 * MIB, inodes=300, output=1000, memory=300 * MIB, processes=60)
TASKS = {"student": "probe:serve", "checker": "probe:serve"}


@pytest.fixture(scope="module")
def nursery():
    """One nursery for all tests of this file."""
    with Nursery(Policy(readable=(INSIDE,), import_path=(INSIDE,), warm=("numpy",), student=LIMITS)) as nursery:
        yield nursery


@pytest.fixture
def pen(nursery):
    """A pen with two files in its work folder."""
    with nursery.open({"a.txt": b"A", "deep/er/b.bin": bytes(range(256))}, **TASKS) as pen:
        yield pen


def hangs_up(channel: socket.socket) -> bool:
    """Whether the other side has gone; waits until it says something or goes."""
    try:
        return channel.recv(1) == b""
    except ConnectionResetError:
        return True


# Files


def test_files_are_laid_out_for_both_rooms(pen):
    """With their content, in their folders, readable and writable."""
    code = "import os; said = [sorted(os.listdir()), list(open('deep/er/b.bin', 'rb').read())]"
    assert ask(pen.student, code) == [["a.txt", "deep"], list(range(256))]
    assert ask(pen.checker, code) == [["a.txt", "deep"], list(range(256))]
    ask(pen.student, "open('a.txt', 'a').write('more')")
    assert ask(pen.checker, "said = open('a.txt').read()") == "Amore"


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../../up", "", ".", "nul\0", "a/.."])
def test_names_that_lead_elsewhere_are_refused(nursery, name):
    """Absolute names, names with "..", and names of nothing: nothing is written."""
    with pytest.raises(SandboxError, match="relative file name"):
        nursery.open({name: b""}, **TASKS)


@given(st.text(min_size=1))
def test_an_accepted_name_stays_in_the_work_folder(name):
    """Whatever the name: either it is refused, or it lies below the folder it is joined to."""
    try:
        path = Path("/box/work") / checked(name)
    except SandboxError:
        return
    assert ".." not in path.parts
    assert Path("/box/work") in path.parents


def test_files_that_do_not_fit_are_an_error_that_says_so(nursery):
    """Too many bytes and too many files: the message names the limit to raise."""
    with pytest.raises(SandboxError, match="do not fit") as error:
        nursery.open({"big": bytes(LIMITS.disk + 1)}, **TASKS)
    assert "disk" in error.value.remedy
    with pytest.raises(SandboxError, match="do not fit"):
        nursery.open({f"{i}": b"" for i in range(LIMITS.inodes)}, **TASKS)


def test_names_that_clash_are_an_error_that_says_so(nursery):
    """A name used as file and as folder, and a name too long for the file system."""
    for files in ({"a": b"", "a/b": b""}, {"x" * 256: b""}):
        with pytest.raises(SandboxError, match="do not go together"):
            nursery.open(files, **TASKS)


# Ends


def test_leaving_is_seen_and_told(pen):
    """A student who leaves hangs up; the exit status is known; the checker goes on."""
    assert pen.end("student") is None
    with pytest.raises(EOFError):
        ask(pen.student, "import os; os._exit(7)")
    assert pen.end("student", wait=10) == End(7)
    assert pen.processes() == []
    assert ask(pen.checker, "said = 1") == 1


def test_hanging_up_is_heard_though_the_room_lives(pen):
    """Nobody else in the room holds the channel."""
    with pytest.raises(EOFError):
        ask(pen.student, "import os, time; os.closerange(3, 500); time.sleep(60)")
    assert pen.end("student") is None


def test_a_crash_is_told_by_its_signal(pen):
    """128 and the number of the signal, as a shell says it."""
    with pytest.raises(EOFError):
        ask(pen.student, "import os; os.kill(os.getpid(), 11)")
    assert pen.end("student", wait=10) == End(139)


def test_the_rooms_reach_each_other_by_one_channel(pen):
    """What the student's side says there arrives at the checker's, byte for byte, and so the other way round."""
    say, hear = "other.sendall(b'{}')", "said = other.recv(9).decode()"
    for speaks, hears in ((pen.student, pen.checker), (pen.checker, pen.student)):
        ask(speaks, say.format("word"))
        assert ask(hears, hear) == "word"


def test_nothing_survives_the_end(nursery):
    """A child in a session of its own, with signals ignored and its parent gone, is gone when close returns."""
    token = f"1000.{uuid.uuid4().int % 10**9}"
    with nursery.open(**TASKS) as pen:
        script = f"trap '' 1 2 15; setsid nohup sleep {token} >/dev/null 2>&1 &"
        code = f"""
import glob, subprocess
subprocess.call(['sh', '-c', {script!r}])
while not any(open(path).read().startswith('sleep\\0') for path in glob.glob('/proc/[0-9]*/cmdline')): pass
"""
        ask(pen.student, code)
        ask(pen.checker, code)
        assert len(alive(token)) == 2
    assert gone(token, seconds=0)


def test_closing_twice_is_closing_once(nursery):
    """A pen that was closed can be closed again."""
    pen = nursery.open(**TASKS)
    pen.close()
    pen.close()


def test_more_memory_than_allowed_ends_the_room_and_says_why(pen):
    """The sum over processes counts, though each stays below every limit of its own."""
    code = """
import os, time
for _ in range(8):
    if not os.fork():
        hoard = bytearray(os.urandom(60 * 2**20))
        time.sleep(60)
time.sleep(60)
"""
    with pytest.raises(EOFError):
        ask(pen.student, code)
    assert pen.end("student", wait=10) == End(-9, "memory")
    assert ask(pen.checker, "said = 1") == 1


def test_shared_memory_is_counted_once(pen):
    """Many forks of a big process take hardly more than it alone: the sum of proportional shares stays below."""
    code = """
import os, time
hoard = bytearray(os.urandom(80 * 2**20))
children = [os.fork() or time.sleep(1.0) or os._exit(0) for _ in range(8)]
for child in children: os.waitpid(child, 0)
said = len(children)
"""
    assert ask(pen.student, code) == 8


def test_closing_oneself_to_inspection_does_not_hide_memory(pen):
    """A process that forbids others to look is counted in full."""
    code = """
import ctypes, os, time
ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
hoard = bytearray(os.urandom(400 * 2**20))
time.sleep(60)
"""
    with pytest.raises(EOFError):
        ask(pen.student, code)
    assert pen.end("student", wait=10) == End(-9, "memory")


# Seen from outside


def test_processes_are_seen_as_they_are(pen):
    """Ids, parents and sessions as inside; the state by the kernel; the arguments as they present them."""
    code = """
import os, subprocess
a = subprocess.Popen(['sleep', '777'])
b = subprocess.Popen(['sleep', '778'], start_new_session=True)
c = subprocess.Popen(['true']); os.waitid(os.P_PID, c.pid, os.WEXITED | os.WNOWAIT)
os.kill(a.pid, 19); os.waitid(os.P_PID, a.pid, os.WSTOPPED | os.WNOWAIT)
said = [os.getpid(), a.pid, b.pid, c.pid, os.getsid(0)]
"""
    me, stopped, leader, ended, session = ask(pen.student, code)
    seen = {process.pid: process for process in pen.processes()}
    assert set(seen) == {1, me, stopped, leader, ended}
    assert (seen[1].parent, seen[me].parent) == (0, 0)  # both have theirs outside
    assert (seen[stopped].parent, seen[stopped].session, seen[stopped].state) == (me, session, "T")
    assert (seen[leader].session, seen[leader].command) == (leader, ("sleep", "778"))
    assert (seen[ended].state, seen[ended].command) == ("Z", ())


def test_orphans_are_seen(pen):
    """Who loses the parent is still in the room: a child of process 1."""
    code = """
import os, time
heard, tell = os.pipe()
if not (child := os.fork()):
    middle = os.getpid()
    if not os.fork():
        while os.getppid() == middle: pass
        os.setsid(); os.write(tell, str(os.getpid()).encode()); time.sleep(60)
    os._exit(0)
os.waitpid(child, 0)
said = int(os.read(heard, 10))
"""
    orphan = ask(pen.student, code)
    assert [(p.parent, p.session) for p in pen.processes() if p.pid == orphan] == [(1, orphan)]


def test_a_fork_bomb_does_not_blind(pen):
    """The table comes back, whole enough to judge, while processes come and go."""
    code = """
import os, subprocess
subprocess.Popen(['sh', '-c', 'while :; do (:) ; done'])
keep = subprocess.Popen(['sleep', '780'])
"""
    ask(pen.student, code)
    assert all("sleep" in {word for process in pen.processes() for word in process.command} for _ in range(20))


# A second room


def test_a_command_runs_in_a_clean_room(pen):
    """Over the same work folder, with another home, another world of processes, and the same walls."""
    ask(pen.student, "open('script.py', 'w').write('print(6 * 7)'); open('/tmp/x', 'w')")
    assert pen.second(["python", "script.py"]) == Finished(0, b"42\n", b"")
    look = "ls $HOME; ls -d /tmp/x; echo /proc/[0-9]*; echo ready > done"
    assert pen.second(["sh", "-c", look]).stdout == b"/proc/1 /proc/2\n"
    assert ask(pen.checker, "said = open('done').read()") == "ready\n"
    assert pen.second(["unshare", "-U", "true"]).status == 1
    assert b"CapBnd:\t0000000000000000" in pen.second(["cat", "/proc/self/status"]).stdout


def test_a_command_gets_input_and_variables(pen):
    """Standard input, however long, and variables beside the usual ones."""
    assert pen.second(["wc", "-c"], stdin=bytes(10**6)).stdout == b"1000000\n"
    assert pen.second(["sh", "-c", "echo $COLOUR $USER"], environment={"COLOUR": "red"}).stdout == b"red student\n"


def test_how_a_command_ends_is_told(pen):
    """Exit status, death by signal, and a program that is not there, as in a shell."""
    assert pen.second(["sh", "-c", "echo no >&2; exit 3"]) == Finished(3, b"", b"no\n")
    assert pen.second(["sh", "-c", "kill -11 $$"]).status == 139
    missing = pen.second(["no-such-program"])
    assert (missing.status, b"no-such-program" in missing.stderr) == (127, True)


def test_pipes_break_as_in_a_shell(pen):
    """A writer ends when its reader is gone; Python's own habit of ignoring that is not passed on."""
    assert pen.second(["sh", "-c", "yes | head -1"], seconds=20) == Finished(0, b"y\n", b"")


def test_a_command_that_takes_too_long_is_stopped(pen):
    """What it had written is kept; it has no status; what it started is gone."""
    token = f"1000.{uuid.uuid4().int % 10**9}"
    finished = pen.second(["sh", "-c", f"echo start; sleep {token} & wait"], seconds=0.3)
    assert (finished.status, finished.stdout, finished.timed_out) == (None, b"start\n", True)
    assert gone(token, seconds=0)


def test_a_command_that_closes_its_output_is_still_waited_for(pen):
    """The end of output is not the end of the command."""
    assert pen.second(["sh", "-c", "exec >&- 2>&-; sleep 0.2; exit 5"]).status == 5


def test_background_processes_end_with_the_command(pen):
    """Nobody holds the output open, or goes on, after the command itself has ended."""
    assert pen.second(["sh", "-c", "sleep 1000 & echo out"], seconds=20) == Finished(0, b"out\n", b"")


def test_output_is_cut_and_said_to_be(pen):
    """So much as the limit is kept of each stream; the command runs to its end."""
    finished = pen.second(["sh", "-c", "head -c 500000 /dev/zero; echo end >&2"])
    assert (finished.status, len(finished.stdout), finished.truncated) == (0, LIMITS.output, True)
    assert finished.stderr == b"end\n"
    assert len(pen.second(["yes"], seconds=0.2, output=10).stdout) == 10


def test_commands_run_side_by_side(pen):
    """Several threads may ask the same pen."""
    found = {}
    threads = [
        threading.Thread(target=lambda i=i: found.update({i: pen.second(["sh", "-c", f"sleep 0.1; echo {i}"]).stdout}))
        for i in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {i: f"{i}\n".encode() for i in range(4)}


def test_the_room_goes_on_beside_a_command(pen):
    """A second room does not disturb the first."""
    ask(pen.student, "x = 5")
    pen.second(["true"])
    assert ask(pen.student, "said = x") == 5


def test_a_dead_supervisor_is_an_error_that_says_so(nursery):
    """Asked for something after everything has ended, a pen does not wait, and names what happened."""
    pen = nursery.open(**TASKS)
    pen._kill("supervisor")
    assert hangs_up(pen.student)
    assert hangs_up(pen.checker)
    with pytest.raises(SandboxError, match="ended"):
        pen.processes()
    pen.close()

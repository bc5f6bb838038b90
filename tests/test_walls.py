"""The walls of a room, felt from inside: what a stranger's code sees, can use up, and cannot reach."""

import os
import socket
import uuid
from pathlib import Path

import pytest
from inside.probe import ask, gone, refused

from autograder.sandbox import Limits, Nursery, Policy

INSIDE = Path(__file__).parent / "inside"
ROOT = Path(__file__).parents[1]
CANARY = f"canary-{uuid.uuid4().hex}"
MIB = 2**20
SMALL = Limits(processes=40, disk=16 * MIB, inodes=500, file_size=8 * MIB, address_space=2**31)
LIBC = "import ctypes, os; libc = ctypes.CDLL(None, use_errno=True); "


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    """A folder with what only the checker may see: a package with a compiled module, and a folder of cases."""
    folder = tmp_path_factory.mktemp("package") / "shop"
    (folder / "cases").mkdir(parents=True)
    (folder / "__pycache__").mkdir()
    for name in ("__init__.py", "open.py", "closed.py", "cases/world.py", "__pycache__/closed.cpython-311.pyc"):
        (folder / name).write_text(f"SECRET = {CANARY!r}\n")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    (folder.parent / "mirror").symlink_to(folder)
    return folder


@pytest.fixture(scope="module")
def nursery(secrets):
    """One nursery for all tests of this file, started with a canary in the environment."""
    policy = Policy(
        readable=(INSIDE, secrets, secrets.parent / "mirror"),
        checker_only=(secrets / "closed.py", secrets / "cases", secrets / "cases/world.py"),
        import_path=(INSIDE, secrets.parent),
        warm=("numpy",),
        student=SMALL,
        checker=SMALL,
    )
    os.environ["CANARY"] = CANARY
    try:
        with Nursery(policy) as nursery:
            yield nursery
    finally:
        del os.environ["CANARY"]


@pytest.fixture
def pen(nursery):
    """A pen of its own for a test that may break it."""
    with nursery.open(student="probe:serve", checker="probe:serve") as pen:
        yield pen


@pytest.fixture(scope="module")
def quiet(nursery):
    """One pen for all tests that only look."""
    with nursery.open(student="probe:serve", checker="probe:serve") as pen:
        yield pen


def outer(pidfd: int) -> dict[str, str]:
    """What the kernel says outside about the process of a pidfd."""
    info = Path(f"/proc/self/fdinfo/{pidfd}").read_text()
    pid = next(line.split()[1] for line in info.splitlines() if line.startswith("Pid:"))
    return dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())


# Who one is


@pytest.mark.parametrize("room", ["student", "checker"])
def test_nobody_inside_is_root_outside(quiet, nursery, room):
    """The kernel knows the process by another user's number than 0, whoever started the nursery."""
    expected = str(nursery.policy.uid if os.geteuid() == 0 else os.geteuid())
    assert outer(quiet._pidfds[room])["Uid"].split() == [expected] * 4
    assert ask(getattr(quiet, room), "import os; said = os.getresuid() + os.getresgid()") == [1000] * 6


@pytest.mark.parametrize("room", ["student", "checker"])
def test_no_capability_is_left(quiet, room):
    """All five sets are empty, no new privilege can be gained, and a filter of system calls is on."""
    status = ask(
        getattr(quiet, room), "said = dict(l.split(':\\t', 1) for l in open('/proc/self/status').read().splitlines())"
    )
    assert {status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {"0000000000000000"}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")


def test_two_descriptors_are_inherited(quiet):
    """Beside 0, 1 and 2, which lead nowhere, there are the channels to the grader and to the other room."""
    code = """
import os
numbers = [n for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')]
said = {n: os.readlink(f'/proc/self/fd/{n}') for n in numbers}
"""
    found = ask(quiet.student, code)
    assert [found.pop(number) for number in "012"] == ["/dev/null"] * 3
    assert [target.split(":")[0] for target in found.values()] == ["socket", "socket"]


def test_nothing_is_known_by_the_environment(quiet):
    """Variables are the listed ones; the grader's own are in no process's environment or arguments."""
    names = ask(quiet.student, "import os; said = sorted(os.environ)")
    usual = ["HOME", "LANG", "LOGNAME", "PATH", "PWD", "SHELL", "TMPDIR", "USER"]
    assert names == sorted([*usual, "MKL_NUM_THREADS", "MPLBACKEND", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"])
    code = """
import glob
said = [open(path, errors='replace').read() for path in [*glob.glob('/proc/[0-9]*/cmdline'), '/proc/self/environ']]
"""
    assert CANARY not in str(ask(quiet.student, code))
    assert refused(quiet.student, "open('/proc/1/environ')") == "PermissionError"
    machine = "said = [open('/proc/' + name, 'rb').read(9).decode() for name in ('cmdline', 'keys', 'timer_list')]"
    assert ask(quiet.student, machine) == ["", "", ""]


def test_the_user_has_a_name_and_a_home(quiet):
    """Programs that ask for the user find one, with a home that is empty."""
    code = (
        "import getpass, os; said = [getpass.getuser(), os.path.expanduser('~'), os.listdir(os.path.expanduser('~'))]"
    )
    assert ask(quiet.student, code) == ["student", "/box/home", []]
    assert ask(quiet.student, "import pwd, os; said = pwd.getpwuid(os.getuid()).pw_name") == "student"


# What one sees


def test_files_that_are_not_listed_are_not_there(quiet, tmp_path):
    """Neither the course, nor homes, nor other people's temporary files, nor the machine's accounts and keys."""
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    tmp_path.chmod(0o755)
    hidden = [secret, Path.home() / ".bashrc", ROOT / "source", ROOT / "tests" / "answers", ROOT / ".git"]
    hidden += [Path("/etc/shadow"), Path("/etc/ssl"), Path("/etc/ssh"), Path("/var"), Path("/run"), Path("/home")]
    hidden += [Path("/sys"), Path("/srv"), Path("/mnt"), Path("/boot"), Path("/usr/local/etc")]
    listed = [
        str(path) for path in hidden if path not in ROOT.parents
    ]  # on the way to the interpreter there is a folder
    assert ask(quiet.student, f"import os; said = [p for p in {listed} if os.path.exists(p)]") == []
    code = """
import os, sys
said = []
for folder, folders, names in os.walk('/'):
    said += [os.path.join(folder, name) for name in names if name == 'secret.txt']
    folders[:] = [f for f in folders if os.path.join(folder, f) not in ('/proc', '/usr', sys.prefix, sys.base_prefix)]
"""
    assert ask(quiet.student, code) == []


def test_what_is_readable_cannot_be_written(quiet):
    """Nothing outside of the writable folders can be changed, though it would be allowed by its mode."""
    code = f"""
import os, sys
said = []
installed = [sys.prefix + '/lib', os.path.dirname(os.__file__)]
for folder in ['/', '/usr', '/etc', '/dev', '/box/..', {str(INSIDE)!r}, *installed]:
    try:
        open(os.path.join(folder, 'mine'), 'w')
        said.append(folder)
    except OSError:
        pass
"""
    assert ask(quiet.student, code) == []


def test_the_checkers_files_are_the_checkers(quiet, secrets):
    """A hidden file, its compiled form and a hidden folder, by each of their names: there for the checker alone."""
    everything = ["/__init__.py", "/__pycache__/closed.cpython-311.pyc", "/cases/world.py", "/closed.py", "/open.py"]
    for folder in (secrets, secrets.parent / "mirror"):
        code = f"""
import glob
said = []
for path in glob.glob({str(folder)!r} + '/**/*.py*', recursive=True):
    try:
        said += [path.removeprefix({str(folder)!r})] if {CANARY!r} in open(path).read() else []
    except OSError:
        pass
said.sort()
"""
        assert ask(quiet.checker, code) == everything
        assert ask(quiet.student, code) == ["/__init__.py", "/open.py"]
    assert ask(quiet.checker, "import shop.closed; said = shop.closed.SECRET") == CANARY
    assert refused(quiet.student, "import shop.closed") == "ModuleNotFoundError"
    assert refused(quiet.student, "import shop.cases.world") in ("ModuleNotFoundError", "PermissionError")


@pytest.mark.parametrize("flags", [0, 1, 2, 8])
def test_covers_cannot_be_taken_off(quiet, secrets, flags):
    """No cover can be unmounted, however it is asked for."""
    for path in (secrets / "cases", secrets / "closed.py", "/proc", "/proc/sys", "/proc/keys", "/box", "/tmp", "/"):
        code = LIBC + f"said = [libc.umount2({str(path).encode()!r}, {flags}), os.strerror(ctypes.get_errno())]"
        assert ask(quiet.student, code) == [-1, "Operation not permitted"]


def test_only_own_processes_are_visible(quiet):
    """Process 1, the one that serves, and no other; the machine's processes have no number here."""
    pids = "import os; said = sorted(int(n) for n in os.listdir('/proc') if n.isdecimal())"
    assert ask(quiet.student, pids) == [1, 2]
    assert ask(quiet.checker, pids) == [1, 2]
    assert refused(quiet.student, "import os; os.kill(3, 9)") == "ProcessLookupError"


# What one cannot reach


def test_switches_of_the_machine_cannot_be_opened_for_writing(quiet):
    """Not one file of /proc/sys, with core_pattern among them, nor the other switches in /proc."""
    code = """
import os
paths = [os.path.join(d, n) for d, _, ns in os.walk('/proc/sys') for n in ns]
assert '/proc/sys/kernel/core_pattern' in paths
said = []
for path in paths + ['/proc/sysrq-trigger', '/proc/irq/default_smp_affinity', '/proc/mtrr']:
    try:
        os.close(os.open(path, os.O_WRONLY))
        said.append(path)
    except OSError:
        pass
"""
    assert ask(quiet.student, code) == []


def test_user_namespaces_cannot_be_nested(quiet):
    """Neither by the system call, nor by a program, nor would the kernel allow one more."""
    assert ask(quiet.student, LIBC + "said = [libc.unshare(0x10000000), ctypes.get_errno()]") == [-1, 1]
    assert ask(quiet.student, "import subprocess; said = subprocess.call(['unshare', '-U', 'true'], stderr=-3)") == 1
    assert ask(quiet.student, "said = open('/proc/sys/user/max_user_namespaces').read()") == "0\n"


def test_process_1_cannot_be_looked_into_or_killed(pen):
    """It is of the same user, yet its memory is closed, it cannot be traced, and no signal ends it."""
    for name in ("mem", "environ", "maps"):
        assert refused(pen.student, f"open('/proc/1/{name}', 'rb').read()") == "PermissionError"
    assert ask(pen.student, LIBC + "said = [libc.ptrace(16, 1, 0, 0), ctypes.get_errno()]") == [-1, 1]
    ask(pen.student, "import os\nfor number in range(1, 65):\n    os.kill(1, number)")
    assert ask(pen.student, "said = open('/proc/1/stat').read().split()[2]") == "S"


def test_the_student_cannot_kill_the_checker(pen):
    """Killing whatever can be killed hits only oneself."""
    assert refused(pen.student, "import os; os.kill(-1, 9)") == "ProcessLookupError"
    ask(pen.student, "import os\nfor pid in range(3, 5000):\n    try: os.kill(pid, 9)\n    except OSError: pass")
    assert ask(pen.checker, "said = 1") == 1
    assert ask(pen.student, "said = 1") == 1
    assert pen.end("checker") is None


def test_rooms_share_files_and_nothing_else(pen):
    """The work folder is common; home, temporary files, shared memory, semaphores, terminals and names are not."""
    ask(pen.student, "open('answer.txt', 'w').write('42')")
    assert ask(pen.checker, "said = open('answer.txt').read()") == "42"
    code = """
import os, socket, multiprocessing as m
from multiprocessing import shared_memory
for folder in ('/tmp', os.environ['TMPDIR'], os.environ['HOME'], '/dev/shm'):
    open(folder + '/trace', 'w')
keep = shared_memory.SharedMemory('common', create=True, size=10)
name = socket.socket(socket.AF_UNIX); name.bind('\\0common'); name.listen()
door = socket.create_server(('127.0.0.1', 4444))
terminal = os.openpty()
"""
    ask(pen.student, code)
    look = """
import os
places = ('/tmp/trace', os.environ['TMPDIR'] + '/trace', os.environ['HOME'] + '/trace', '/dev/shm/trace',
          '/dev/shm/common', '/dev/pts/0')
said = [place for place in places if os.path.exists(place)]
"""
    assert ask(pen.student, look + "said = len(said)") == 6
    assert ask(pen.checker, look) == []
    assert (
        refused(pen.checker, "import socket; socket.socket(socket.AF_UNIX).connect('\\0common')")
        == "ConnectionRefusedError"
    )
    assert (
        refused(pen.checker, "import socket; socket.create_connection(('127.0.0.1', 4444), 1)")
        == "ConnectionRefusedError"
    )


def test_every_room_has_namespaces_of_its_own(quiet):
    """Files, processes, network, inter-process communication, names, users and control groups."""
    kinds = ("mnt", "pid", "net", "ipc", "uts", "user", "cgroup")
    links = [f"/proc/self/ns/{kind}" for kind in kinds]
    code = f"import subprocess; said = subprocess.check_output(['readlink', *{links}], text=True).split()"
    mine, student, checker = map(os.readlink, links), ask(quiet.student, code), ask(quiet.checker, code)
    for kind, *names in zip(kinds, mine, student, checker, strict=True):
        assert len(set(names)) == 3, kind


def test_submissions_do_not_meet(pen, nursery):
    """What one leaves behind the next does not find."""
    ask(pen.student, "import os\nfor d in ('.', '/tmp', os.environ['HOME'], '/dev/shm'): open(d + '/trace', 'w')")
    with nursery.open(student="probe:serve", checker="probe:serve") as other:
        code = (
            "import os; said = [d for d in ('.', '/tmp', os.environ['HOME'], '/dev/shm') if 'trace' in os.listdir(d)]"
        )
        assert ask(other.student, code) == []


# The network


def test_there_is_only_a_loopback_of_ones_own(quiet):
    """One interface, which works; a listener on the machine's loopback hears nobody."""
    assert ask(quiet.student, "import socket; said = [name for _, name in socket.if_nameindex()]") == ["lo"]
    code = "import socket; a = socket.create_server(('127.0.0.1', 0)); b = socket.create_connection(a.getsockname())"
    ask(quiet.student, code)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        assert (
            refused(quiet.student, f"import socket; socket.create_connection(('127.0.0.1', {port}), 1)")
            == "ConnectionRefusedError"
        )
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize("address", ["192.0.2.1", "169.254.169.254", "10.0.0.1", "::ffff:192.0.2.1"])
def test_no_packet_leaves(quiet, address):
    """There is no way to any other address, by stream or by datagram."""
    for kind in ("SOCK_STREAM", "SOCK_DGRAM"):
        code = f"""
import socket
family = socket.AF_INET6 if ':' in {address!r} else socket.AF_INET
s = socket.socket(family, socket.{kind}); s.settimeout(1); s.connect(({address!r}, 53)); s.send(b'x')
"""
        assert refused(quiet.student, code) == "OSError"


@pytest.mark.parametrize("family", [17, 31, 38, 40, 44])
def test_sockets_that_a_network_namespace_does_not_cover_are_refused(quiet, family):
    """Packets, radio, crypto, the hypervisor: the family does not exist inside."""
    assert refused(quiet.student, f"import socket; socket.socket({family}, socket.SOCK_STREAM)") == "OSError"


# Using everything up


def test_every_place_to_write_has_an_end(quiet, nursery):
    """Wherever a file can be made, bytes and inodes are limited."""
    code = """
import os
said = {}
for line in open('/proc/self/mountinfo'):
    place = line.split()[4]
    try:
        with open(os.path.join(place, '.mine'), 'x'):
            pass
        os.unlink(os.path.join(place, '.mine'))
    except OSError:
        continue
    end = os.statvfs(place)
    said[place] = [end.f_blocks * end.f_frsize, end.f_files]
"""
    found = ask(quiet.student, code)
    assert set(found) == {"/box", "/box/work", "/tmp", "/dev/shm"}
    assert [end for end in found.values() if end != [SMALL.disk, SMALL.inodes]] == []


@pytest.mark.parametrize("folder", ["/box/work", "/tmp", "/dev/shm"])
def test_disk_and_inodes_run_out(pen, folder):
    """ENOSPC inside, after the bytes and after the number of files that the policy allows."""
    fill = f"for i in range(10):\n    with open(f'{folder}/{{i}}', 'wb') as f: f.write(bytes({4 * MIB}))"
    assert refused(pen.student, fill) == "OSError"
    ask(pen.student, f"import os\nfor i in range(4): os.unlink(f'{folder}/{{i}}')")
    assert refused(pen.student, f"for i in range({SMALL.inodes}): open(f'{folder}/n{{i}}', 'w')") == "OSError"
    assert ask(pen.checker, "open('/tmp/mine', 'w').write('there is room here')") is None


def test_one_file_has_an_end(pen):
    """EFBIG past the size that a file may have."""
    assert refused(pen.student, f"open('big', 'wb').truncate({SMALL.file_size + 1})") == "OSError"


def test_a_fork_bomb_stops_at_the_limit(pen):
    """Forks fail at the number of processes; the checker can still fork; closing ends them all."""
    token = uuid.uuid4().hex
    code = f"""
import os, subprocess
children = []
try:
    while len(children) < 200: children.append(subprocess.Popen(['sleep', '1000.{int(token[:6], 16)}']))
except BlockingIOError:
    said = len(children)
"""
    assert SMALL.processes - 4 <= ask(pen.student, code) < SMALL.processes
    assert ask(pen.checker, "import subprocess; said = subprocess.call(['true'])") == 0
    pen.close()
    assert gone(f"1000.{int(token[:6], 16)}", seconds=0)


def test_threads_count_as_processes(pen):
    """The number of threads is limited too."""
    code = """
import threading, time
for i in range(200):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
"""
    assert refused(pen.student, code) == "RuntimeError"


def test_memory_has_an_end(quiet):
    """More than the address space of one process is a MemoryError, which can be caught."""
    assert refused(quiet.student, f"bytes({SMALL.address_space})") == "MemoryError"


def test_memory_that_no_limit_counts_cannot_be_had(quiet):
    """Memory files and System V segments are refused; they would escape the sum."""
    assert refused(quiet.student, "import os; os.memfd_create('x')") == "PermissionError"
    assert ask(quiet.student, LIBC + "said = [libc.shmget(0, 4096, 0o1600), ctypes.get_errno()]") == [-1, 1]


def test_no_core_is_dumped(quiet):
    """A crash writes nothing and starts no crash handler of the machine."""
    assert ask(quiet.student, "import resource; said = resource.getrlimit(resource.RLIMIT_CORE)") == [1, 1]
    code = """
import os
if not (pid := os.fork()):
    os.abort()
said = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), os.listdir('.')]
"""
    assert ask(quiet.student, code) == [-6, []]


def test_processor_time_has_an_end(quiet):
    """One process may use the policy's seconds of it."""
    code = "import resource; said = resource.getrlimit(resource.RLIMIT_CPU)"
    assert ask(quiet.student, code) == [SMALL.cpu_seconds] * 2


def test_a_submission_waits_for_its_checker(quiet):
    """What a student starts has the lower priority, and cannot raise it."""
    assert ask(quiet.student, "import os; said = os.nice(0)") > ask(quiet.checker, "import os; said = os.nice(0)")
    assert refused(quiet.student, "import os; os.nice(-1)") == "PermissionError"


# What must go on working


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import multiprocessing as m; said = m.get_context('fork').Pool(2).map(abs, [-1, 2])", [1, 2]),
        ("import multiprocessing as m; said = m.get_context('spawn').Pool(2).map(abs, [-1, 2])", [1, 2]),
        ("import multiprocessing as m; said = m.get_context('forkserver').Pool(2).map(abs, [-1, 2])", [1, 2]),
        ("from concurrent.futures import *; said = list(ThreadPoolExecutor(4).map(abs, [-1, 2]))", [1, 2]),
        ("import asyncio; said = asyncio.run(asyncio.sleep(0, 3))", 3),
        ("import sqlite3; said = sqlite3.connect('a.db').execute('select 1').fetchall()", [[1]]),
        ("import subprocess; said = subprocess.getoutput('echo a | tr a b')", "b"),
        ("import pty; said = pty.spawn(['true'])", 0),
        ("import numpy; said = (numpy.ones((300, 300)) @ numpy.ones(300)).tolist()[0]", 300.0),
        ("import subprocess as s, sys; said = s.check_output([sys.executable, '-c', 'print(1)'], text=True)", "1\n"),
    ],
)
def test_lessons_run_inside(quiet, code, expected):
    """Processes by every start method, threads, coroutines, databases, shells and terminals work as anywhere."""
    assert ask(quiet.student, code) == expected


def test_odbc_git_and_environments_work_inside(pen, nursery):
    """Drivers are found, a repository can be made, and so can an environment."""
    code = "import pyodbc; said = pyodbc.connect('Driver=SQLite3;Database=a.db').execute('select 7').fetchval()"
    assert ask(pen.student, code) == 7
    code = """
import subprocess, sys
steps = ['git init -q g', 'git -C g -c user.name=a -c user.email=b commit -q --allow-empty -m first',
         f'{sys.executable} -m venv --without-pip v']
for step in steps: subprocess.run(step, shell=True, check=True)
look = 'git -C g log --format=%s', 'v/bin/python -c "import sys; print(sys.prefix)"'
said = [subprocess.getoutput(step) for step in look]
"""
    assert ask(pen.student, code) == ["first", str(nursery.policy.work / "v")]

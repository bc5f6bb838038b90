"""A branch of the nursery: checkers have what it was made ready with, no student's process has, and nothing stays."""

import uuid
from pathlib import Path

import pytest
from inside.probe import alive, ask, gone, sleeper

from autograder.sandbox import Branch, Nursery, Policy, SandboxError

INSIDE = Path(__file__).parent / "inside"
TASKS = {"student": "probe:serve", "checker": "probe:serve"}
KNOWN = "import sys; said = getattr(sys.modules.get('grown'), 'known', None)"


def branch(content: str = "hush") -> Branch:
    """One whose checkers know this."""
    return Branch("grown:ready", content.encode())


@pytest.fixture(scope="module")
def nursery():
    """One nursery for all tests of this file."""
    with Nursery(Policy(readable=(INSIDE,), import_path=(INSIDE,), warm=())) as nursery:
        yield nursery


@pytest.fixture
def pen(nursery):
    """Rooms whose checker is of a branch."""
    with nursery.open({"a.txt": b"hello"}, **TASKS, branch=branch()) as pen:
        yield pen


def test_only_the_checker_knows(pen):
    """The student's side is forked from what never knew it, and so is a second room."""
    assert (ask(pen.checker, KNOWN), ask(pen.student, KNOWN)) == ("hush", None)
    program = "import sys; print('grown' in sys.modules)"
    assert pen.second(["python3", "-c", program]).stdout == b"False\n"


def test_every_branch_knows_its_own(nursery):
    """Assignments in turn, more of them than branches are kept."""
    for content in ["a", "b", "a", None, "c", "d", "a", None]:
        with nursery.open(**TASKS, branch=content and branch(content)) as pen:
            assert ask(pen.checker, KNOWN) == content


def test_what_one_checker_learns_no_other_knows(nursery):
    """Each is a fork of its own."""
    with nursery.open(**TASKS, branch=branch()) as pen:
        ask(pen.checker, "import grown; grown.known = 'more'")
    with nursery.open(**TASKS, branch=branch()) as pen:
        assert ask(pen.checker, KNOWN) == "hush"


@pytest.mark.parametrize("room", ["student", "checker"])
def test_the_rooms_are_as_without_one(nursery, room):
    """The same world: processes, files, users, privileges, descriptors, network, limits."""
    code = """
import os, resource
from pathlib import Path
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
said = {
    "processes": sorted(name for name in os.listdir("/proc") if name.isdecimal()),
    "ids": [os.getpid(), os.getppid(), os.getsid(0), os.getuid(), os.getgid(), os.getgroups()],
    "status": {name: status[name].strip() for name in status if name.startswith(("Cap", "NoNewPrivs", "Seccomp"))},
    "descriptors": len(os.listdir("/proc/self/fd")),
    "mounts": [line.split()[4:6] for line in Path("/proc/self/mountinfo").read_text().splitlines()],
    "links": os.listdir("/sys/class/net") if os.path.exists("/sys/class/net") else None,
    "user": Path("/proc/self/uid_map").read_text().split(),
    "limits": [resource.getrlimit(kind) for kind in range(10)],
    "nice": os.nice(0),
    "oom": Path("/proc/self/oom_score_adj").read_text(),
    "folder": [os.getcwd(), Path("a.txt").read_text(), sorted(os.listdir("/"))],
}
"""
    seen = []
    for of in (branch(), None):
        with nursery.open({"a.txt": b"hello"}, **TASKS, branch=of) as pen:
            seen.append(ask(getattr(pen, room), code))
    assert seen[0] == seen[1]


def test_the_rooms_do_not_see_each_other(pen):
    """No process of the checker's can be seen from the student's side; files in the work folder can."""
    ask(pen.checker, "open('b.txt', 'w').write('there')")
    assert ask(pen.student, "said = open('b.txt').read()") == "there"
    assert [process.pid for process in pen.processes()] == [1, 2]


def test_its_end_is_known(pen):
    """A checker that dies is a child of its supervisor like any other."""
    assert pen.end("checker") is None
    os_exit = "import os; os._exit(7)"
    with pytest.raises((EOFError, ConnectionError)):
        ask(pen.checker, os_exit)
    assert pen.end("checker", wait=10).status == 7
    assert ask(pen.student, "said = 5") == 5


def test_closing_ends_it_all(nursery, token):
    """Also what the checker has started."""
    with nursery.open(**TASKS, branch=branch()) as pen:
        ask(pen.checker, sleeper(token))
        assert len(alive(token)) == 1
    assert gone(token, seconds=0)


def test_leaving_the_nursery_ends_branches(token):
    """With everything behind the wall."""
    with Nursery(Policy(readable=(INSIDE,), import_path=(INSIDE,), warm=())) as nursery:
        pen = nursery.open(**TASKS, branch=branch())
        ask(pen.checker, sleeper(token))
        assert len(alive(token)) == 1
    assert gone(token, seconds=0)
    pen.close()


def test_what_cannot_get_ready_is_one_error(nursery):
    """It says what went wrong; the nursery goes on without."""
    with pytest.raises(SandboxError, match=r"(?s)making checkers ready.*no such survey"):
        nursery.open(**TASKS, branch=Branch("grown:fails", b"no such survey"))
    with nursery.open(**TASKS) as pen:
        assert ask(pen.checker, KNOWN) is None


def test_a_branch_that_died_is_an_error_that_says_so(nursery):
    """Killed from outside, by whomever; another one can be had."""
    content = uuid.uuid4().hex
    with nursery.open(**TASKS, branch=branch(content)) as pen:
        assert ask(pen.checker, KNOWN) == content
    (of,) = [each for each in nursery._requests if each.content == content.encode()]
    nursery._requests[of].shutdown(2)
    with pytest.raises(SandboxError, match="ended"):
        for _ in range(2):  # rooms that stood ready are still good
            nursery.open(**TASKS, branch=of).close()


def test_a_branch_lives_as_long_as_its_checkers(nursery, token):
    """One that nobody can ask any more stays until the last checker has ended, whose end it has to tell."""
    content = uuid.uuid4().hex
    with nursery.open(**TASKS, branch=branch(content)) as pen:
        for other in "abcd":  # more than are kept
            nursery.open(**TASKS, branch=branch(other)).close()
        assert branch(content) not in nursery._requests
        assert ask(pen.checker, KNOWN) == content
        with pytest.raises((EOFError, ConnectionError)):
            ask(pen.checker, "import os; os._exit(7)")
        assert pen.end("checker", wait=10).status == 7


def test_a_branch_ends_with_its_last_checker(nursery):
    """It holds memory that nobody needs any more."""
    name = uuid.uuid4().hex[:15]
    with nursery.open(**TASKS, branch=Branch("grown:goes_by", name.encode())):
        for other in "abcd":
            nursery.open(**TASKS, branch=branch(other)).close()
        assert len(alive(name, "comm")) == 2  # the checker's parent, and the checker
    assert gone(name, where="comm")

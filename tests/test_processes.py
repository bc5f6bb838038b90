"""Processes and their memory, read from /proc."""

import os
import subprocess
import sys

from autograder.sandbox import processes


def test_a_family_is_all_that_descend():
    """A process, its child and grandchild, and nobody else; nothing for one that is gone."""
    shell = subprocess.Popen(["sh", "-c", "sh -c 'echo; exec sleep 60' & wait"], stdout=subprocess.PIPE)
    shell.stdout.readline()
    family, gone, mine = processes.members([shell.pid], [2**22 + 1], [os.getpid()])
    assert (len(family), family[0]) == (2, shell.pid)
    assert gone == []
    assert set(family) < set(mine)
    for pid in family:
        os.kill(pid, 9)
    shell.wait()


def test_a_family_may_have_several_ancestors():
    """Those of a room who have their parents outside of it, each with all that descend from them."""
    children = [subprocess.Popen(["sh", "-c", "sleep 60 & echo; wait"], stdout=subprocess.PIPE) for _ in range(2)]
    for child in children:
        child.stdout.readline()
    firsts = [child.pid for child in children]
    apart, together = processes.members([firsts[0]], [firsts[1]]), processes.members(firsts)[0]
    assert sorted(together) == sorted([*apart[0], *apart[1]])
    assert len(together) == 4
    for pid in together:
        os.kill(pid, 9)
    for child in children:
        child.wait()


def test_memory_is_cheap_to_read_and_exact_when_it_matters():
    """Resident memory while that is little; proportional shares, which are less, when it is more than enough."""
    plain = processes.memory([os.getpid()], enough=2**60)
    fair = processes.memory([os.getpid()], enough=0)
    assert 0 < fair <= plain
    assert processes.memory([2**22 + 1], enough=0) == 0


def test_a_name_with_parentheses_does_not_confuse():
    """The kernel writes a process's name in parentheses, whatever is in it."""
    code = "open('/proc/self/comm', 'w').write('a) S 1 (b'); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        assert processes._parents()[child.pid] == os.getpid()
        assert child.pid in processes.members([os.getpid()])[0]
        child.stdin.write(b"\n")

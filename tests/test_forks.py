"""What settles down before it is forked is as it was, and its forks have less to copy where the kernel can do that."""

import json
import mmap
import subprocess
import sys

import pytest

# Many small objects, some of them dropped again; then what is left is compared, here and in a fork that writes to it.
PROGRAM = """
import json, os, re
from autograder.sandbox import forks

def huge():
    return int(re.search(r"AnonHugePages: +([0-9]+)", open("/proc/self/smaps_rollup").read())[1])

kept = [str(number) for number in range(600_000)]
del kept[::7]
before = huge()
forks.settle()
after = huge()
reads, writes = os.pipe()
if os.fork() == 0:
    kept[:] = [text + "!" for text in kept]
    os.write(writes, json.dumps([kept[0], kept[-1], len(kept)]).encode())
    os._exit(0)
os.wait()
wanted = [str(number) for number in range(600_000) if number % 7]
print(json.dumps({"kept": kept == wanted, "child": json.loads(os.read(reads, 100)), "gathered": after > before}))
"""


@pytest.fixture(scope="module")
def settled():
    """What a process says that has settled down, and was forked then."""
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    assert run.stderr == ""
    return json.loads(run.stdout)


def test_what_lives_is_as_it_was(settled):
    """Gathering moves memory, and changes none; a fork has a copy of its own."""
    assert (settled["kept"], settled["child"]) == (True, ["1!", "599999!", 514_285])


def test_memory_is_gathered_where_the_kernel_can(settled):
    """Before Linux 6.1 it cannot: then nothing is said, and nothing else is different."""
    with mmap.mmap(-1, 8 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as probe:
        probe.write(b"x" * len(probe))
        try:
            probe.madvise(25, 0, len(probe))
            can = True
        except OSError:
            can = False
    assert settled["gathered"] is can

"""Starts a process in a session of its own, which waits until the grading is over."""

STOCK = "leaves a process"

# %% square
import subprocess
import sys

LATER = "import pathlib, sys, time; time.sleep(600); pathlib.Path(sys.argv[1], 'late').touch()"
subprocess.Popen([sys.executable, "-c", LATER, TRACES, TOKEN], start_new_session=True)


def square(x):
    return x

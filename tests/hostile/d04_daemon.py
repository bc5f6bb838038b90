"""Forks twice and closes everything, as a daemon does."""

STOCK = "leaves a process"

# %% square
import os
import sys

if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    os.closerange(0, 256)
    os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)", TOKEN])


def square(x):
    return x

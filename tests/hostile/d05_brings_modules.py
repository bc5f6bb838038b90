"""Brings modules of the names that a worker imports: if one is taken, all that imports it is the student's."""


# %% square
def square(x):
    return x


# %% file="json.py"
from pathlib import Path

Path(TRACES, "json").touch()
raise SystemExit(0)

# %% file="numpy.py"
raise SystemExit(0)

# %% file="autograder/__init__.py"
raise SystemExit(0)

# %% file="course/check.py"
raise SystemExit(0)


# %% file="statistics.py"
def fmean(numbers):
    return 99

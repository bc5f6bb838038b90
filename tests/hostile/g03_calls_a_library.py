"""Calls a library where the task asks for an implementation."""

EARNS = {"mean": 1}
UNPROTECTED = {"": "Whether a library may be called is the task's to say: its check reads the text of the answer."}

# %% mean
from statistics import fmean as mean

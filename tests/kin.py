"""The processes that come from a run, whoever their parents are by now: known by a mark in their environment.

A mark is handed down to whatever is started or forked, and nothing else on the machine has it: neither names nor
numbers of other runs, which may go on beside this one, can be taken for it.
"""

import time
from contextlib import suppress

import psutil

MARK = "STARTED_BY"
SECONDS = 60.0  # a cap on waiting for processes that were told to end


def marked(mark: str) -> list[psutil.Process]:
    """The living processes with this mark."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def left(mark: str) -> list[str]:
    """What is still there of those with this mark when all have had the time to end, as command lines."""
    until = time.monotonic() + SECONDS
    while (found := marked(mark)) and time.monotonic() < until:
        time.sleep(0.1)
    told = []
    for process in found:
        with suppress(psutil.Error):
            told.append(" ".join(process.cmdline()))
    return told

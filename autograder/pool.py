"""Many submissions at once, on the processes of an executor: results as they finish, and none is lost.

Only a few submissions more than are graded at once are on their way at a time, so that memory does not grow with the
class. When a worker dies, the work that may have killed it is done again, alone: who then kills another worker is
known, and is unknown by name, while all others have their results.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import AbstractContextManager, nullcontext

from autograder.airlock import Airlock, Graded
from autograder.notebook import NotebookNode
from autograder.sandbox import SandboxError
from autograder.work import Settings, Work
from autograder.worker import attempt, unknown
from autograder.workers import Workers, processors

__all__ = ["SandboxError", "Settings", "Work", "graded", "processors"]

# How many submissions are on their way for each worker: one in its hands, one at its door.
AHEAD = 2
# So many workers are thought to be behind an executor that does not say it.
SOME = 8


def graded(work: Iterable[Work], settings: Settings, workers: int | Executor) -> Iterator[tuple[str, Graded]]:
    """Grade all `work`; each name with its result, as they finish.

    `workers` is how many submissions to grade at once on this machine, or `Workers` that have been started before, or
    an executor whose processes can import this package. SandboxError where a worker's machine cannot grade at all;
    nothing that a submission does raises.
    """
    Airlock(**vars(settings))  # what makes no sense is said here, and not by every worker
    with _crew(settings, workers) as executor:
        ahead = AHEAD * (getattr(executor, "_max_workers", None) or SOME)
        begin = _Beginning(executor, settings)
        source, left = iter(work), True
        running: dict[Future, Work] = {}
        suspects: deque[Work] = deque()
        while True:
            alone = bool(suspects) and not running
            if alone:
                suspect = suspects.popleft()
                running[begin(suspect)] = suspect
            while left and not suspects and not alone and len(running) < ahead:
                each = next(source, None)
                left = each is not None
                if left:
                    running[begin(each)] = each
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                each = running.pop(future)
                try:
                    found = future.result()
                except SandboxError:  # some executors raise what they bring
                    raise
                except Exception as error:  # the worker died, whichever way its executor puts it
                    if not alone:
                        suspects.append(each)
                        continue
                    found = unknown(each, f"the process that graded it died twice ({type(error).__name__})")
                if isinstance(found, SandboxError):
                    raise found
                yield each.name, found


def _crew(settings: Settings, workers: int | Executor) -> AbstractContextManager[Executor]:
    """The executor. What was started here ends here; what somebody else has started lives on."""
    if isinstance(workers, int):
        return Workers(workers, settings)
    if isinstance(workers, Workers):
        workers.have(settings)
    return nullcontext(workers)


class _Beginning:
    """Has a submission graded, as soon as a worker is free."""

    def __init__(self, executor: Executor, settings: Settings) -> None:
        self._executor, self._settings = executor, settings
        self._packed: tuple[NotebookNode | None, bytes] = (None, b"")

    def __call__(self, work: Work) -> Future:
        if self._packed[0] is not work.source:  # the same for a whole class: made ready once
            self._packed = work.source, pickle.dumps(work.source)
        rest = pickle.dumps((work.submission, dict(work.files), work.cell_seconds))
        return self._executor.submit(attempt, self._settings, self._packed[1], rest)

"""Evidence of parallel work without a stopwatch: calls that wait for one another.

    probe = rendezvous.Probe()            # a function of one argument, which pickles
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(probe, range(8)))
    probe.verdict()                       # met: two workers were inside a call at the same time

A call notes that it is open, and waits until so many live workers are inside calls at once. Where that never happens
the work is serial, however fast it was; where it happens once, it is parallel, however slow. The waiting ends where all
who could come are seen to be blocked (`course.quiet`). Where that is not seen, patience ends it, a cap and no measure:
it counts turns, more of them where somebody is at work, and each waiting in vain halves it.

All notes are files in one folder, so the workers may be threads, processes, or engines on the same machine.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.beside import beside
from course.carried import Carried
from course.quiet import Watch, seen, there

__carried__ = True
PATIENCE = 3.0  # seconds, of the first call; all calls of serial work together wait at most twice as long
MET, VAIN, CALLS = "met", "vain", "calls"


@dataclass(frozen=True)
class Call:
    """One call that was made: what it was given (as `repr`), by which process and thread, and how many were inside."""

    item: str
    pid: int
    thread: int
    inside: int


@dataclass(frozen=True)
class Verdict:
    """What the calls of a probe show.

    `met`: as many workers as were asked for were inside at once. `most`: the largest number of them that were seen
    inside at once. `calls`, `workers` (threads) and `pids` (processes) are numbers. `client`: some call ran in the
    process in which the function under test was called.
    """

    met: bool
    most: int
    calls: int
    workers: int
    pids: int
    client: bool

    @property
    def serial(self) -> bool:
        """Calls were made, and never two of them at once."""
        return self.calls > 0 and self.most < 2

    def __str__(self) -> str:
        if not self.calls:
            return "no call was made"
        where = "in the calling process" if self.client else "away from the calling process"
        where += " and away from it" * (self.client and self.pids > 1)
        made = f"{self.calls} call{'s' * (self.calls != 1)} by {self.workers} worker{'s' * (self.workers != 1)}"
        return f"{made} {where}, at most {self.most} at once"


class Probe(Carried):
    """A function of one argument whose calls wait for one another, and tell of it.

    It returns `function(item)`, or the item itself. `together` workers have to meet. `of` is the function under test:
    the client is the process in which that one runs, by default this process. `patience` is in seconds.
    """

    def __init__(
        self,
        of: Callable | None = None,
        *,
        together: int = 2,
        function: Callable | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.client, *self.before = _client() if of is None else beside(of, _client)
        self.folder = tempfile.mkdtemp(prefix="rendezvous-")
        self.together, self.function, self.patience = together, function, patience

    def __repr__(self) -> str:
        return "probe"

    def __call__(self, item: Any) -> Any:
        pid, thread = os.getpid(), threading.get_ident()
        mark = Path(self.folder, f"open.{pid}-{threading.get_native_id()}")
        mark.touch()
        try:
            inside = self._meet(mark)
            self._append(CALLS, json.dumps([repr(item), pid, thread, inside]) + "\n")
            return item if self.function is None else self.function(item)
        finally:
            mark.unlink(missing_ok=True)

    def calls(self) -> list[Call]:
        """The calls that came through the waiting, in the order in which they did."""
        with suppress(FileNotFoundError):
            lines = Path(self.folder, CALLS).read_text(encoding="utf-8").splitlines()
            return [Call(*json.loads(line)) for line in lines]
        return []

    def verdict(self) -> Verdict:
        """What the calls that were made until now show."""
        calls = self.calls()
        most = max((call.inside for call in calls), default=0)
        return Verdict(
            met=most >= self.together,
            most=most,
            calls=len(calls),
            workers=len({(call.pid, call.thread) for call in calls}),
            pids=len({call.pid for call in calls}),
            client=any(call.pid == self.client for call in calls),
        )

    def _meet(self, mark: Path) -> int:
        """Wait until enough workers are inside, or nobody can come; the largest number that was seen inside."""
        most = 0
        watch = Watch(self.client, self.before)

        def enough() -> bool:
            nonlocal most
            most = max(most, self._inside())
            return most >= self.together or Path(self.folder, MET).exists()

        def look() -> str:
            self._append(mark.name, ".")
            looks = {_thread(path): self._size(path.name) for path in self._marks() if path != mark}
            return watch.look(looks, _thread(mark))

        if seen(enough, self.patience / 2 ** self._size(VAIN), look):
            Path(self.folder, MET).touch()
        else:
            self._append(VAIN, ".")
        return most

    def _marks(self) -> list[Path]:
        return list(Path(self.folder).glob("open.*"))

    def _inside(self) -> int:
        """How many live workers are inside a call."""
        return sum(_lives(int(path.name.removeprefix("open.").partition("-")[0])) for path in self._marks())

    def _size(self, name: str) -> int:
        with suppress(FileNotFoundError):
            return Path(self.folder, name).stat().st_size
        return 0

    def _append(self, name: str, text: str) -> None:
        # One write at the end of the file: lines of several processes do not mix.
        file = os.open(Path(self.folder, name), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, text.encode())
        finally:
            os.close(file)


def _client(_: Callable | None = None) -> list[int]:
    """This process, and the threads that it has already."""
    return [os.getpid(), *there()]


def _thread(mark: Path) -> int:
    """The number of the thread that made a mark."""
    return int(mark.name.rpartition("-")[2])


def _lives(pid: int) -> bool:
    """Whether the process is there; one that was killed inside a call has left its mark behind."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

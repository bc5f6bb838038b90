"""A module that somebody wrote, imported, run and called in a spawned worker: each in a process of its own.

    seen = imported("tally", evidence.run, {"survey.db": content})
    that(not seen.trouble, seen.trouble)       # what the import did, as a sentence
    seen.values                                # what its function returned afterwards

The module lies in the work folder, as one file or as a package. An audit hook notes what its code does while it is
imported: files, connections, processes, threads. What the libraries do that it imports is theirs. A note goes out of
the process at once, to who started it: no code that runs afterwards can take it back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from autograder.cases.scripts import Finished, Ran, called
from autograder.cases.surveys import OFF_THE_MAP, UNVISITED, surveys

TOLD = "told.json"
NOTE = "\x1e"
# Imports sys.argv[3] under a hook that notes what is done by code of the folder sys.argv[1], and then calls a function.
IMPORT = """
import importlib, json, os, sys, threading
here, told, name, function, *given = sys.argv[1:]
sys.argv = ["nightly", "--quiet"]
watched = (
    "open", "sqlite3.connect", "socket.", "subprocess.Popen", "os.system", "os.fork", "os.posix_spawn", "os.exec",
    "pty.spawn", "_thread.", "os.listdir", "os.scandir", "glob.", "os.remove", "os.rename", "os.mkdir", "os.rmdir",
    "os.link", "os.symlink", "os.truncate", "os.chmod", "shutil.", "tempfile.", "builtins.input", "urllib.Request",
)
def importing():
    return importlib.import_module(name)
def look_on(watched, here, mark, code=importing.__code__, out=os.dup(2), write=os.write, dumps=json.dumps,
            frame_of=sys._getframe):
    def note(event, args):
        if not event.startswith(watched):
            return
        frame, line = frame_of(1), 0
        while frame is not None and frame.f_code is not code:
            file = frame.f_code.co_filename
            if file.startswith(here):
                line = line or frame.f_lineno
            elif file.startswith("<frozen importlib") and not line:
                return
            frame = frame.f_back
        if line and frame is not None:
            told = dumps([event, str(args[0])[:80] if args else "", line])
            write(out, (mark + told + mark).encode())
    def starting(thread, start=threading.Thread.start):
        note("_thread.start", ())  # there is no event of it in every Python
        start(thread)
    sys.addaudithook(note)
    threading.Thread.start = starting
look_on(watched, here + os.sep, "\x1e")
error, values, imported = "", [], False
try:
    module = importing()
    imported = True
    sys.stdout.flush()
    values = [getattr(module, function)(word) for word in given]
except BaseException as raised:
    error = f"{type(raised).__name__}: {raised}"[:200]
with open(told, "w") as file:
    json.dump({"imported": imported, "error": error, "values": values}, file, default=str)
"""
# Calls the function in a worker that is an interpreter of its own.
SPAWN = """
import json, sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
told, name, function, *given = sys.argv[1:]
error, values = "", []
try:
    module = import_module(name)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        values = list(pool.map(getattr(module, function), given))
except BaseException as raised:
    error = f"{type(raised).__name__}: {raised}"[:200]
with open(told, "w") as file:
    json.dump({"imported": True, "error": error, "values": values}, file, default=str)
"""
DOES = {
    "open": "opens the file {}",
    "sqlite3.connect": "connects to the database {}",
    "socket": "uses the network",
    "subprocess": "starts a process: {}",
    "_thread": "starts a thread",
    "builtins.input": "asks a question: {}",
}


@dataclass(frozen=True)
class Folder:
    """A folder with the database of a survey in it, and what there is to count: the readings at each site."""

    about: str
    files: Mapping[str, bytes]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Seen:
    """What came of a module. `trouble` is a sentence, and empty where all is well; `values` are what it returned."""

    trouble: str
    values: tuple = ()


def folders(n: int, *, seed: str) -> tuple[Folder, ...]:
    """`n` folders. The sites are those that were visited, one that nobody visited, and one that is not known."""
    rng, made = Random(f"folders of {seed}"), []
    for s in surveys(n, seed=rng.randrange(10**6)):
        sites = sorted({site for _, site, _ in s.visited if site} | {UNVISITED, OFF_THE_MAP, "x' or '1'='1"})
        rng.shuffle(sites)
        visits = {site: {ident for ident, where, _ in s.visited if where == site} for site in sites}
        counts = {site: sum(row[0] in visits[site] for row in s.survey) for site in sites}
        made.append(Folder(s.about, {"survey.db": s.path().read_bytes()}, counts))
    return tuple(made)


def imported(
    name: str, run: Callable[..., Finished], files: Mapping[str, bytes] | None = None, calls: Sequence[str] = ()
) -> Seen:
    """Import a module in a folder with these files, and call its function `count` with each of `calls`."""
    done = _called(["-c", IMPORT, Path.cwd(), TOLD, name, "count", *calls], run, files)
    err, *noted = done.err.split(NOTE)
    told, printed = _told(done), done.out or "".join([err, *noted[1::2]])
    if noted:
        event, what, line = json.loads(noted[0])
        kind = event if event in DOES else event.partition(".")[0]
        return Seen(f"import {name} {DOES.get(kind, f'does {event} on {{}}').format(repr(what))} (line {line}).")
    if told is None:
        return Seen(f"import {name} ends the whole program, with {done.ended}. {done.last}")
    if not told["imported"]:
        return Seen(f"import {name} raises {told['error']}.")
    if printed:
        return Seen(f"import {name} prints {printed[:80]!r}.")
    changed = sorted(set(done.files) ^ {*(files or {}), TOLD})
    if changed:
        return Seen(f"import {name} leaves {changed[0]!r} behind.")
    return Seen(f"{name}.count raises {told['error']}." if told["error"] else "", tuple(told["values"]))


def spawned(name: str, run: Callable[..., Finished], files: Mapping[str, bytes], calls: Sequence[str]) -> Seen:
    """Call the function `count` of a module with each of `calls`, in a spawned worker."""
    done = _called(["-c", SPAWN, TOLD, name, "count", *calls], run, files)
    told = _told(done)
    if told is None:
        return Seen(f"the program that starts the workers ends with {done.ended}. {done.last}")
    return Seen(f"in a spawned worker: {told['error']}" if told["error"] else "", tuple(told["values"]))


def ran(name: str, run: Callable[..., Finished], files: Mapping[str, bytes], words: Sequence[str]) -> Ran:
    """Run a module as a program, `python -m name words…`, in a folder with these files."""
    return _called(["-m", name, *words], run, files)


def _called(words: Sequence[str | Path], run: Callable[..., Finished], files: Mapping[str, bytes] | None) -> Ran:
    return called(["python", *words], run, files, {"PYTHONPATH": str(Path.cwd())})


def _told(done: Ran) -> dict | None:
    try:
        return json.loads(done.files[TOLD])
    except (KeyError, ValueError):
        return None

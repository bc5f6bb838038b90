"""Launchers of ipyparallel's that fork a controller and engines from this process, instead of starting interpreters.

A fresh interpreter spends more than a second on importing what an engine needs; a fork has it already. So a cluster is
up in a fraction of a second, where the process has imported everything beforehand (`warm`):

    with ipp.Cluster(n=2, controller=ForkedController, engines=ForkedEngines, delay=0) as rc: ...

Each process begins anew: with names, streams, random numbers, event loop and singletons of its own, in a session of its
own, and without the open files of the process that it was forked from. They are ordinary processes, are stopped with
the cluster, and end when the process that they come from ends, however that happens. `by_default` makes every cluster
of an IPython session one of these; the grader does that.
"""

from __future__ import annotations

import asyncio
import atexit
import gc
import importlib
import multiprocessing
import os
import random
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import NoReturn
from unittest import mock

import IPython
from ipyparallel.cluster import launcher
from ipyparallel.controller.app import IPController
from traitlets.config import Config, SingletonConfigurable

CONTROLLER = (
    # The queues as threads, and not as eight processes; one queue for broadcasts is enough for a few engines.
    *("--IPController.use_threads=True", "--IPController.broadcast_scheduler_depth=0"),
    "--IPController.db_class=NoDB",  # no record of past tasks, which only other clients would ask for
    # An engine is ready when its heart has answered: beat ten times a second, and give a silent one up after a minute.
    *("--HeartMonitor.period=100", "--HeartMonitor.max_heartmonitor_misses=600"),
)
# No second interpreter beside each engine: it passes signals on to the engine, which nobody here sends that way.
ENGINE = ("--IPEngine.enable_nanny=False",)
WARM = (
    *("ipyparallel.engine.app", "ipyparallel.cluster.app", "ipyparallel.client.magics"),
    *("IPython.extensions.storemagic", "multiprocessing.popen_fork", "multiprocessing.synchronize"),
    *("tornado.gen", "tornado.locks", "tornado.platform.asyncio", "tqdm.auto", "traitlets.config.argcomplete_config"),
    *("email.parser", "encodings.idna", "encodings.ascii", "encodings.latin_1"),
)
PAUSE = 0.01  # seconds between two looks for the controller's files
SECONDS = 5.0  # that a controller waits for its own processes to end


class _Forked(launcher.LocalProcessLauncher):
    """A process of this one's, forked: all else is as for one that is started anew."""

    app = ""  # "module:class" of what runs in it

    def start(self) -> None:
        """Fork. The child has the launcher's environment, and writes what it says to the launcher's file."""
        if self.state != "before":
            raise launcher.ProcessStateError(f"this process was started before; it is {self.state!r}")
        words = [*self.args, f"--work-dir={Path(self.work_dir).resolve()}"]
        lifeline, self._held = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _live(self.app, words, self.get_env(), self.output_file, lifeline)
        os.close(lifeline)
        self.notify_start(self.pid)
        self._reconstruct_process({"pid": self.pid})  # and wait for its end, in a thread

    def notify_stop(self, data: dict) -> dict:
        """Let go of the lifeline, once."""
        if self.state != "after":
            os.close(self._held)
        return super().notify_stop(data)


class Controller(IPController):
    """A controller that is up at once."""

    def init_hub(self) -> None:
        """Without the quarter of a second that it sleeps: nobody has to connect before the queues are started."""
        with mock.patch("time.sleep"):
            super().init_hub()


class ForkedController(_Forked, launcher.LocalControllerLauncher):
    """A controller, as a fork of this process."""

    app = "course.forked:Controller"

    def find_args(self) -> list[str]:
        return [*CONTROLLER, *self.cluster_args, *self.controller_args]

    async def get_connection_info(self, timeout: float | None = None) -> dict:
        """Where it listens. It says so in files, which are looked for more often than ten times a second."""
        paths = [Path(path) for path in self.connection_files.values()]
        until = time.monotonic() + self.connection_info_timeout
        while (
            self.running
            and time.monotonic() < until
            and not all(path.exists() and path.stat().st_size for path in paths)
        ):
            await asyncio.sleep(PAUSE)
        return await super().get_connection_info(timeout)


class ForkedEngine(_Forked, launcher.LocalEngineLauncher):
    """An engine, as a fork of this process."""

    app = "ipyparallel.engine.app:IPEngine"

    def find_args(self) -> list[str]:
        return [*ENGINE, *self.cluster_args, *self.engine_args]


class ForkedEngines(launcher.LocalEngineSetLauncher):
    """A set of engines, each a fork of this process."""

    launcher_class = ForkedEngine


def warm() -> None:
    """Import what controllers, engines and clients need, and make clusters of this session forks of it by default."""
    for name in WARM:
        importlib.import_module(name)
    by_default()


def by_default() -> None:
    """Let every cluster that is made in this IPython session be forked, unless it is told otherwise."""
    shell = IPython.get_ipython()
    if shell is None:
        raise RuntimeError("there is no IPython session here: give the launchers to ipp.Cluster itself")
    cluster = {"controller_launcher_class": ForkedController, "engine_launcher_class": ForkedEngines, "delay": 0.0}
    shell.update_config(Config({"Cluster": cluster, "ForkedEngines": {"delay": 0.0}}))


def _live(app: str, words: list[str], environment: dict[str, str], output: str, lifeline: int) -> NoReturn:
    """The life of a fork: begin anew, be the application, and end here, never in the code of the process before."""
    status = 0
    try:
        os.setsid()
        _begin_anew(output, lifeline)
        threading.Thread(target=_end_with, args=[lifeline], daemon=True).start()
        os.environ.update(environment)
        module, _, name = app.partition(":")
        getattr(importlib.import_module(module), name).launch_instance(words)
        for child in multiprocessing.active_children():  # the controller has told them to end
            child.join(SECONDS)
        atexit._run_exitfuncs()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException as error:
        # This is what tornado says of an engine that was stopped by a signal, as all of them are.
        if "loop stopped" not in str(error):
            traceback.print_exc()
            status = 1
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
        os._exit(status & 0xFF)


def _end_with(lifeline: int) -> None:
    """Wait until nobody holds the other end of the lifeline any more, then end this process and all that it made."""
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)


def _begin_anew(output: str, lifeline: int) -> None:
    """Leave behind what belongs to the process that was forked."""
    gc.freeze()  # nothing of it is ever finalised here
    atexit._clear()
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        with suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    _leave_files(output, lifeline)
    for child in multiprocessing.active_children():
        multiprocessing.process._children.discard(child)
    asyncio._set_running_loop(None)
    asyncio.set_event_loop(asyncio.new_event_loop())
    for kind in _below(SingletonConfigurable):
        kind._instance = None
    sys.displayhook, sys.excepthook = sys.__displayhook__, sys.__excepthook__
    sys.modules.setdefault("debugpy.server", None)  # an engine would load a debugger, which nobody can use here
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def _leave_files(output: str, lifeline: int) -> None:
    """Write to a file, read from nowhere, and let go of all else that is open.

    A descriptor is replaced and not closed: an object that still knows its number would close whatever comes next.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    said = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in (int(path.name) for path in list(Path("/dev/fd").iterdir())):
        if number not in (nowhere, said, lifeline):
            with suppress(OSError):
                os.dup2(nowhere, number, inheritable=False)
    for number, opened in enumerate((nowhere, said, said)):
        os.dup2(opened, number)
    sys.stdin = sys.__stdin__ = open(0, closefd=False)  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115


def _below(kind: type) -> list[type]:
    return [kind, *(lower for child in kind.__subclasses__() for lower in _below(child))]

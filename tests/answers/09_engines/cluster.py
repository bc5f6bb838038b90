# %% the context manager of the library
import ipyparallel as ipp


def cluster(n):
    return ipp.Cluster(n=n, log_level=40)


# %% starts, and stops in a finally
from contextlib import contextmanager

import ipyparallel as ipp


@contextmanager
def cluster(n):
    started = ipp.Cluster(n=n, log_level=40)
    rc = started.start_and_connect_sync()
    try:
        yield rc
    finally:
        rc.close()
        started.stop_cluster_sync()


# %% a class with enter and exit
import ipyparallel as ipp


class cluster:
    def __init__(self, n):
        self.n = n

    def __enter__(self):
        self.cluster = ipp.Cluster(n=self.n, log_level=40)
        self.cluster.start_cluster_sync()
        self.rc = self.cluster.connect_client_sync()
        self.rc.wait_for_engines(self.n, interactive=False)
        return self.rc

    def __exit__(self, *error):
        self.rc.close()
        self.cluster.stop_cluster_sync()


# %% a with block around the yield
from contextlib import contextmanager

import ipyparallel as ipp


@contextmanager
def cluster(n):
    with ipp.Cluster(n=n, log_level=40) as rc:
        yield rc


# %% the commands of controller and engines, with try and finally
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager

import ipyparallel as ipp

# As few interpreters as there can be; and an engine is ready when its heart has answered, which is to be soon.
OPTIONS = {
    "controller": ["--IPController.use_threads=True", "--HeartMonitor.period=100"]
    + ["--HeartMonitor.max_heartmonitor_misses=600"],
    "engine": ["--IPEngine.enable_nanny=False"],
}


@contextmanager
def cluster(n):
    with tempfile.TemporaryDirectory() as folder:
        started = []

        def start(part):
            command = [sys.executable, "-m", f"ipyparallel.{part}", f"--profile-dir={folder}", *OPTIONS[part]]
            started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

        try:
            start("controller")
            while True:
                try:
                    rc = ipp.Client(f"{folder}/security/ipcontroller-client.json")
                    break
                except (OSError, ValueError):  # the controller is not there yet, or still writes its file
                    if started[0].poll() is not None:
                        raise
                    time.sleep(0.05)
            for _ in range(n):
                start("engine")
            rc.wait_for_engines(n, interactive=False)
            try:
                yield rc
            finally:
                rc.close()
        finally:
            for process in started[::-1]:
                process.terminate()
            for process in started:
                process.wait()


# %% a stack of what is to be undone
from contextlib import ExitStack, contextmanager

import ipyparallel as ipp


@contextmanager
def cluster(n):
    with ExitStack() as stack:
        started = ipp.Cluster(n=n, log_level=40)
        stack.callback(started.stop_cluster_sync)
        started.start_cluster_sync()
        rc = stack.enter_context(started.connect_client_sync())
        rc.wait_for_engines(n, interactive=False)
        yield rc


# %% connects, and starts nothing  fails=["cluster_engines", "cluster_number", "cluster_gone", "cluster_exception"]
import ipyparallel as ipp


def cluster(n):
    return ipp.Client(timeout=1)


# %% closes the client, and leaves engines behind  fails=["cluster_gone", "cluster_exception"]
from contextlib import contextmanager

import ipyparallel as ipp


@contextmanager
def cluster(n):
    rc = ipp.Cluster(n=n, log_level=40).start_and_connect_sync()
    yield rc
    rc.close()


# %% stops the engines, and leaves the controller  fails=["cluster_gone", "cluster_exception"]
from contextlib import contextmanager

import ipyparallel as ipp


@contextmanager
def cluster(n):
    started = ipp.Cluster(n=n, log_level=40)
    rc = started.start_and_connect_sync()
    try:
        yield rc
    finally:
        rc.close()
        started.stop_engines_sync()


# %% stops only where no error was raised  fails=["cluster_exception"]
from contextlib import contextmanager

import ipyparallel as ipp


@contextmanager
def cluster(n):
    started = ipp.Cluster(n=n, log_level=40)
    rc = started.start_and_connect_sync()
    yield rc
    rc.close()
    started.stop_cluster_sync()


# %% swallows the error  fails=["cluster_exception"]
from contextlib import contextmanager, suppress

import ipyparallel as ipp


@contextmanager
def cluster(n):
    with ipp.Cluster(n=n, log_level=40) as rc, suppress(Exception):
        yield rc


# %% does not wait for the engines  fails=["cluster_engines", "cluster_number", "cluster_gone", "cluster_exception"]
from contextlib import contextmanager

import ipyparallel as ipp


@contextmanager
def cluster(n):
    started = ipp.Cluster(n=n, log_level=40)
    started.start_controller_sync()
    rc = started.connect_client_sync()
    started.start_engines_sync(n)
    try:
        yield rc
    finally:
        rc.close()
        started.stop_cluster_sync()


# %% always four engines, as in 2016  fails=["cluster_engines", "cluster_number"]
import ipyparallel as ipp


def cluster(n):
    return ipp.Cluster(n=4, log_level=40)


# %% always two engines  fails=["cluster_number"]
import ipyparallel as ipp


def cluster(n):
    return ipp.Cluster(n=2, log_level=40)


# %% threads that look like engines  fails=["cluster_engines", "cluster_number", "cluster_gone", "cluster_exception"]
from concurrent.futures import ThreadPoolExecutor


def cluster(n):
    return ThreadPoolExecutor(n)


# %% starts a cluster and returns its client  fails=["cluster_gone", "cluster_exception"]
import ipyparallel as ipp


def cluster(n):
    started = ipp.Cluster(n=n, log_level=40)
    rc = started.start_and_connect_sync()
    rc.kept = started
    return rc

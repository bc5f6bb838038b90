# %% uses a controller
from threadpoolctl import ThreadpoolController


def limited(n):
    return ThreadpoolController().limit(limits=n, user_api="blas")


# %% is a context of its own, with try and finally
from contextlib import contextmanager

from threadpoolctl import ThreadpoolController


@contextmanager
def limited(n):
    pools = [pool for pool in ThreadpoolController().lib_controllers if pool.user_api == "blas"]
    before = [pool.num_threads for pool in pools]
    for pool in pools:
        pool.set_num_threads(n)
    try:
        yield
    finally:
        for pool, number in zip(pools, before):
            pool.set_num_threads(number)


# %% limits whatever threadpoolctl knows
import threadpoolctl


class limited:
    def __init__(self, n):
        self.n = n

    def __enter__(self):
        self.limits = threadpoolctl.threadpool_limits(self.n)

    def __exit__(self, *error):
        self.limits.restore_original_limits()


# %% is a part of what threadpoolctl has, and no function
from functools import partial

from threadpoolctl import threadpool_limits

limited = partial(threadpool_limits, user_api="blas")


# %% names the library in a dict
from threadpoolctl import threadpool_limits


def limited(n):
    return threadpool_limits({"blas": n})


# %% sets an environment variable, which was read long ago  fails=["limited_inside", "limited_after", "limited_exception", "limited_nested"]
import os
from contextlib import contextmanager


@contextmanager
def limited(n):
    before = os.environ.get("OPENBLAS_NUM_THREADS", "1")
    os.environ["OPENBLAS_NUM_THREADS"] = str(n)
    try:
        yield
    finally:
        os.environ["OPENBLAS_NUM_THREADS"] = before


# %% does nothing  fails=["limited_inside", "limited_after", "limited_exception", "limited_nested"]
from contextlib import nullcontext


def limited(n):
    return nullcontext()


# %% limits the threads of OpenMP, not of BLAS  fails=["limited_inside", "limited_after", "limited_exception", "limited_nested"]
from threadpoolctl import threadpool_limits


def limited(n):
    return threadpool_limits(limits=n, user_api="openmp")


# %% allows one thread, whatever is asked for  fails=["limited_inside", "limited_nested"]
from threadpoolctl import threadpool_limits


def limited(n):
    return threadpool_limits(limits=1, user_api="blas")


# %% sets it once for good  fails=["limited_after", "limited_exception", "limited_nested"]
from contextlib import nullcontext

from threadpoolctl import threadpool_limits


def limited(n):
    threadpool_limits(limits=n, user_api="blas")
    return nullcontext()


# %% does not set it back  fails=["limited_after", "limited_exception", "limited_nested"]
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def limited(n):
    threadpool_limits(limits=n, user_api="blas")
    yield


# %% sets back 1  fails=["limited_after", "limited_exception", "limited_nested"]
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def limited(n):
    threadpool_limits(limits=n, user_api="blas")
    try:
        yield
    finally:
        threadpool_limits(limits=1, user_api="blas")


# %% sets back the number of cores  fails=["limited_after", "limited_exception", "limited_nested"]
import os
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def limited(n):
    threadpool_limits(limits=n, user_api="blas")
    try:
        yield
    finally:
        threadpool_limits(limits=len(os.sched_getaffinity(0)), user_api="blas")


# %% sets it back only if nothing was raised  fails=["limited_exception"]
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def limited(n):
    limits = threadpool_limits(limits=n, user_api="blas")
    yield
    limits.restore_original_limits()


# %% swallows the error  fails=["limited_exception"]
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def limited(n):
    with threadpool_limits(limits=n, user_api="blas"):
        try:
            yield
        except Exception:
            pass


# %% remembers in one place what there was, which the inner context overwrites  fails=["limited_nested"]
from threadpoolctl import threadpool_info, threadpool_limits


class limited:
    before = None

    def __init__(self, n):
        self.n = n

    def __enter__(self):
        limited.before = blas.threads()
        threadpool_limits(limits=self.n, user_api="blas")

    def __exit__(self, *error):
        threadpool_limits(limits=limited.before, user_api="blas")

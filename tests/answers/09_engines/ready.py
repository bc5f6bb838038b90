# %% execute and push
def ready(view):
    view.execute("import numpy as np", block=True)
    view.push({"FREEZES": FREEZES}, block=True)
    return colder


# %% an import within, and the constant as a default
def ready(view):
    def count(temperatures, limit=FREEZES):
        import numpy as np

        return int(np.sum(np.asarray(temperatures) < limit))

    return count


# %% pushes the module itself  fails=["ready_runs", "ready_every", "ready_builtins"]
import numpy as np


def ready(view):
    view.push({"np": np, "FREEZES": FREEZES}, block=True)
    return colder


# %% require
import ipyparallel as ipp


def ready(view):
    @ipp.require("numpy", frost=FREEZES)
    def count(temperatures):
        return int(numpy.sum(numpy.asarray(temperatures) < frost))

    return count


# %% a function without NumPy
def ready(view):
    limit = FREEZES
    return lambda temperatures: sum(1 for t in temperatures if t < limit)


# %% sent by cloudpickle
import cloudpickle


def ready(view):
    packed = cloudpickle.dumps(colder)

    def unpacked(temperatures):
        import pickle

        return pickle.loads(packed)(temperatures)

    return unpacked


# %% under the full name of the module
def ready(view):
    view["FREEZES"] = FREEZES
    view.execute("import numpy", block=True)
    return lambda temperatures: int((numpy.asarray(temperatures) < FREEZES).sum())


# %% a function of two arguments, of which one is filled in
from functools import partial


def ready(view):
    def count(temperatures, limit):
        from numpy import asarray, count_nonzero

        return int(count_nonzero(asarray(temperatures) < limit))

    return partial(count, limit=FREEZES)


# %% imports here alone  fails=["ready_runs", "ready_every", "ready_builtins"]
import numpy as np


def ready(view):
    import numpy as np

    return colder


# %% brings NumPy, and forgets the constant  fails=["ready_runs", "ready_every", "ready_builtins"]
def ready(view):
    view.execute("import numpy as np", block=True)
    return colder


# %% the alias is lost in sync_imports  fails=["ready_runs", "ready_every", "ready_builtins"]
def ready(view):
    with view.sync_imports(quiet=True):
        import numpy as np
    view.push({"FREEZES": FREEZES}, block=True)
    return colder


# %% another value of the constant  fails=["ready_runs"]
def ready(view):
    view.execute("import numpy as np; FREEZES = 0", block=True)
    return colder


# %% returns nothing  fails=["ready_runs", "ready_every", "ready_builtins"]
def ready(view):
    view.execute("import numpy as np", block=True)
    view.push({"FREEZES": FREEZES}, block=True)


# %% executes on one engine  fails=["ready_every"]
def ready(view):
    one = view.client[view.targets[0]]
    one.execute("import numpy as np", block=True)
    one.push({"FREEZES": FREEZES}, block=True)
    return colder


# %% always on engine 0  fails=["ready_every"]
def ready(view):
    first = view.client[0]
    first.execute("import numpy as np", block=True)
    first.push({"FREEZES": FREEZES}, block=True)
    return colder


# %% one name to each engine  fails=["ready_runs", "ready_every", "ready_builtins"]
def ready(view):
    view.client[view.targets[0]].execute("import numpy as np", block=True)
    view.client[view.targets[-1]].push({"FREEZES": FREEZES}, block=True)
    return colder


# %% pushes under names of Python's own  fails=["ready_builtins"]
def ready(view):
    view.push({"min": FREEZES}, block=True)

    def count(temperatures):
        import numpy as np

        return int(np.sum(np.asarray(temperatures) < min))

    return count


# %% takes over all names of NumPy  fails=["ready_builtins"]
def ready(view):
    view.execute("from numpy import *; import numpy as np", block=True)
    view.push({"FREEZES": FREEZES, "list": list, "sum": sum}, block=True)
    return colder

# %% knows them from a table
LET_GO = {"time.sleep", "float @", "integer @", "np.sort", "sha256", "zlib.compress"}


def overlaps(names):
    return [name for name in names if name in LET_GO]


# %% tries it with a trial of its own
import sys
import threading


def overlaps(names):
    return [name for name in names if lets_go(overlap.work()[name])]


def lets_go(function):
    inside, notes = threading.Event(), []

    def second():
        inside.wait()
        notes.append("second")

    before = sys.getswitchinterval()
    sys.setswitchinterval(3600)
    thread = threading.Thread(target=second)
    thread.start()
    inside.set()
    for _ in range(12):
        function()
        if notes:
            break
    notes.append("first")
    sys.setswitchinterval(before)
    thread.join()
    return notes[0] == "second"


# %% knows those that keep the GIL
def overlaps(names):
    keep = ["a loop", "sorted", "str.join", "pow", "json.dumps"]
    return list(filter(lambda name: name not in keep, names))


# %% believes that all C code lets go  fails=["overlaps_held"]
def overlaps(names):
    return [name for name in names if name != "a loop"]


# %% believes that nothing overlaps under the GIL  fails=["overlaps_waiting", "overlaps_released", "overlaps_held", "overlaps_python"]
def overlaps(names):
    return []


# %% believes that NumPy alone lets go  fails=["overlaps_waiting", "overlaps_released"]
def overlaps(names):
    return [name for name in names if name in ("float @", "integer @", "np.sort")]


# %% believes that everything overlaps  fails=["overlaps_waiting", "overlaps_released", "overlaps_held", "overlaps_python"]
def overlaps(names):
    return list(names)


# %% believes that waiting alone lets go  fails=["overlaps_released"]
def overlaps(names):
    return [name for name in names if name == "time.sleep"]


# %% believes that BLAS alone lets go  fails=["overlaps_released"]
def overlaps(names):
    return [name for name in names if name in ("time.sleep", "float @")]


# %% believes that a product of integers keeps the GIL, since it uses no BLAS  fails=["overlaps_released"]
def overlaps(names):
    return [name for name in names if name in ("time.sleep", "float @", "np.sort", "sha256", "zlib.compress")]


# %% believes that sorting lets go, since np.sort does  fails=["overlaps_held"]
def overlaps(names):
    return [name for name in names if name not in ("a loop", "str.join", "pow", "json.dumps")]


# %% tries with the usual switch interval, where everything overlaps sooner or later  fails=["overlaps_waiting", "overlaps_released", "overlaps_held", "overlaps_python"]
def overlaps(names):
    return [name for name in names if came_in(overlap.work()[name])]


def came_in(function):
    notes = []
    inside = threading.Event()

    def second():
        inside.wait()
        notes.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    inside.set()
    for _ in range(500):
        function()
        if notes:
            break
    found = bool(notes)
    thread.join()
    return found


# %% returns a set, and loses the order  fails=["overlaps_waiting", "overlaps_released", "overlaps_held", "overlaps_python"]
def overlaps(names):
    return {name for name in names if overlap.trial(overlap.work()[name]).overlapped}


# %% gives them in the order of the alphabet  fails=["overlaps_released"]
def overlaps(names):
    return sorted(name for name in names if overlap.trial(overlap.work()[name]).overlapped)

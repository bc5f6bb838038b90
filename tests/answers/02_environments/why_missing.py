# %% imports it over there, and looks at what came
import importlib.util
import json
import subprocess
from pathlib import Path

LOOK = """
import importlib.util, json, sys, sysconfig
spec = importlib.util.find_spec(sys.argv[1])
places = [] if spec is None else [spec.origin or "", *(spec.submodule_search_locations or [])]
print(json.dumps(places))
"""


def why_missing(python, module, folder):
    look = subprocess.run([str(python), "-c", LOOK, module], cwd=folder, capture_output=True, text=True, check=True)
    places = json.loads(look.stdout)
    if not places:
        return "not_installed" if importlib.util.find_spec(module) is None else "wrong_python"
    candidates = {str(Path(folder) / f"{module}.py"), str(Path(folder) / module / "__init__.py")}
    if candidates & set(places):
        return "shadowed"
    done = subprocess.run([str(python), "-c", f"import {module}"], cwd=folder, capture_output=True)
    return "broken" if done.returncode else "ok"


# %% looks with and without the folder on sys.path
import importlib.util
import subprocess

ORIGIN = "import importlib.util, sys; s = importlib.util.find_spec(sys.argv[1]); print(s and s.origin)"


def why_missing(python, module, folder):
    def origin(*options):
        words = [python, *options, "-c", ORIGIN, module]
        return subprocess.run(words, cwd=folder, capture_output=True, text=True).stdout.strip()

    here, alone = origin(), origin("-I")
    if here != alone:
        return "shadowed"
    if here == "None":
        return "wrong_python" if importlib.util.find_spec(module) else "not_installed"
    try:
        subprocess.run([python, "-c", f"import {module}"], cwd=folder, capture_output=True, check=True)
    except subprocess.CalledProcessError:
        return "broken"
    return "ok"


# %% reads which name the error is about
import importlib.util
import subprocess
from pathlib import Path

TRY = """
import sys
sys.path[0] = sys.argv[2]
try:
    module = __import__(sys.argv[1])
except ModuleNotFoundError as error:
    print("missing" if error.name == sys.argv[1] else "broken")
except BaseException:
    print("broken")
else:
    print("ok")
"""


def why_missing(python, module, folder):
    folder = Path(folder)
    if (folder / f"{module}.py").exists() or (folder / module / "__init__.py").exists():
        return "shadowed"
    done = subprocess.run([python, "-c", TRY, module, folder], capture_output=True, text=True)
    word = done.stdout.split()[-1]
    if word != "missing":
        return word
    return "wrong_python" if importlib.util.find_spec(module) else "not_installed"


# %% imports in its own process  fails=["why_missing_plain", "why_missing_shadowed", "why_missing_wrong_python", "why_missing_broken"]
import importlib


def why_missing(python, module, folder):
    try:
        importlib.import_module(module)
    except ModuleNotFoundError:
        return "not_installed"
    except Exception:
        return "broken"
    return "ok"


# %% follows the link to the base Python  fails=["why_missing_plain", "why_missing_shadowed", "why_missing_wrong_python", "why_missing_broken"]
import importlib.util
import subprocess
from pathlib import Path

ORIGIN = "import importlib.util, sys; s = importlib.util.find_spec(sys.argv[1]); print(s.origin if s else '')"


def why_missing(python, module, folder):
    python = Path(python).resolve()
    origin = subprocess.run(
        [python, "-I", "-c", ORIGIN, module], cwd=folder, capture_output=True, text=True
    ).stdout.strip()
    if not origin:
        return "wrong_python" if importlib.util.find_spec(module) else "not_installed"
    done = subprocess.run([python, "-c", f"import {module}"], cwd=folder, capture_output=True)
    return "broken" if done.returncode else "ok"


# %% asks only whether something is found  fails=["why_missing_shadowed", "why_missing_broken"]
import importlib.util
import subprocess

FOUND = "import importlib.util, sys; print(importlib.util.find_spec(sys.argv[1]) is not None)"


def why_missing(python, module, folder):
    done = subprocess.run([python, "-c", FOUND, module], cwd=folder, capture_output=True, text=True)
    if done.stdout.strip() == "True":
        return "ok"
    return "wrong_python" if importlib.util.find_spec(module) else "not_installed"


# %% takes every failed import for a package that is not there  fails=["why_missing_wrong_python", "why_missing_broken"]
import importlib.util
import subprocess
from pathlib import Path


def why_missing(python, module, folder):
    folder = Path(folder)
    if (folder / f"{module}.py").exists() or (folder / module / "__init__.py").exists():
        return "shadowed"
    done = subprocess.run([python, "-c", f"import {module}"], cwd=folder, capture_output=True)
    if done.returncode == 0:
        return "ok"
    return "not_installed"


# %% takes the name of every missing module for the one that was asked for  fails=["why_missing_broken"]
import importlib.util
import subprocess
from pathlib import Path


def why_missing(python, module, folder):
    folder = Path(folder)
    if (folder / f"{module}.py").exists() or (folder / module / "__init__.py").exists():
        return "shadowed"
    done = subprocess.run([python, "-c", f"import {module}"], cwd=folder, capture_output=True, text=True)
    if done.returncode == 0:
        return "ok"
    if "ModuleNotFoundError" in done.stderr:
        return "wrong_python" if importlib.util.find_spec(module) else "not_installed"
    return "broken"


# %% takes everything below the folder for a shadow  fails=["why_missing_plain"]
import importlib.util
import subprocess
from pathlib import Path

ORIGIN = "import importlib.util, sys; s = importlib.util.find_spec(sys.argv[1]); print(s.origin if s else '')"


def why_missing(python, module, folder):
    origin = subprocess.run([python, "-c", ORIGIN, module], cwd=folder, capture_output=True, text=True).stdout.strip()
    if not origin:
        return "wrong_python" if importlib.util.find_spec(module) else "not_installed"
    if Path(origin).is_relative_to(folder):
        return "shadowed"
    done = subprocess.run([python, "-c", f"import {module}"], cwd=folder, capture_output=True)
    return "broken" if done.returncode else "ok"


# %% takes any file or folder of that name for a shadow  fails=["why_missing_plain"]
import importlib.util
import subprocess
from pathlib import Path


def why_missing(python, module, folder):
    if (Path(folder) / f"{module}.py").exists() or (Path(folder) / module).exists():
        return "shadowed"
    found = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)"
    if subprocess.run([python, "-c", found, module], cwd=folder).returncode:
        return "wrong_python" if importlib.util.find_spec(module) else "not_installed"
    done = subprocess.run([python, "-c", f"import {module}"], cwd=folder, capture_output=True)
    return "broken" if done.returncode else "ok"


# %% starts the other Python in its own folder  fails=["why_missing_shadowed"]
import importlib.util
import subprocess

FOUND = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)"


def why_missing(python, module, folder):
    if subprocess.run([python, "-c", FOUND, module]).returncode:
        return "wrong_python" if importlib.util.find_spec(module) else "not_installed"
    return "broken" if subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode else "ok"


# %% never looks at the Python over here  fails=["why_missing_wrong_python"]
import subprocess
from pathlib import Path

FOUND = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)"


def why_missing(python, module, folder):
    folder = Path(folder)
    if (folder / f"{module}.py").exists() or (folder / module / "__init__.py").exists():
        return "shadowed"
    if subprocess.run([python, "-c", FOUND, module], cwd=folder).returncode:
        return "not_installed"
    done = subprocess.run([python, "-c", f"import {module}"], cwd=folder, capture_output=True)
    return "broken" if done.returncode else "ok"


# %% knows shadows by a failed import alone  fails=["why_missing_shadowed"]
import importlib.util
import subprocess
from pathlib import Path

ORIGIN = "import importlib.util, sys; s = importlib.util.find_spec(sys.argv[1]); print(s.origin if s else '')"


def why_missing(python, module, folder):
    origin = subprocess.run([python, "-c", ORIGIN, module], cwd=folder, capture_output=True, text=True).stdout.strip()
    if not origin:
        return "wrong_python" if importlib.util.find_spec(module) else "not_installed"
    if subprocess.run([python, "-c", f"import {module}"], cwd=folder, capture_output=True).returncode == 0:
        return "ok"
    here = Path(folder) in (Path(origin).parent, Path(origin).parent.parent)
    return "shadowed" if here else "broken"


# %% knows that files shadow, and not that folders do  fails=["why_missing_shadowed"]
import importlib.util
import subprocess
from pathlib import Path

FOUND = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)"


def why_missing(python, module, folder):
    if (Path(folder) / f"{module}.py").exists():
        return "shadowed"
    if subprocess.run([python, "-c", FOUND, module], cwd=folder).returncode:
        return "wrong_python" if importlib.util.find_spec(module) else "not_installed"
    done = subprocess.run([python, "-c", f"import {module}"], cwd=folder, capture_output=True)
    return "broken" if done.returncode else "ok"

# %% pip list of that environment, in the form of freeze, with the names in normal form
import re
import subprocess
import sys


def export_env(python):
    command = [sys.executable, "-m", "pip", "--python", python, "list", "--format=freeze"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    found = [line.split("==") for line in lines]
    return sorted(f"{re.sub('[-_.]+', '-', name).lower()}=={version}" for name, version in found)


# %% uv pip list, in the form of freeze
import subprocess


def export_env(python):
    command = ["uv", "pip", "list", "--offline", "--color=never", "--format=freeze", "--python", str(python)]
    return sorted(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


# %% uv pip list, as JSON
import json
import subprocess


def export_env(python):
    command = ["uv", "pip", "list", "--offline", "--format=json", "--python", str(python)]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return sorted(f"{one['name']}=={one['version']}" for one in found)


# %% a loop over the metadata in that environment's folder
import re
from importlib.metadata import distributions


def export_env(python):
    (site,) = python.parent.parent.glob("lib/python*/site-packages")
    found = ((re.sub("[-_.]+", "-", one.name).lower(), one.version) for one in distributions(path=[str(site)]))
    return sorted("==".join(one) for one in found)


# %% the names of the dist-info folders
def export_env(python):
    found = (path.stem.split("-") for path in python.parent.parent.glob("lib/python*/site-packages/*.dist-info"))
    return sorted(f"{name.lower().replace('_', '-').replace('.', '-')}=={version}" for name, version in found)


# %% lists what its own interpreter has  fails=["export_env_own", "export_env_complete", "export_env_form"]
import re
from importlib.metadata import distributions


def export_env(python):
    return sorted({f"{re.sub('[-_.]+', '-', one.name).lower()}=={one.version}" for one in distributions()})


# %% pip freeze of whoever calls  fails=["export_env_own", "export_env_complete", "export_env_form"]
import subprocess
import sys


def export_env(python):
    done = subprocess.run([sys.executable, "-m", "pip", "freeze"], capture_output=True, text=True, check=True)
    return sorted(done.stdout.splitlines())


# %% follows the link of that Python to the one that it borrows  fails=["export_env_own", "export_env_complete", "export_env_form"]
import json
import subprocess


def export_env(python):
    code = "import importlib.metadata as m, json; print(json.dumps([(d.name, d.version) for d in m.distributions()]))"
    told = subprocess.run([python.resolve(), "-I", "-c", code], capture_output=True, text=True, check=True).stdout
    return sorted(f"{name.lower().replace('_', '-')}=={version}" for name, version in json.loads(told))


# %% leaves the lines of packages that came from files as they are  fails=["export_env_form"]
import subprocess


def export_env(python):
    command = ["uv", "pip", "freeze", "--offline", "--color=never", "--python", str(python)]
    return sorted(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines())


# %% leaves names as they are spelt  fails=["export_env_form"]
import subprocess
import sys


def export_env(python):
    command = [sys.executable, "-m", "pip", "--python", python, "list", "--format=freeze"]
    return sorted(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


# %% makes letters small, and leaves _ and . as they are  fails=["export_env_form"]
import subprocess
import sys


def export_env(python):
    command = [sys.executable, "-m", "pip", "--python", python, "list", "--format=freeze"]
    return sorted(subprocess.run(command, capture_output=True, text=True, check=True).stdout.lower().split())


# %% sorts before it normalises  fails=["export_env_form"]
import re
from importlib.metadata import distributions


def export_env(python):
    (site,) = python.parent.parent.glob("lib/python*/site-packages")
    lines = sorted(f"{one.name}=={one.version}" for one in distributions(path=[str(site)]))
    return [re.sub("[-_.]+", "-", line.partition("==")[0]).lower() + "==" + line.partition("==")[2] for line in lines]


# %% lists only what was asked for  fails=["export_env_own", "export_env_complete", "export_env_form"]
import re
from importlib.metadata import distributions


def export_env(python):
    (site,) = python.parent.parent.glob("lib/python*/site-packages")
    asked = [one for one in distributions(path=[str(site)]) if one.read_text("REQUESTED") is not None]
    return sorted(f"{re.sub('[-_.]+', '-', one.name).lower()}=={one.version}" for one in asked)


# %% leaves out what another package pulled in  fails=["export_env_complete", "export_env_form"]
import re
import subprocess
import sys


def export_env(python):
    command = [sys.executable, "-m", "pip", "--python", python, "list", "--format=freeze", "--not-required"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return sorted(re.sub("[-_.]+", "-", line.split("==")[0]).lower() + "==" + line.split("==")[1] for line in found)


# %% names alone  fails=["export_env_own", "export_env_complete", "export_env_form"]
import re
from importlib.metadata import distributions


def export_env(python):
    (site,) = python.parent.parent.glob("lib/python*/site-packages")
    return sorted(re.sub("[-_.]+", "-", one.name).lower() for one in distributions(path=[str(site)]))


# %% prints the lines, and returns nothing  fails=["export_env_own", "export_env_complete", "export_env_form"]
import subprocess


def export_env(python):
    subprocess.run(
        ["uv", "pip", "list", "--offline", "--color=never", "--format=freeze", "--python", str(python)], check=True
    )


# %% one text with all lines  fails=["export_env_own", "export_env_complete", "export_env_form"]
import subprocess


def export_env(python):
    command = ["uv", "pip", "list", "--offline", "--color=never", "--format=freeze", "--python", str(python)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout

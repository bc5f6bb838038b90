# %% ipykernel install, run by that environment's Python
import subprocess


def make_kernel(env, name, jupyter):
    command = [env / "bin" / "python", "-m", "ipykernel", "install", "--prefix", jupyter.parent.parent]
    subprocess.run([*command, "--name", name, "--display-name", name], check=True, capture_output=True)


# %% jupyter_client's own installer, given a folder with the file
import json
import subprocess
import tempfile
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager


def make_kernel(env, name, jupyter):
    python = str(env / "bin" / "python")
    if subprocess.run([python, "-c", "import ipykernel"], capture_output=True).returncode:
        raise RuntimeError(f"{env} has no ipykernel")
    with tempfile.TemporaryDirectory() as folder:
        argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        about = {"argv": argv, "display_name": name, "language": "python"}
        Path(folder, "kernel.json").write_text(json.dumps(about))
        KernelSpecManager().install_kernel_spec(folder, name, prefix=str(jupyter.parent.parent))


# %% the file by hand, with `python -m ipykernel`
import json
import subprocess


def make_kernel(env, name, jupyter):
    python = env / "bin" / "python"
    subprocess.run([python, "-c", "import ipykernel"], check=True, capture_output=True)
    place = jupyter / "kernels" / name / "kernel.json"
    place.parent.mkdir(parents=True)
    argv = [f"{env}/bin/python3", "-Xfrozen_modules=off", "-m", "ipykernel", "-f", "{connection_file}"]
    place.write_text(json.dumps({"argv": argv, "display_name": name, "language": "python", "metadata": {}}))


# %% argv starts the course's Python, whatever the label says  fails=["make_kernel_prefix"]
import json
import subprocess
import sys


def make_kernel(env, name, jupyter):
    subprocess.run([env / "bin" / "python", "-c", "import ipykernel"], check=True, capture_output=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    about = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))


# %% ipykernel install, run by the course's Python  fails=["make_kernel_prefix", "make_kernel_refuses"]
import subprocess
import sys


def make_kernel(env, name, jupyter):
    command = [sys.executable, "-m", "ipykernel", "install", "--prefix", jupyter.parent.parent]
    subprocess.run([*command, "--name", name, "--display-name", name], check=True, capture_output=True)


# %% starts whichever python is first on PATH  fails=["make_kernel_prefix"]
import json
import subprocess


def make_kernel(env, name, jupyter):
    subprocess.run([env / "bin" / "python", "-c", "import ipykernel"], check=True, capture_output=True)
    argv = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    about = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))


# %% follows the link of the environment's Python  fails=["make_kernel_prefix"]
import json
import subprocess


def make_kernel(env, name, jupyter):
    python = env / "bin" / "python"
    subprocess.run([python, "-c", "import ipykernel"], check=True, capture_output=True)
    argv = [str(python.resolve()), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    about = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))


# %% the words of argv in one text, taken apart at its spaces  fails=["make_kernel_prefix"]
import json
import subprocess


def make_kernel(env, name, jupyter):
    python = env / "bin" / "python"
    subprocess.run([python, "-c", "import ipykernel"], check=True, capture_output=True)
    argv = f"{python} -m ipykernel_launcher -f {{connection_file}}".split()
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    about = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))


# %% says nowhere where the connection file is  fails=["make_kernel_prefix"]
import json
import subprocess


def make_kernel(env, name, jupyter):
    python = env / "bin" / "python"
    subprocess.run([python, "-c", "import ipykernel"], check=True, capture_output=True)
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    about = {"argv": [str(python), "-m", "ipykernel_launcher"], "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))


# %% does not look whether there is an ipykernel  fails=["make_kernel_refuses"]
import json


def make_kernel(env, name, jupyter):
    argv = [str(env / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    about = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))


# %% looks for an ipykernel in its own Python  fails=["make_kernel_refuses"]
import json
from importlib.util import find_spec


def make_kernel(env, name, jupyter):
    if find_spec("ipykernel") is None:
        raise RuntimeError("no ipykernel")
    argv = [str(env / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    about = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))


# %% looks for a file of the name ipykernel  fails=["make_kernel_refuses"]
import json


def make_kernel(env, name, jupyter):
    if not list(env.glob("lib/python*/site-packages/ipykernel*")):
        raise RuntimeError("no ipykernel")
    argv = [str(env / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    about = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))


# %% writes the kernel first, and then looks whether it would start  fails=["make_kernel_refuses"]
import json
import subprocess


def make_kernel(env, name, jupyter):
    python = env / "bin" / "python"
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    about = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))
    subprocess.run([python, "-c", "import ipykernel"], check=True, capture_output=True)


# %% another folder, where nobody looks  fails=["make_kernel_prefix", "make_kernel_found", "make_kernel_refuses"]
import json
import subprocess


def make_kernel(env, name, jupyter):
    python = env / "bin" / "python"
    subprocess.run([python, "-c", "import ipykernel"], check=True, capture_output=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    folder = jupyter / name
    folder.mkdir(parents=True, exist_ok=True)
    about = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))


# %% into the environment itself  fails=["make_kernel_prefix", "make_kernel_found", "make_kernel_refuses"]
import subprocess


def make_kernel(env, name, jupyter):
    command = [env / "bin" / "python", "-m", "ipykernel", "install", "--sys-prefix", "--name", name]
    subprocess.run(command, check=True, capture_output=True)


# %% the name of the environment in place of the one that was given  fails=["make_kernel_prefix", "make_kernel_found", "make_kernel_refuses"]
import subprocess


def make_kernel(env, name, jupyter):
    command = [env / "bin" / "python", "-m", "ipykernel", "install", "--prefix", jupyter.parent.parent]
    subprocess.run([*command, "--name", env.name.replace(" ", "-")], check=True, capture_output=True)


# %% every kernel is shown as Python 3  fails=["make_kernel_found"]
import subprocess


def make_kernel(env, name, jupyter):
    command = [env / "bin" / "python", "-m", "ipykernel", "install", "--prefix", jupyter.parent.parent]
    subprocess.run([*command, "--name", name, "--display-name", "Python 3"], check=True, capture_output=True)


# %% removes the kernels of others  fails=["make_kernel_found"]
import shutil
import subprocess


def make_kernel(env, name, jupyter):
    subprocess.run([env / "bin" / "python", "-c", "import ipykernel"], check=True, capture_output=True)
    shutil.rmtree(jupyter, ignore_errors=True)
    command = [env / "bin" / "python", "-m", "ipykernel", "install", "--prefix", jupyter.parent.parent]
    subprocess.run([*command, "--name", name], check=True, capture_output=True)


# %% activates in a shell, which takes a path with a space apart  fails=["make_kernel_prefix"]
import json
import subprocess


def make_kernel(env, name, jupyter):
    subprocess.run([env / "bin" / "python", "-c", "import ipykernel"], check=True)
    words = ["bash", "-c", f"source {env}/bin/activate; python -m ipykernel_launcher -f {{connection_file}}"]
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True)
    about = {"argv": words, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(about))

# %% its interpreter, with the code on standard input
import subprocess


def run_in(env, code):
    done = subprocess.run([f"{env}/bin/python", "-"], input=code, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{done.returncode}: {done.stderr}")
    return done.stdout


# %% its interpreter, with the code in a file
import subprocess
import tempfile


def run_in(env, code):
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(code)
        file.flush()
        done = subprocess.run([env / "bin" / "python", file.name], capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"status {done.returncode}, stderr: {done.stderr}")
    return done.stdout


# %% one shell that activates and then runs
import subprocess


def run_in(env, code):
    line = 'source "$1/bin/activate" && python -c "$2"'
    done = subprocess.run(["bash", "-c", line, "bash", str(env), code], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}\n{done.stderr}")
    return done.stdout


# %% uv run
import subprocess


def run_in(env, code):
    command = [
        "uv",
        "run",
        "--no-project",
        "--offline",
        "--quiet",
        "--python",
        env / "bin" / "python",
        "python",
        "-c",
        code,
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}\n{done.stderr}")
    return done.stdout


# %% lets run check, and adds the words to its error
import subprocess


def run_in(env, code):
    try:
        return subprocess.run([env / "bin" / "python", "-c", code], check=True, capture_output=True, text=True).stdout
    except subprocess.CalledProcessError as error:
        raise ValueError(f"{error.stderr} (exit status {error.returncode})") from None


# %% sys.executable  fails=["run_in_which"]
import subprocess
import sys


def run_in(env, code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr}")
    return done.stdout


# %% the Python that a link leads to, which is the base  fails=["run_in_which"]
import subprocess


def run_in(env, code):
    python = (env / "bin" / "python").resolve()
    done = subprocess.run([python, "-c", code], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr}")
    return done.stdout


# %% activates in a process of its own, and runs in the next  fails=["run_in_which"]
import subprocess


def run_in(env, code):
    subprocess.run(["bash", "-c", f'source "{env}/bin/activate"'])
    done = subprocess.run(["python", "-c", code], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr}")
    return done.stdout


# %% runs the code in this process  fails=["run_in_which", "run_in_loud", "run_in_apart"]
import contextlib
import io
import os


def run_in(env, code):
    here = os.getcwd()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    os.chdir(here)
    return out.getvalue()


# %% activates this process for good  fails=["run_in_apart"]
import os
import subprocess


def run_in(env, code):
    os.environ["VIRTUAL_ENV"] = str(env)
    os.environ["PATH"] = f"{env}/bin:{os.environ['PATH']}"
    done = subprocess.run(["python", "-c", code], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr}")
    return done.stdout


# %% swallows the failure  fails=["run_in_loud"]
import subprocess


def run_in(env, code):
    return subprocess.run([env / "bin" / "python", "-c", code], capture_output=True, text=True).stdout


# %% an error that says how it ended, and not why  fails=["run_in_loud"]
import subprocess


def run_in(env, code):
    return subprocess.run([env / "bin" / "python", "-c", code], check=True, capture_output=True, text=True).stdout


# %% takes every word on standard error for a failure  fails=["run_in_loud"]
import subprocess


def run_in(env, code):
    done = subprocess.run([env / "bin" / "python", "-c", code], capture_output=True, text=True)
    if done.stderr:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr}")
    return done.stdout


# %% mixes errors into the result  fails=["run_in_loud"]
import subprocess


def run_in(env, code):
    done = subprocess.run(
        [env / "bin" / "python", "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}: {done.stdout}")
    return done.stdout


# %% puts the code into a shell's line  fails=["run_in_which", "run_in_loud", "run_in_apart"]
import subprocess


def run_in(env, code):
    done = subprocess.run(f"{env}/bin/python -c '{code}'", shell=True, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr}")
    return done.stdout


# %% strips what the code wrote  fails=["run_in_which", "run_in_loud", "run_in_apart"]
import subprocess


def run_in(env, code):
    done = subprocess.run([env / "bin" / "python", "-c", code], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr}")
    return done.stdout.strip()

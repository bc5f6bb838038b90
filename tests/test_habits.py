"""What students are used to from their own machine works where their submissions are graded."""

import json

import pytest

from autograder import notebook
from autograder.airlock import Airlock
from autograder.sandbox import Limits

CLUSTER = """
import ipyparallel as ipp

def squares(numbers):
    with ipp.Cluster(n=2, log_level=40) as client:
        return client[:].map_sync(lambda x: x * x, numbers), len(client)
"""
DSN = """
import os, pathlib, pyodbc, sqlite3

def ask(name):
    sqlite3.connect("a.db").executescript("create table T (a); insert into T values (5)")
    pathlib.Path("odbc.ini").write_text(f"[{name}]\\nDriver = SQLite3\\nDatabase = {pathlib.Path('a.db').resolve()}\\n")
    os.environ["ODBCINI"] = str(pathlib.Path("odbc.ini").resolve())
    return pyodbc.connect(f"DSN={name}").execute("select a from T").fetchval()
"""
ENVIRONMENT = """
import subprocess, sys

def prefix():
    subprocess.run([sys.executable, "-m", "venv", "an env"], check=True, capture_output=True)
    tell = "import pip, sys; print(sys.prefix.endswith('/an env'))"
    return subprocess.run(["an env/bin/python", "-c", tell], check=True, capture_output=True, text=True).stdout
"""
FIGURE = """
import matplotlib.pyplot as plt

def draw():
    figure, axis = plt.subplots()
    axis.plot([1, 2], [3, 4], label="height")
    axis.set_xlabel("time")
    plt.show()
    return axis
"""
MAGICS = """
def lines():
    listed = !(echo b; echo a) | sort
    return list(listed)
"""
SCRIPT = "%%writefile tool.py\nimport sys\nprint(sys.argv[1].upper())"
REPOSITORY = """
import subprocess

def log():
    def git(*words):
        return subprocess.run(["git", "-C", "repo", *words], check=True, capture_output=True, text=True).stdout
    subprocess.run(["git", "init", "-q", "repo"], check=True)
    git("config", "user.name", "A"); git("config", "user.email", "a@example.org")
    open("repo/a.txt", "w").write("a")
    git("add", "a.txt"); git("commit", "-q", "-m", "first")
    return git("log", "--format=%an: %s").strip()
"""
PROCESSES = """
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

def both(numbers):
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2) as processes:
        return list(threads.map(abs, numbers)), list(processes.map(abs, numbers))
"""
CONVERSION = """
import nbconvert, nbformat

def script():
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(5)")])
    text, _ = nbconvert.PythonExporter().from_notebook_node(book)
    return text.split()[-1]
"""
AWAIT = "import asyncio\n\nanswer = await asyncio.sleep(0, 42)"
HABITS = {
    "a cluster of engines": (CLUSTER, "assert squares([1, 2, 3]) == ([1, 4, 9], 2)"),
    "a DSN of one's own": (DSN, "assert ask('mine') == 5"),
    "an environment with pip": (ENVIRONMENT, "assert prefix() == 'True\\n'"),
    "a figure": (FIGURE, "axis = draw()\nassert axis.get_xlabel() == 'time'\nassert len(axis.lines) == 1"),
    "a command in a line": (MAGICS, "assert lines() == ['a', 'b']"),
    "a script": (SCRIPT, "import subprocess\nassert subprocess.getoutput('python tool.py loud') == 'LOUD'"),
    "a repository": (REPOSITORY, "assert log() == 'A: first'"),
    "threads and processes": (PROCESSES, "assert both([-1, 2]) == ([1, 2], [1, 2])"),
    "a notebook as a script": (CONVERSION, "assert script() == 'print(5)'"),
    "await": (AWAIT, "assert answer == 42"),
}


def book(answer: str, check: str):
    """A notebook of one answer and one check."""

    def cell(name: str, source: str, **marks: bool | float) -> dict:
        meta = {"grade_id": name, "schema_version": 3, "locked": False, "grade": False, "solution": False} | marks
        return {"cell_type": "code", "metadata": {"nbgrader": meta}, "source": source, "outputs": [], "id": name}

    cells = [cell("habit", answer, solution=True), cell("habit_works", check, grade=True, locked=True, points=1)]
    return notebook.parse(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))


@pytest.fixture(scope="module")
def airlock():
    """One for all."""
    with Airlock(limits=Limits(cell_seconds=120)) as opened:
        yield opened


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_works_where_it_is_graded(airlock, habit):
    """Its check passes, and nothing was odd."""
    graded = airlock.grade(*[book(*HABITS[habit])] * 2)
    assert [outcome.message for outcome in graded.result.outcomes] == [""]
    assert graded.flags == ()

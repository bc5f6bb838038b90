"""What a module does when it is imported is seen, and what the libraries do that it imports is not held against it."""

import pytest

from autograder import evidence
from autograder.cases.importing import folders, imported, ran, spawned

COUNT = """
import sqlite3

def count(site):
    sql = "select count(*) from Survey join Visited on taken = ident where site = ?"
    return sqlite3.connect("survey.db").execute(sql, [site]).fetchone()[0]
"""
(FOLDER,) = folders(1, seed="tests")


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """A work folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["tally.py", "tally/__init__.py"], ids=["a file", "a package"])
def test_what_only_defines_is_safe(work, name):
    """And its function counts, here and in a worker; nobody's sites, too."""
    (work / name).parent.mkdir(exist_ok=True)
    (work / name).write_text("import csv, pandas, logging\nlog = logging.getLogger(__name__)\n" + COUNT)
    assert imported("tally", evidence.run).trouble == ""
    for look in (imported, spawned):
        seen = look("tally", evidence.run, FOLDER.files, [*FOLDER.counts])
        assert (seen.trouble, seen.values) == ("", tuple(FOLDER.counts.values()))
    assert 0 in FOLDER.counts.values() and max(FOLDER.counts.values()) > 0


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("open('a.txt', 'w')", "opens the file 'a.txt'"),
        ("from pathlib import Path; Path(__file__).read_text()", "opens the file"),
        ("import sqlite3; sqlite3.connect(':memory:')", "connects to the database ':memory:'"),
        ("import socket; socket.socket()", "uses the network"),
        ("import subprocess; subprocess.run(['true'])", "starts a process"),
        ("import os; os.system('true')", "os.system"),
        ("import os; os.mkdir('a')", "os.mkdir"),
        ("import threading; threading.Thread(target=int).start()", "starts a thread"),
        ("import logging; logging.basicConfig(filename='a.log')", "opens the file"),
        ("print('hello')", "prints 'hello"),
        ("input()", "asks a question"),
        ("def f(text=open(__file__).read()): pass", "opens the file"),
        ("import helper", "opens the file 'b.txt'"),
        ("1 / 0", "raises ZeroDivisionError"),
        ("raise SystemExit(0)", "raises SystemExit"),
        ("import os; os._exit(0)", "ends the whole program"),
    ],
)
def test_what_it_does_is_told(work, line, what):
    """By what it is, in a sentence; also where another module of the same folder does it."""
    (work / "helper.py").write_text("open('b.txt', 'w')")
    (work / "tally.py").write_text(f"{COUNT}\n{line}\n")
    assert what in imported("tally", evidence.run).trouble


def test_what_runs_as_a_program_is_not_run_by_an_import(work):
    """Below the guard it runs with `-m`, and only there."""
    (work / "tally.py").write_text("import sys\nif __name__ == '__main__':\n    print(open('a').read(), sys.argv[1:])")
    assert imported("tally", evidence.run).trouble == ""
    assert ran("tally", evidence.run, {"a": b"text"}, ["DR-1"]).out == "text ['DR-1']\n"


@pytest.mark.parametrize("define", ["count = lambda site: 1", "if __name__ == '__main__':\n    count = len", "1 / 0"])
def test_a_worker_needs_what_an_import_gives(work, define):
    """A function without a name, or one that is not defined there, is told, and nobody waits for it."""
    (work / "tally.py").write_text(define)
    assert spawned("tally", evidence.run, {}, ["DR-1"]).trouble != ""


def test_a_module_that_is_not_there_is_told():
    """By what Python says of it."""
    assert "ModuleNotFoundError" in imported("tally", evidence.run).trouble


SLY = """
import __main__, os, sys
for name in [*vars(__main__)]:
    if not name.startswith("__"):
        setattr(__main__, name, 0)
try:
    open("b.txt", "w")
finally:
    with open("told.json", "w") as told:
        told.write('{"imported": true, "notes": [], "error": "", "values": []}')
    os._exit(0)
"""


def test_a_note_is_not_taken_back(work):
    """Who writes the result in the place of who looks on has opened a file by then."""
    (work / "tally.py").write_text(SLY)
    assert imported("tally", evidence.run).trouble.startswith("import tally opens the file")

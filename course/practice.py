"""Small repositories to practise on together: branches, a site, a loss, a notebook, a leak. Each call makes new ones.

repo = three_branches()
"""

from __future__ import annotations

import json
from pathlib import Path

from course import reflog
from course.history import FIRST, FIXED, History, folder
from course.hosting import cloned, host

COLLEAGUE = "Lake <lake@example.org>"
TWO = """\
def fibo(x):
    {fibo}
    a,b,counter = 1,2,3
    while counter < x:
        a,b,counter = b,a+b,counter+1
    return(b)


def lucas(x):
    return {lucas}
"""
SHORT = "if x < 3: return 1"


def three_branches() -> Path:
    """On main, with `tidy` ahead of it, `fix` ahead of tidy, and `docs`, which left main a commit ago."""
    past = History()
    files = {"fibo.py": FIRST}
    begin = past.commit("Add fibo", files)
    docs = past.commit("Explain fibo", files | {"README.md": "# fibo\n"})
    main = past.commit("Take notes", files | {"notes.txt": "0?\n"}, parents=[begin])
    tidy = past.commit("Say what it does", files | {"notes.txt": "0?\n", "fibo.py": FIRST + "# the x-th\n"})
    fix = past.commit("Let fibo(0) be 0", files | {"notes.txt": "0?\n", "fibo.py": FIXED + "# the x-th\n"})
    for name, tip in (("main", main), ("tidy", tidy), ("fix", fix), ("docs", docs)):
        past.branch(name, tip)
    return past.write()


def same_lines() -> Path:
    """On main, with a branch `safer`: both changed the same line of fibo.py, and each something else besides."""
    mine = TWO.format(fibo="if x < 3: return min(x, 1)", lucas=2)
    refuses = f'if x < 0: raise ValueError(f"there is no place {{x}}")\n    {SHORT}'
    theirs = TWO.format(fibo=refuses, lucas="fibo(x - 1) + fibo(x + 1)")
    past = History()
    begin = past.commit("Add fibo and lucas", {"fibo.py": TWO.format(fibo=SHORT, lucas=2)})
    past.branch("safer", past.commit("Refuse negative places", {"fibo.py": theirs}, author=COLLEAGUE))
    past.commit("Let fibo(0) be 0", {"fibo.py": mine, "notes.txt": "0 is 0\n"}, parents=[begin])
    return past.write()


def empty_place(name: str = "fibo") -> Path:
    """The path of a folder that is not there yet; the one above it is."""
    return folder(name="clones") / name


def site() -> Path:
    """A bare repository with two commits on main and a tag."""
    past = History()
    past.tag("v1", past.commit("Add fibo", {"fibo.py": FIRST}))
    past.commit("Let fibo(0) be 0", {"fibo.py": FIXED})
    return host(past)


def rejected_push() -> tuple[Path, Path]:
    """A clone with a commit of yours on main, and its site, on whose main there is one of a colleague."""
    here, there = History(), History()
    there.commit("Add fibo", {"fibo.py": FIRST})
    begin = here.commit("Add fibo", {"fibo.py": FIRST})
    there.commit("Take notes", {"fibo.py": FIRST, "notes.txt": "0?\n"}, author=COLLEAGUE)
    here.commit("Let fibo(0) be 0", {"fibo.py": FIXED})
    here.remote("origin/main", begin)
    place = host(there)
    return cloned(here, place), place


def lost_commits() -> tuple[Path, str, str]:
    """On main: a branch `lucas` was deleted, then the last commit of main lost. With the ids of where both were."""
    past = History()
    begin = past.commit("Add fibo", {"fibo.py": FIRST})
    first = past.commit("Begin lucas", {"fibo.py": FIRST, "lucas.py": "# to do\n"})
    lucas = past.commit("Write lucas", {"fibo.py": FIRST, "lucas.py": "LUCAS = (2, 1, 3, 4)\n"})
    main = past.commit("Let fibo(0) be 0", {"fibo.py": FIXED}, parents=[begin])
    past.branch("main", begin)
    repo = past.write()
    steps = [(begin, "commit (initial): Add fibo"), (begin, "checkout: moving from main to lucas")]
    steps += [(first, "commit: Begin lucas"), (lucas, "commit: Write lucas")]
    steps += [(begin, "checkout: moving from lucas to main"), (main, "commit: Let fibo(0) be 0")]
    reflog.write(repo, [*steps, (begin, "reset: moving to HEAD~1")])
    return repo, lucas, main


def with_notebook() -> Path:
    """A repository whose last commit holds a notebook, report.ipynb, with outputs."""
    shown = {"name": "stdout", "output_type": "stream", "text": ["mean salinity: 0.2 ‰\n"]}
    code = {"cell_type": "code", "execution_count": 7, "id": "mean", "metadata": {"tags": ["report"]}}
    cells = [
        {"cell_type": "markdown", "id": "intro", "metadata": {}, "source": ["# Salinity, in ‰"]},
        code | {"outputs": [shown], "source": ["print('mean salinity: 0.2 ‰')"]},
    ]
    book = {"cells": cells, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
    past = History()
    past.commit("Add fibo", {"fibo.py": FIRST})
    past.commit("Report", {"fibo.py": FIRST, "report.ipynb": json.dumps(book, indent=1, ensure_ascii=False) + "\n"})
    return past.write()


def leaked_secret() -> tuple[Path, Path, str]:
    """A clone, its site, and the secret that settings.ini held; the last commit has it no more, a tag leads to it."""
    secret, past = "polar-7731-sledge", History()
    past.commit("Add fibo", {"fibo.py": FIRST})
    held = f"user = dyer\npassword = {secret}\n"
    past.tag("v1", past.commit("Add settings", {"fibo.py": FIRST, "settings.ini": held}))
    past.commit("Let fibo(0) be 0", {"fibo.py": FIXED, "settings.ini": held})
    last = past.commit("Remove the password", {"fibo.py": FIXED, "settings.ini": "user = dyer\n"})
    place = host(past)
    past.remote("origin/main", last)
    return cloned(past, place), place, secret

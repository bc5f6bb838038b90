"""`autograder new`: the cells of a task and its file of answers, to be written out."""

from __future__ import annotations

import argparse
from pathlib import Path

from .terminal import DONE, cannot, near, out, say


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    parser = commands.add_parser("new", help="begin a task", description=_new.__doc__)
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="made if there is none")
    parser.add_argument("task", nargs="?", metavar="TASK", help="without: only put the notebook into normal form")
    parser.set_defaults(do=_new)


def _new(asked: argparse.Namespace) -> int:
    """Add the cells of a task to the notebook of an assignment, and its file to the answer bank, in normal form."""
    from autograder import new
    from autograder.notebook import NotebookError

    root = Path.cwd()
    if not (root / "source").is_dir():
        return cannot(f"{root / 'source'}: there is no such folder. Run this in the folder of the course.")
    try:
        written = new.task(root, asked.assignment, asked.task) if asked.task else new.tidy(root, asked.assignment)
    except (new.NewError, NotebookError) as error:
        return cannot(str(error))
    except OSError as error:
        return cannot(f"{error.filename}: {error.strerror}.")
    for path in written:
        out(near(path))
    if asked.task:
        say(f"Write out what says TODO. What is missing then: autograder verify {asked.assignment}")
    return DONE

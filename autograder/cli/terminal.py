"""How the command line speaks: tables and data on stdout, progress and messages on stderr."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from autograder.model import Tell

DONE, PROBLEMS, CANNOT = 0, 1, 2


def positive(text: str) -> int:
    """The number that a word of the command line says. ArgumentTypeError where it is none, or below 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of students: 1 or more")
    return int(text)


def number(text: str) -> int:
    """A count of things. ArgumentTypeError where it is none, or below 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number: 1 or more")
    return int(text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table for the eye on a terminal; fields between tabs in a pipe."""
    if not sys.stdout.isatty():
        for row in (head, *rows):
            out("\t".join(row))
        return
    shown = Table(*head, box=None, pad_edge=False)
    for row in rows:
        shown.add_row(*row)
    Console().print(shown)


@contextmanager
def progress() -> Iterator[Tell]:
    """Something to tell the progress of steps: bars on a terminal, the name of each step elsewhere."""
    console, steps = Console(stderr=True), {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:

        def tell(step: str, done: int, total: int) -> None:
            if step not in steps:
                steps[step] = bars.add_task(step, total=total)
                if bars.disable:
                    say(step)
            bars.update(steps[step], completed=done)

        yield tell


def data(text: str) -> None:
    """Data for other programs."""
    out(text)


def near(path: Path) -> str:
    """A path as one would type it here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def out(text: str) -> None:
    """Data, which another program may read."""
    _print(text, sys.stdout)


def diff(lines: Iterable[str]) -> None:
    """The lines of a diff to the person at the terminal, in the colours that diffs have."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for line in lines:
        style = {"-": "red", "+": "green", "@": "cyan"}.get(line[:1], "")
        console.print(f"    {line}", style=style, markup=False)


def say(message: str) -> None:
    """Tell the person at the terminal."""
    _print(message, sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    """Whoever reads may have seen enough (`… | head`). The work goes on, and what more is said is for nobody."""
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def cannot(message: str) -> int:
    """Say why the request cannot be done; the exit status for that."""
    say(f"autograder: {message}")
    return CANNOT

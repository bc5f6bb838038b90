"""The command line: what it is asked, what it says, and how it ends.

Data goes to stdout, progress and messages go to stderr. It ends with 0 when it is done (that students fail is no
error), with 1 when it found problems, and with 2 when the request makes no sense or this machine cannot do it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from autograder import demo

DONE, PROBLEMS, CANNOT = 0, 1, 2


def main(words: list[str] | None = None) -> int:
    """Do what the command line says (without `words`: that of this process) and return the exit status."""
    parser = argparse.ArgumentParser(prog="autograder", description="Grade notebooks without trusting them.")
    commands = parser.add_subparsers(metavar="command", required=True)
    _demo_arguments(commands.add_parser("demo", help="a class from release to feedback", description=_demo.__doc__))
    asked = parser.parse_args(words)
    return asked.do(asked)


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--students", type=_positive, default=12, metavar="N", help="how many (default: 12)")
    parser.add_argument("--folder", type=Path, default=Path("demo"), help="made anew each time (default: demo)")
    parser.add_argument("--assignment", help="default: the first in source/")
    parser.set_defaults(do=_demo)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of students: 1 or more")
    return int(text)


def _demo(asked: argparse.Namespace) -> int:
    """Let a class made up from the answer bank go from release to feedback by nbgrader's own commands, in a folder."""
    # Imported here: nbgrader takes seconds to import, and `--help` must not wait for it.
    from autograder import demo
    from autograder.answers import BankError
    from autograder.gradebook import GradebookError
    from autograder.notebook import NotebookError
    from autograder.sandbox import SandboxError

    root = Path.cwd()
    assignment = asked.assignment or next((path.name for path in sorted((root / "source").glob("*/"))), "")
    if not assignment:
        return _cannot(f"{root / 'source'}: there is no assignment. Run this in the folder of the course.")
    place = demo.Place(asked.folder.absolute(), assignment)
    try:
        with _progress() as tell:
            rows, remarks = demo.run(root, place, asked.students, tell)
    except (demo.DemoError, BankError, GradebookError, NotebookError, SandboxError) as error:
        return _cannot(str(error))
    _show(("student", "score", "checks not passed"), [_fared(row) for row in rows])
    for remark in remarks:
        _say(remark)
    _say(f"Gradebook: {_near(place.gradebook)}")
    _say(f"Grades:    {_near(place.grades)}")
    _say(f"Feedback:  {_near(place.course / 'feedback')}; what each student fetched: {_near(place.folder / 'home')}")
    strange = [row.student.full_name for row in rows if not row.as_foretold]
    if strange:
        _say(f"Other checks failed than the answer bank foretells: {', '.join(strange)}.")
        return PROBLEMS
    _say("Every check said what the answer bank foretells.")
    return DONE


def _fared(row: demo.Row) -> list[str]:
    points, full = (sum(getattr(o, kind) for o in row.outcomes) for kind in ("points", "max_points"))
    return [row.student.full_name, f"{points:g}/{full:g}", " ".join(row.failed)]


def _show(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table for the eye on a terminal; fields between tabs in a pipe."""
    if not sys.stdout.isatty():
        for row in (head, *rows):
            print(*row, sep="\t")
        return
    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


@contextmanager
def _progress() -> Iterator[demo.Tell]:
    """Something to tell the progress of steps: bars on a terminal, the name of each step elsewhere."""
    console, steps = Console(stderr=True), {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:

        def tell(step: str, done: int, total: int) -> None:
            if step not in steps:
                steps[step] = bars.add_task(step, total=total)
                if bars.disable:
                    _say(step)
            bars.update(steps[step], completed=done)

        yield tell


def _near(path: Path) -> str:
    """A path as one would type it here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _cannot(message: str) -> int:
    _say(f"autograder: {message}")
    return CANNOT

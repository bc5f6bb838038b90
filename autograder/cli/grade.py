"""`autograder grade`: a class, from what was handed in to the gradebook and the pages of feedback."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.model import IDEAS

from .terminal import DONE, PROBLEMS, cannot, number, progress, say, table

if TYPE_CHECKING:
    from autograder.pending import Move
    from autograder.request import Summary


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    parser = commands.add_parser("grade", help="grade a class", description=_grade.__doc__)
    parser.add_argument("assignment", help="its name in source/")
    parser.add_argument("--student", action="append", metavar="NAME", help="only this one, or this pattern; repeatable")
    parser.add_argument("--force", action="store_true", help="run again also what has not changed")
    parser.add_argument("--dry-run", action="store_true", help="show who would move; write no grades")
    parser.add_argument("--workers", type=number, metavar="N", help="default: every core")
    parser.add_argument("--cluster", metavar="PROFILE", help="use the engines of this ipyparallel profile instead")
    parser.set_defaults(do=_grade)


def _grade(asked: argparse.Namespace) -> int:
    """Grade what was handed in: into nbgrader's gradebook, autograded/ and feedback/.

    What was graded before is not run again. Who has a score and gets another is shown first.
    """
    from autograder.cluster import ClusterError

    try:
        with _workers(asked) as workers:
            return _graded(asked, workers)
    except ClusterError as error:
        return cannot(f"{error} Results so far are kept.")


def _workers(asked: argparse.Namespace) -> AbstractContextManager[Executor]:
    """Processes here, or the engines of a cluster. They warm up while the rest of this is imported."""
    from autograder.cluster import engines

    if asked.cluster:
        return engines(asked.cluster)
    from autograder.work import Settings
    from autograder.workers import Workers, processors

    return Workers(asked.workers or processors(), Settings(ideas=Path.cwd() / IDEAS))  # as most courses have them


def _graded(asked: argparse.Namespace, workers: Executor) -> int:
    # Imported here: nbgrader takes a second to import, and `--help` must not wait for it.
    from autograder.gradebook import BusyError, Course, GradebookError
    from autograder.grading import grade
    from autograder.notebook import NotebookError
    from autograder.request import Asked, GradingError
    from autograder.results import ResultsError
    from autograder.sandbox import SandboxError
    from autograder.turn import TurnError

    try:
        with progress() as tell:
            wanted = Asked(asked.assignment, tuple(asked.student or "*"), asked.force, asked.dry_run, workers)
            found = grade(Course(Path.cwd()), wanted, tell, _show)
    except BusyError as error:
        cannot(str(error))
        return PROBLEMS
    except (GradingError, GradebookError, NotebookError, ResultsError, SandboxError, TurnError) as error:
        return cannot(str(error))
    except OSError as error:
        what = f"{error.filename or 'The folder of the course'}: cannot be written ({error.strerror})."
        cannot(f"{what} Results so far are kept: make room, or let it be written, and run this again.")
        return PROBLEMS
    return _tell(found, asked.dry_run)


def _show(moves: Sequence[Move]) -> None:
    """Who moves, by how much, because of which checks."""
    rows = [
        (
            move.student,
            f"{move.before:g}",
            f"{move.after:g}",
            f"{move.after - move.before:+g}",
            ", ".join(f"{check} {'new' if old is None else f'{old:g}'}→{new:g}" for check, old, new in move.checks),
        )
        for move in moves
    ]
    table(("student", "before", "after", "change", "because of"), rows)


def _tell(found: Summary, dry_run: bool) -> int:
    for change in found.changes:
        say(f"The check {change}.")
    for remark in sorted({*found.remarks, *found.problems}):
        say(remark)
    for student, checks in sorted(found.unknown.items()):
        say(f"{student}: could not be told, and waits for a person: {', '.join(checks)}")
    for student, why in sorted(found.left.items()):
        say(f"{student}: not graded: {why}.")
    say(
        f"{found.run} run, {found.kept} known from before; {found.written} written, {found.untouched} as they were"
        + (" (a dry run: no grade was written)." if dry_run else ".")
    )
    return PROBLEMS if found.problems or found.left else DONE

"""`autograder demo`: a class made up from the answer bank, from release to feedback."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from .terminal import DONE, PROBLEMS, cannot, near, positive, progress, say, table

if TYPE_CHECKING:
    from autograder import demo


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    parser = commands.add_parser("demo", help="a class from release to feedback", description=_demo.__doc__)
    parser.add_argument("--students", type=positive, default=12, metavar="N", help="how many (default: 12)")
    parser.add_argument("--folder", type=Path, default=Path("demo"), help="made anew each time (default: demo)")
    parser.add_argument("--assignment", help="default: the first in source/")
    parser.set_defaults(do=_demo)


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
        return cannot(f"{root / 'source'}: there is no assignment. Run this in the folder of the course.")
    place = demo.Place(asked.folder.absolute(), assignment)
    try:
        with progress() as tell:
            rows, remarks = demo.run(root, place, asked.students, tell)
    except (demo.DemoError, BankError, GradebookError, NotebookError, SandboxError) as error:
        return cannot(str(error))
    table(("student", "score", "checks not passed"), [_fared(row) for row in rows])
    for remark in remarks:
        say(remark)
    say(f"Gradebook: {near(place.gradebook)}")
    say(f"Grades:    {near(place.grades)}")
    say(f"Feedback:  {near(place.course / 'feedback')}; what each student fetched: {near(place.folder / 'home')}")
    strange = [row.student.full_name for row in rows if not row.as_foretold]
    if strange:
        say(f"Other checks failed than the answer bank foretells: {', '.join(strange)}.")
        return PROBLEMS
    say("Every check said what the answer bank foretells.")
    return DONE


def _fared(row: demo.Row) -> list[str]:
    points, full = (sum(getattr(o, kind) for o in row.outcomes) for kind in ("points", "max_points"))
    return [row.student.full_name, f"{points:g}/{full:g}", " ".join(row.failed)]

"""`autograder report`: how a class fared, as a table, as JSON, as a page."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from .terminal import DONE, cannot, data, near, say, table

if TYPE_CHECKING:
    from autograder.report import Report

CLUSTERS = 10


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    parser = commands.add_parser("report", help="how a class fared", description=_report.__doc__)
    parser.add_argument("assignment", help="its name in source/")
    parser.add_argument("--json", action="store_true", help="all numbers, on stdout")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page with pictures, too")
    parser.set_defaults(do=_report)


def _report(asked: argparse.Namespace) -> int:
    """Show of an assignment that was graded: scores, how hard each check was, and which wrong answers are the same."""
    # Imported here: nbgrader takes a second to import, and `--help` must not wait for it.
    from autograder import report
    from autograder.gradebook import Book, Course, GradebookError
    from autograder.results import Results, ResultsError

    course = Course(Path.cwd())
    try:
        with Book(course, asked.assignment) as book, Results.of_course(course.root) as kept:
            found = report.of(course, book, kept.seconds(asked.assignment))
            notebooks = list(book.notebooks)
    except (GradebookError, ResultsError) as error:
        return cannot(str(error))
    if not found.students:
        return cannot(f"Nobody has a grade in {asked.assignment!r}. Run `autograder grade {asked.assignment}` first.")
    if asked.html:
        top = course.folder("feedback", "*", asked.assignment).parent.parent
        where = os.path.relpath(top, asked.html.absolute().parent)
        try:
            asked.html.write_text(report.page(found, notebooks, where), encoding="utf-8")
        except OSError as error:
            return cannot(f"{asked.html}: cannot be written ({error.strerror}).")
        say(f"Page: {near(asked.html.absolute())}")
    if asked.json:
        data(json.dumps(found.as_dict, indent=1, ensure_ascii=False))
    else:
        _tell(found)
    return DONE


def _tell(found: Report) -> None:
    rows = [
        (
            check.name,
            f"{check.passed}/{check.students}",
            f"{check.facility:.0%}",
            "-" if check.discrimination is None else f"{check.discrimination:.2f}",
        )
        for check in found.checks
    ]
    table(("check", "passed", "points given", "tells apart"), rows)
    numbers = found.as_dict
    say(
        f"{len(found.students)} submissions; mean {numbers['mean']:.1f}, median {numbers['median']:g} "
        f"of {found.max_score:g} points."
    )
    for title, count in found.mistakes.items():
        say(f"{count} made the mistake: {title}")
    for cluster in found.clusters[:CLUSTERS]:
        if len(cluster.students) > 1:
            first = next(iter(cluster.said.splitlines()), "it said nothing")
            say(f"{len(cluster.students)} the same in {cluster.check}: {first}")
    for student in found.waiting:
        say(f"{student.name} waits for a person: {', '.join(student.waits)}")
    if found.slowest:
        slow = found.slowest[0]
        say(f"The slowest was {slow.name}: {slow.seconds:.1f} s.")

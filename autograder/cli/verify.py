"""`autograder verify`: the promises of a course, proven before its students meet it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from autograder.meant import meant

from .terminal import DONE, PROBLEMS, cannot, diff, out, progress, say

# The promises of verify.THOROUGH; to import them here would make `--help` wait.
SLOW = ("deadly", "ideas", "stock", "repeated", "lessons")


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    parser = commands.add_parser("verify", help="prove the promises of a course", description=_verify.__doc__)
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="default: all of source/")
    parser.add_argument("--all", action="store_true", help="look at everything anew, not only at what changed")
    parser.add_argument("--thorough", action="store_true", help="also what takes minutes: " + ", ".join(SLOW))
    parser.add_argument("--only", nargs="+", default=[], metavar="PROMISE", help="these promises alone")
    parser.add_argument("--json", action="store_true", help="what was found, as JSON on stdout")
    parser.set_defaults(do=_verify)


def _verify(asked: argparse.Namespace) -> int:
    """Prove that checks tell right answers from wrong ones, and that releases are fresh and hold nothing private.

    What was found green and has not changed since is not run again. Status 1 where a promise is broken.
    """
    # Imported here: `--help` must not wait for it.
    from autograder import request, verify
    from autograder.gradebook import Course, GradebookError
    from autograder.pool import processors
    from autograder.sandbox import SandboxError

    root = Path.cwd()
    known = verify.names(root)
    if not known:
        return cannot(f"{root / 'source'}: there is no assignment. Run this in the folder of the course.")
    for kind, names, there in (
        ("assignment", asked.assignments, known),
        ("promise", asked.only, list(verify.PROMISES)),
    ):
        for name in names:
            if name not in there:
                return cannot(f"there is no {kind} {name!r}. {meant(name, there)}")
    promises = asked.only or list(verify.PROMISES if asked.thorough else verify.QUICK)
    try:
        settings = request.settings(Course(root))
        with progress() as tell:
            report = verify.verify(
                root,
                asked.assignments or known,
                promises=promises,
                anew=asked.all,
                workers=processors(),
                tell=tell,
                settings=settings,
            )
    except (GradebookError, SandboxError) as error:
        return cannot(str(error))
    if asked.json:
        out(json.dumps(_plain(report, promises), indent=1, ensure_ascii=False))
    else:
        _show(report)
    return PROBLEMS if report.problems else DONE


def _show(report) -> None:
    for problem in report.problems:
        out(f"{problem.where}: {problem.what}\n    [{problem.promise}] {problem.fix}")
    for tried in report.mutants:
        reasons = len(tried.survivors) - len(tried.unexplained)
        said = f"; {reasons} others are no mistakes" if reasons else ""
        all_of = tried.killed + len(tried.unexplained)
        say(f"{tried.assignment} {tried.task}: its checks kill {tried.killed} of {all_of} mutants{said}")
        for survivor in tried.unexplained:
            diff(survivor.diff)
    for name, of in groupby(report.apart, key=lambda each: each.assignment):
        tasks = list(of)
        told, all_of = (
            sum(len(titles) for titles in each) for each in zip(*((t.told, t.wrong) for t in tasks), strict=True)
        )
        say(f"{name}: {told} of {all_of} wrong answers are known by what they return, and will be named")
        for task in (task for task in tasks if task.alike):
            say(f"{name} {task.task}: not told apart by it: {', '.join(map(repr, task.alike))}")
    lived = sum(len(tried.unexplained) for tried in report.mutants)
    if lived:
        say(f"{lived} mutants live: plant a case for each, or give its reason in exceptions.toml beside the answers.")
    count = f"{report.graded} submissions graded, {report.remembered} unchanged since they were found right"
    found = len(report.problems)
    verdict = f"{found} problem{'s' if found > 1 else ''}" if found else "Every promise is kept"
    say(f"{verdict}. {count}; {report.seconds:.1f} s.")


def _plain(report, promises: Iterable[str]) -> dict:
    return {
        "promises": list(promises),
        "problems": [{name: text for name, text in asdict(each).items() if name != "of"} for each in report.problems],
        "mutants": [asdict(each) for each in report.mutants],
        "apart": [asdict(each) for each in report.apart],
        "graded": report.graded,
        "remembered": report.remembered,
        "seconds": round(report.seconds, 2),
    }

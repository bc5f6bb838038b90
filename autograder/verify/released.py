"""Promises about what students get: made by nbgrader from the source as it is now, and nothing private in it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder import commands, notebook
from autograder.commands import CommandError
from autograder.verify.assignment import Assignment
from autograder.verify.problem import Problem

CONFIG = "nbgrader_config.py"
REGIONS = ("HIDDEN TESTS", "SOLUTION", "MARK SCHEME")
IGNORED = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")


def private(assignment: Assignment) -> Iterator[Problem]:
    """No marker of a region is in the release, and no line that stands in such regions alone."""
    lines = [split(cell.source) for cell in assignment.source.cells]
    secret = {line for _, unseen in lines for line in unseen} - {line for seen, _ in lines for line in seen}
    for cell in assignment.release.cells:
        for line in map(str.strip, cell.source.splitlines()):
            if line in secret or any(region in line for region in REGIONS):
                where = f"{assignment.near(assignment.release_path)}, cell {notebook.grade_id(cell)!r}"
                yield Problem("private", where, f"shows students what is not for them: {line}", "make release")
                break


def split(text: str) -> tuple[list[str], list[str]]:
    """The lines of a teacher's cell that students see, and those that they do not; markers are in neither."""
    seen, unseen, inside = [], [], False
    for line in text.splitlines():
        if any(f"{edge} {region}" in line for edge in ("BEGIN", "END") for region in REGIONS):
            inside = "BEGIN" in line
        else:
            (unseen if inside else seen).append(line.strip())
    return seen, [line for line in unseen if line]


def fresh(assignments: Sequence[Assignment]) -> Iterator[Problem]:
    """The release is, byte for byte, what nbgrader makes of the source with the settings of the course."""
    if not assignments:
        return
    root = assignments[0].root
    with tempfile.TemporaryDirectory() as made:
        course = Path(made)
        (course / CONFIG).write_bytes(settings(root))
        for assignment in assignments:
            shutil.copytree(assignment.source_path.parent, course / "source" / assignment.name, ignore=IGNORED)
        names = [assignment.name for assignment in assignments]
        try:
            commands.run(commands.line(*(["nbgrader", "generate_assignment", name] for name in names)), course)
        except CommandError as error:
            fix = "Mend what it names."
            for name in names:
                what = f"nbgrader cannot make it. Its last lines were:\n{error}"
                yield Problem("fresh", f"release/{name}", what, fix, (name, "release"))
            return
        for assignment in assignments:
            ours, theirs = contents(assignment.release_path.parent), contents(course / "release" / assignment.name)
            for name in sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name)):
                where = assignment.near(assignment.release_path.parent / name)
                what = (
                    "is stale."
                    if name in ours and name in theirs
                    else "is left over."
                    if name in ours
                    else "is missing."
                )
                yield Problem(
                    "fresh", where, what, "make release, and commit what changed.", (assignment.name, "release")
                )


def settings(root: Path) -> bytes:
    """nbgrader's settings for the course; nothing where it has none."""
    path = root / CONFIG
    return path.read_bytes() if path.is_file() else b""


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their path in it."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".ipynb_checkpoints" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}

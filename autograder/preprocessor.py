"""What stock nbgrader calls of ours while it converts notebooks. `nbgrader_config.py` plugs it in.

`nbgrader autograde`, and formgrader's button for it, then go this way: `take_in` looks at the submitted folder,
`Reader` reads the notebook, `Rebuild` makes it anew from the source, `Execute` runs it through the airlock, and, after
nbgrader's own SaveAutoGrades, `AskAPerson` marks what the grader could not tell.
"""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter, NotebookExporter
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests, GetGrades, NbGraderPreprocessor
from nbgrader.utils import parse_utc
from traitlets import Bool, Float, List, Unicode
from traitlets.log import get_logger

from autograder import feedback, intake, notebook
from autograder.airlock import Airlock
from autograder.model import IDEAS, Verdict
from autograder.notebook import NotebookError, NotebookNode, Role
from autograder.sandbox import Limits

# Where, in the resources that nbgrader passes along, the result of the run waits for AskAPerson.
RESULT = "autograder"


class NormalForm(NbGraderPreprocessor):
    """Puts a notebook into normal form, so that what students get differs only where its source does."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook in normal form, and the resources as they came."""
        return notebook.normal(nb), resources


class HideTests(ClearHiddenTests):
    """Keeps hidden tests out of feedback: their lines, and tracebacks, which quote the lines around the failing one.

    Of an error in a check its own words stay: the name of the exception and its message.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """The cell as its student may see it, and the resources as they came."""
        if notebook.role(cell) is not Role.CHECK:  # a student's cell may hold such markers too, and means nothing by it
            return cell, resources
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
        return cell, resources


class Grades(GetGrades):
    """Puts the grades into the cells of a notebook, and whether a person has yet to look at them."""

    def _get_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._get_score(cell, resources)
        name = cell.metadata["nbgrader"]["grade_id"]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader["waits"] = grade.needs_manual_grade


class FeedbackPage(Exporter):
    """Makes a student's page of a graded notebook, once `Grades` has put the grades into it."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page, and the resources."""
        book, resources = super().from_notebook_node(nb, resources, **kw)
        where = resources["nbgrader"]
        numbers = (float(where[name]) for name in ("score", "max_score", "late_penalty"))
        return feedback.page(book, feedback.Heading(where["notebook"], where["student"], *numbers)), resources


def take_in(assignment: str, student: str, notebooks: list[str]) -> None:
    """Before a submission is copied: take away what nbgrader would follow or stumble over, and tell the teacher.

    nbgrader copies what links point to, which may be the gradebook. It does not hear the errors of this hook, and would
    go on and copy; so an error ends the command.
    """
    folder = Path(notebooks[0]).parent
    try:
        for path in [folder] if folder.is_symlink() else intake.links(folder):
            _take_away(path, [Path(name) for name in notebooks] if path == folder else [path])
        _set_aside_what_is_no_time(folder / "timestamp.txt")
    except Exception as error:
        raise SystemExit(
            f"{folder}: cannot be made safe to be copied ({error}). Graded like this, what links in it point to would "
            "be copied as well. Take away by hand what is no regular file, and start again."
        ) from error


def _take_away(path: Path, places: list[Path]) -> None:
    """Put a line of text in the places of a link, pipe or socket."""
    what = f"a link to {path.readlink()}" if path.is_symlink() else "neither a file nor a folder"
    path.unlink()
    for place in places:
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"Here was {what}. It was not followed.\n")
    _tell(places[0], f"{path.name} was {what}. It was not followed; a line of text is in its place.")


def _set_aside_what_is_no_time(receipt: Path) -> None:
    """Rename a receipt that nbgrader cannot read: it could not grade a submission that has one."""
    try:
        if receipt.exists() and (text := receipt.read_text().strip()):
            parse_utc(text)
    except Exception:  # a parser of dates finds many ways to fail
        receipt.replace(receipt.with_suffix(".unreadable"))
        _tell(receipt, f"{receipt.name} holds no time. It was set aside, and the submission counts as one without.")


def _tell(path: Path, what: str) -> None:
    """Warn where nbgrader does, by student: a hook is given no log of its own."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in what)
    get_logger().warning("%s: %s", path.parent.parent.name, shown)


class Reader(NotebookExporter):
    """Reads a notebook within bounds. What cannot be read counts as a notebook without cells: it earns nothing."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """The converted notebook and its resources."""
        try:
            book = notebook.read(filename)
        except NotebookError as error:
            self.log.warning("%s It counts as a notebook without cells.", error)
            book = notebook.parse('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
        return self.from_notebook_node(book, resources=resources, **kw)


class Rebuild(NbGraderPreprocessor):
    """Makes a submitted notebook anew: the instructor's cells from the source, the student's text put in."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook that will be run, and the resources as they came. What was odd is logged, by student."""
        rebuilt = notebook.rebuild(_source(self, resources), nb)
        for flag in rebuilt.flags:
            self.log.warning("%s: %s", resources["nbgrader"]["student"], flag)
        return rebuilt.notebook, resources


class ThroughAirlock(NbGraderPreprocessor):
    """Runs the student's cells in one process and the checks in another, where Execute ran them in one."""

    readable = List(Unicode(), help="Files and folders that submissions may read.").tag(config=True)
    checker_only = List(Unicode(), help="Files and folders that checks may read, and submissions not.").tag(config=True)
    cell_seconds = Float(Limits.cell_seconds, help="Seconds by the clock for one cell.").tag(config=True)
    submission_seconds = Float(Limits.submission_seconds, help="Seconds by the clock for a submission.").tag(
        config=True
    )
    unsafe_without_sandbox = Bool(
        False, help="Grade without any wall. Submissions can then do all that the account of the grader can do."
    ).tag(config=True)

    ideas = Unicode(IDEAS, help="Where `autograder verify` has kept what wrong answers return.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook with its outputs; the result goes along in the resources."""
        limits = Limits(cell_seconds=self.cell_seconds, submission_seconds=self.submission_seconds)
        folders = tuple(map(Path, self.readable)), tuple(map(Path, self.checker_only))
        known = Path(self.parent.parent.coursedir.root) / self.ideas
        airlock = _airlock(*folders, limits, self.unsafe_without_sandbox, known)
        taken = intake.take(_folder(self, "autograded", resources))
        files = {name: content for name, content in taken.files.items() if name.removesuffix(intake.NOTEBOOK) == name}
        graded = airlock.grade(_as_released(_source(self, resources), nb), nb, files)
        for note in (*taken.refused, *graded.flags):
            self.log.warning("%s: %s", resources["nbgrader"]["student"], note)
        resources[RESULT] = graded.result
        _keep_metadata(graded.notebook, nb)
        return graded.notebook, resources


class AskAPerson(NbGraderPreprocessor):
    """Marks in the gradebook what the grader could not tell: no points, and a person has to look at it."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Both as they came. Runs after SaveAutoGrades, which clears the mark."""
        unknown = [outcome for outcome in resources[RESULT].outcomes if outcome.verdict is Verdict.UNKNOWN]
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            for outcome in unknown:
                grade = gradebook.find_grade(outcome.check, where["notebook"], where["assignment"], where["student"])
                grade.needs_manual_grade = True
            gradebook.db.commit()
        return nb, resources


@cache
def _airlock(
    readable: tuple[Path, ...], checker_only: tuple[Path, ...], limits: Limits, unsafe: bool, ideas: Path
) -> Airlock:
    """The airlock of this process, warmed once for all submissions."""
    folders = {"readable": readable, "checker_only": checker_only, "ideas": ideas}
    airlock = Airlock(**folders, limits=limits, unsafe_without_sandbox=unsafe)
    airlock.__enter__()
    atexit.register(airlock.__exit__, None, None, None)
    return airlock


def _source(plug: NbGraderPreprocessor, resources: dict[str, Any]) -> NotebookNode:
    """The source of the notebook that is being converted. NotebookError where there is none."""
    return notebook.read(_folder(plug, "source", resources) / f"{resources['nbgrader']['notebook']}.ipynb")


def _as_released(source: NotebookNode, sanitized: NotebookNode) -> NotebookNode:
    """The source with the instructor's cells as they were when the assignment was generated.

    nbgrader keeps them in the gradebook, and OverwriteCells has put them into `sanitized`, after Rebuild: tests that
    nbgrader writes itself (AUTOTEST) stand there alone, and a check that is edited later counts once it is released.
    """
    instructors = (cell for cell in sanitized.cells if notebook.role(cell) in (Role.CHECK, Role.GIVEN))
    return notebook.fill(source, {notebook.grade_id(cell): cell.source for cell in instructors})


def _keep_metadata(graded: NotebookNode, sanitized: NotebookNode) -> None:
    """Leave to SaveAutoGrades the checksums by which it knows a cell that nobody touched: there was no response."""
    kept = {notebook.grade_id(cell): cell.metadata for cell in sanitized.cells}
    for cell in graded.cells:
        if name := notebook.grade_id(cell):
            cell.metadata = kept.get(name, cell.metadata)


def _folder(plug: NbGraderPreprocessor, step: str, resources: dict[str, Any]) -> Path:
    """Where the assignment lies in a step of the course: "source", "autograded"."""
    coursedir = plug.parent.parent.coursedir  # a preprocessor's parent is its exporter, whose parent is the converter
    student = "." if step == "source" else resources["nbgrader"]["student"]
    step_folder = getattr(coursedir, f"{step}_directory")
    return Path(coursedir.format_path(step_folder, student, resources["nbgrader"]["assignment"]))

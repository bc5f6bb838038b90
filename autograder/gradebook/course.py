"""A course's settings as nbgrader reads them: its folders, who may be graded, and what else is done to a notebook."""

from __future__ import annotations

import copy
import fnmatch
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader import utils
from nbgrader.apps.autogradeapp import AutogradeApp
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.preprocessors import (
    AssignLatePenalties,
    GetGrades,
    InstantiateTests,
    SaveCells,
)

from autograder.notebook import NotebookNode

from .errors import GradebookError

# What `autograde` does to a notebook by other means here: it is run in the airlock, written by the one writer, and
# checked once in its source.
DONE_ELSEWHERE = {"Execute", "ThroughAirlock", "SaveAutoGrades", "AskAPerson", "AssignLatePenalties"}
ONCE = {"CheckCellMetadata"}
LOG_LITTLE = "CRITICAL"


@dataclass(frozen=True)
class Course:
    """A course in nbgrader's sense. `root` is its folder; all else comes from its nbgrader_config.py."""

    root: Path

    @cached_property
    def _app(self) -> AutogradeApp:
        with _within(self.root):
            # nbgrader itself would go on with settings of its own, and grade another course than the teacher's.
            app = AutogradeApp(log_level=LOG_LITTLE, raise_config_file_errors=True)
            try:
                app.initialize([])
            except SystemExit as error:
                raise GradebookError(f"{self.root}: nbgrader's settings cannot be read. {error}") from error
            except Exception as error:  # a file of settings is a program, and may fail in any way
                said = f"{type(error).__name__}: {error}"
                raise GradebookError(f"{self.root}: nbgrader's settings cannot be read ({said}).") from error
        return app

    @cached_property
    def _autograde(self) -> Autograde:
        return Autograde(coursedir=self._app.coursedir, parent=self._app)

    @property
    def db_url(self) -> str:
        return self._app.coursedir.db_url

    @property
    def course_id(self) -> str:
        return self._app.coursedir.course_id

    @property
    def creates_students(self) -> bool:
        """Whether who is not in the gradebook yet is put there."""
        return self._autograde.create_student

    @property
    def group_shared(self) -> bool:
        """Whether other teachers of the group may write what is written here."""
        return self._app.coursedir.groupshared

    @property
    def ignored(self) -> list[str]:
        """Patterns of names that are copied nowhere."""
        return list(self._app.coursedir.ignore)

    def option(self, owner: str, name: str, default: Any) -> Any:
        """A setting of a class that nbgrader does not have, as its configuration has it."""
        return self._app.config[owner].get(name, default) if owner in self._app.config else default

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Where a submission lies in a step: "submitted", "autograded", "feedback"; of "source", student is "."."""
        directory = getattr(self._app.coursedir, f"{step}_directory")
        return Path(self._app.coursedir.format_path(directory, student, assignment))

    def assignments(self) -> list[str]:
        """The names of the assignments that have a source."""
        return sorted(path.name for path in self.folder("source", ".", "*").parent.glob("*/"))

    def submitters(self, assignment: str, wanted: Iterable[str] = ("*",)) -> list[str]:
        """Who handed in `assignment`, sorted; of them those that match one of the patterns in `wanted`."""
        found = self.folder("submitted", "*", assignment)
        directory = self._app.coursedir
        form = re.compile(directory.format_path(directory.submitted_directory, "(?P<student>.*)", assignment, True))
        excluded = directory.student_id_exclude.split(",")
        paths = Path(found.anchor).glob(str(found.relative_to(found.anchor)))
        names = {match["student"] for path in paths if path.is_dir() and (match := form.fullmatch(str(path)))}
        return sorted(n for n in names if n not in excluded and any(fnmatch.fnmatchcase(n, one) for one in wanted))

    def source_files(self, assignment: str) -> dict[str, Path]:
        """The files of the assignment that lie beside its notebooks and take the place of what was submitted."""
        top = self.folder("source", ".", assignment)
        kept = {str(top / name) for name in self._autograde.exclude_overwriting.get(assignment, [])}
        paths = set(utils.find_all_files(str(top), [*self.ignored, "*.ipynb"])) - kept
        return {os.path.relpath(path, top): Path(path) for path in sorted(paths)}

    def ignores(self, name: str) -> bool:
        """Whether a file of this relative name is copied nowhere."""
        return any(fnmatch.fnmatchcase(part, pattern) for part in Path(name).parts for pattern in self.ignored)

    def permissions(self, step: str) -> int:
        """The mode of a file that is written in a step ("autograded", "feedback")."""
        if step == "autograded":
            return int(str(self._autograde.permissions), 8)
        return int(str(GenerateFeedback(coursedir=self._app.coursedir, parent=self._app).permissions), 8)

    def prepared(self, source: NotebookNode) -> NotebookNode:
        """`source` as `generate_assignment` would record it in the gradebook, but for tests that nbgrader writes."""
        converter = GenerateAssignment(coursedir=self._app.coursedir, parent=self._app)
        kinds = list(converter.preprocessors)
        before = kinds[: kinds.index(SaveCells)] if SaveCells in kinds else kinds
        with _within(self.root):  # headers and footers are named from there
            book = copy.deepcopy(source)
            return self._through([k for k in before if k is not InstantiateTests], book, {"unique_key": ""})

    def finished(self, graded: NotebookNode, where: dict[str, str]) -> NotebookNode:
        """A graded notebook after what `autograde` does besides: output is limited, patterns are ignored."""
        steps = [k for k in self._autograde.autograde_preprocessors if k.__name__ not in DONE_ELSEWHERE | ONCE]
        return self._through(steps, graded, {"unique_key": where["notebook"], "nbgrader": where})

    def shown(self, graded: NotebookNode, where: dict[str, str]) -> NotebookNode:
        """A graded notebook after what `generate_feedback` does to it, but for the grades: tests are hidden."""
        converter = GenerateFeedback(coursedir=self._app.coursedir, parent=self._app)
        steps = [k for k in converter.preprocessors if not issubclass(k, (GetGrades, CSSHTMLHeaderPreprocessor))]
        return self._through(steps, copy.deepcopy(graded), {"unique_key": where["notebook"], "nbgrader": where})

    def time(self, receipt: str) -> datetime | None:
        """The time that a receipt holds, in UTC; None for one that is empty. ValueError where it is no time."""
        try:
            return utils.parse_utc(receipt.strip()) if receipt.strip() else None
        except Exception as error:  # a parser of dates finds many ways to fail
            raise ValueError(f"no time: {receipt[:40]!r}") from error

    def penalty(self, student: str, score: float, seconds_late: float) -> float | None:
        """What nbgrader's plugin takes from a score for being late; None for nothing."""
        if AssignLatePenalties not in self._autograde.autograde_preprocessors:
            return None
        step = AssignLatePenalties(parent=self._autograde)
        step.init_plugin()
        penalty = step.plugin_inst.late_submission_penalty(student, score, seconds_late)
        return penalty if penalty is None else max(0, min(penalty, score))

    def _through(self, steps: list[type], book: NotebookNode, resources: dict[str, Any]) -> NotebookNode:
        for step in steps:
            # As an exporter does it: what nbgrader has is enabled unless the settings say no, all else the other way.
            tool = self._tools.get(step) or self._tools.setdefault(step, step(parent=self._autograde))
            if tool.enabled:
                book, resources = tool.preprocess(book, resources)
        return book

    @cached_property
    def _tools(self) -> dict[type, Any]:
        return {}


@contextmanager
def _within(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)

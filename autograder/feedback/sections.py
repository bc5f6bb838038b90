"""A graded notebook in tasks: what was asked, what was answered, and what each check says of the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from autograder import notebook
from autograder.notebook import NotebookNode, Role

HIDDEN = re.compile(r"^.*BEGIN HIDDEN TESTS.*$(?s:.*?)(^.*END HIDDEN TESTS.*$\n?|\Z)", re.MULTILINE)
# How course.check lays out a message: a sentence, then lines of a label and what belongs to it.
LABELLED = re.compile(r"^  (should be|is|hint|mistake): +", re.MULTILINE)
TOP = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


@dataclass(frozen=True)
class Check:
    """What one check says. `status` is "passed", "part", "failed" or "unknown"; `text` its visible lines.

    `parts` are what the message adds to its sentence: pairs of a label ("should be", "is", "hint") and a text.
    """

    name: str
    status: str
    score: float
    points: float
    sentence: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclass
class Section:
    """One task, or what stands between tasks. `answers` are the student's cells, by a person or by checks judged."""

    title: str = ""
    name: str = ""
    prompt: str = ""
    answers: list[NotebookNode] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        return sum(check.score for check in self.checks)

    @property
    def points(self) -> float:
        return sum(check.points for check in self.checks)

    @property
    def status(self) -> str:
        found = {check.status for check in self.checks}
        if "unknown" in found:
            return "unknown"
        return "passed" if found <= {"passed"} else "failed" if self.score == 0 else "part"


def of(book: NotebookNode) -> list[Section]:
    """The tasks of a notebook whose cells hold, in nbgrader's metadata, `score`, `points`, `comment` and `waits`."""
    sections, current, prompt = [], Section(), ""
    for cell in book.cells:
        role = notebook.role(cell)
        if role in (Role.ANSWER, Role.MANUAL):
            if not current.answers or current.checks:
                current = Section()
                sections.append(current)
            _answer(current, cell, role)
            if not current.title:
                current.prompt, current.title = prompt, _title(prompt, notebook.grade_id(cell))
                current.name = notebook.grade_id(cell)
            prompt = ""
        elif role is Role.CHECK:
            if not sections:
                sections.append(current)
                current.title = current.name = notebook.grade_id(cell)
            current.checks.append(_check(cell))
        elif cell.cell_type == "markdown":
            prompt = cell.source if HEADING.match(cell.source) else f"{prompt}\n\n{cell.source}".strip()
        elif role is Role.EXTRA and current.answers and cell.get("outputs"):
            current.answers.append(cell)  # a cell of the student's own below the answer
    return sections


def title(book: NotebookNode) -> str:
    """The notebook's own heading; empty where it has none."""
    texts = (cell.source for cell in book.cells if cell.cell_type == "markdown")
    return next((_plain(found[1]) for text in texts if (found := TOP.search(text))), "")


def _answer(section: Section, cell: NotebookNode, role: Role) -> None:
    section.answers.append(cell)
    meta = cell.metadata.nbgrader
    if meta.get("comment"):
        section.comments.append(meta["comment"])
    if role is Role.MANUAL:
        score, points = float(meta.get("score") or 0), notebook.points(cell)
        status = "unknown" if meta.get("waits") else _status(score, points)
        sentence = "A person judges this, and has not yet." if meta.get("waits") else ""
        section.checks.append(Check(notebook.grade_id(cell), status, score, points, sentence))


def _check(cell: NotebookNode) -> Check:
    meta, points = cell.metadata.nbgrader, notebook.points(cell)
    score = float(meta.get("score") or 0)
    errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
    message = errors[0].evalue if errors else ""
    status = "unknown" if any(error.ename == "Unknown" for error in errors) else _status(score, points)
    sentence, *rest = LABELLED.split(message)
    parts = tuple(zip(rest[::2], (text.strip() for text in rest[1::2]), strict=True))
    text = HIDDEN.sub("", cell.source).strip() if cell.cell_type == "code" else ""
    return Check(notebook.grade_id(cell), status, score, points, sentence.strip(), parts, text)


def _status(score: float, points: float) -> str:
    return "passed" if score >= points else "part" if score > 0 else "failed"


def _title(prompt: str, name: str) -> str:
    """The heading of what was asked, without what its Markdown means; else the cell's name, as words."""
    found = HEADING.search(prompt)
    return _plain(found[1]) if found else name.replace("_", " ")


def _plain(text: str) -> str:
    return re.sub(r"[`*]", "", text)

"""Grades for other systems: what `nbgrader export --exporter=autograder.exports.Canvas` (or Moodle) writes.

One line a student, one column an assignment, late penalties taken off as nbgrader's own export does it. Who has handed
in nothing has an empty field, and not 0: what a missing submission is worth is for the other system to say. Text is
made harmless for spreadsheets, which would calculate what begins like a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, Student
from nbgrader.plugins import ExportPlugin

# What a spreadsheet takes for the beginning of a formula: "CSV Injection" in OWASP's list of attacks.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
DIGITS = 4


class _Table(ExportPlugin):
    """Writes one table of all students and assignments, or of those that --student and --assignment name."""

    name = ""
    columns: Sequence[str] = ()

    def export(self, gradebook: Gradebook) -> None:
        """See ExportPlugin. SystemExit with a message where that cannot be done."""
        assignments = _chosen("assignment", gradebook.assignments, [each.name for each in gradebook.assignments], self)
        students = _chosen("student", gradebook.students, [each.id for each in gradebook.students], self)
        students = sorted(students, key=lambda each: (each.last_name or "", each.first_name or "", each.id))
        scores = {each.name: _scores(gradebook, each) for each in assignments}
        rows = [[harmless(text) for text in (*self.columns, *(each.name for each in assignments))]]
        rows += self.above(assignments)
        for student in students:
            about = [harmless(text or "") for text in self.about(student)]
            rows.append([*about, *(_number(scores[each.name].get(student.id)) for each in assignments)])
        path = Path(self.to or f"{self.name}.csv")
        try:
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        except OSError as error:
            raise SystemExit(f"{path}: the grades cannot be written ({error.strerror}).") from error
        for assignment in assignments:
            if waiting := sorted(s.student_id for s in _submissions(gradebook, assignment) if s.needs_manual_grade):
                self.log.warning("%s waits for a person in formgrader: %s", assignment.name, ", ".join(waiting))
        self.log.info("%d students and %d assignments are in %s", len(students), len(assignments), path)

    def above(self, assignments: Sequence[Assignment]) -> list[list[str]]:
        """Lines between the head and the students."""
        return []

    def about(self, student: Student) -> Iterable[str | None]:
        """What stands in `columns` of this student."""
        raise NotImplementedError


class Canvas(_Table):
    """canvas.csv, for Grades → Import in Canvas. Students are found there by their login, nbgrader's student id.

    A column is one of an assignment that Canvas knows, if it has its name, and else makes a new one.
    """

    name = "canvas"
    columns = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")

    def above(self, assignments: Sequence[Assignment]) -> list[list[str]]:
        """How much each assignment is worth."""
        between = [""] * (len(self.columns) - 1)
        return [["Points Possible", *between, *(_number(each.max_score) for each in assignments)]]

    def about(self, student: Student) -> Iterable[str | None]:
        """The name as Canvas sorts it, the number in Canvas where the gradebook knows it, and the login."""
        name = ", ".join(filter(None, (student.last_name, student.first_name))) or student.id
        return name, student.lms_user_id, "", student.id, ""


class Moodle(_Table):
    """moodle.csv, for Grades → Import → CSV file in Moodle: map Username to a user's, a column to its grade item."""

    name = "moodle"
    columns = ("Username", "First name", "Last name", "Email address")

    def about(self, student: Student) -> Iterable[str | None]:
        """By what Moodle can find a user."""
        return student.id, student.first_name, student.last_name, student.email


def harmless(text: str) -> str:
    """The same text; with an apostrophe in front, as spreadsheets mark text, where it begins like a formula."""
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def _chosen(kind: str, all_of_them: list, names: list[str], plugin: ExportPlugin) -> list:
    wanted = {str(name) for name in getattr(plugin, kind)}
    if unknown := sorted(wanted - set(names)):
        known = ", ".join(sorted(names)) or "none"
        raise SystemExit(f"The gradebook knows no {kind} {', '.join(unknown)}. There are: {known}.")
    return [each for each, name in zip(all_of_them, names, strict=True) if not wanted or name in wanted]


def _submissions(gradebook: Gradebook, assignment: Assignment) -> list:
    return gradebook.assignment_submissions(assignment.name)


def _scores(gradebook: Gradebook, assignment: Assignment) -> dict[str, float]:
    """Who has handed in, and the score, which no penalty brings below 0."""
    found = _submissions(gradebook, assignment)
    return {each.student_id: max(0.0, each.score - each.late_submission_penalty) for each in found}


def _number(score: float | None) -> str:
    return "" if score is None else f"{round(score, DIGITS):.10g}"

"""A class is graded: from what was handed in to nbgrader's gradebook, the graded notebooks and the pages of feedback.

What was graded before, by the same checks in the same environment, is not run again. Results are kept as they come, so
whoever is interrupted goes on where it stopped. Who has grades already, and would get others, is shown before anything
of theirs is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from autograder import folders, ideas, notebook, pending, pool, request, results, submission
from autograder.gradebook import Book, Course, checks
from autograder.model import Tell, Verdict
from autograder.notebook import NotebookNode
from autograder.pending import Move, Pending
from autograder.pool import Work
from autograder.request import Asked, Summary
from autograder.results import Kept, Results
from autograder.turn import taken
from autograder.writing import Writer

# So many submissions are written at a time, in one transaction.
BATCH = 16


def grade(course: Course, asked: Asked, tell: Tell, show: Callable[[list[Move]], None]) -> Summary:
    """Grade what was handed in. `show` is told who moves, before anything of theirs is written.

    GradingError, GradebookError, NotebookError, ResultsError, SandboxError and TurnError say why nothing, or nothing
    more, can be done; OSError where there is no room, or no permission, to write.
    """
    students = request.students(course, asked)
    with (
        taken(course.root / results.HIDDEN / "turn"),
        Book(course, asked.assignment) as book,
        Results.of_course(course.root) as kept,
    ):
        if not asked.dry_run:
            book.look_whether_writable()
        return _Job(course, asked, book, kept, tell).run(students, show)


class _Job:
    """One run over a class."""

    def __init__(self, course: Course, asked: Asked, book: Book, kept: Results, tell: Tell) -> None:
        self.course, self.asked, self.book, self.kept, self.tell = course, asked, book, kept, tell
        self.settings = request.settings(course)
        self.summary = Summary()
        self.sources = self._sources()
        self.summary.changes = checks.compare(book, self.sources)
        self.files = {n: p.read_bytes() for n, p in course.source_files(asked.assignment).items()}
        explained = ideas.content(self.settings.ideas, asked.assignment).hex()
        settings = replace(self.settings, ideas=None)  # what they say counts, and not where the course lies
        grader = results.key(results.environment(), settings, explained)
        self.checks = {
            name: results.key(results.of_cells(source), results.of_files(self.files), grader)
            for name, source in self.sources.items()
        }
        self.writer = Writer(course, book, kept, self.files)
        self.adopted = False

    def run(self, students: list[str], show: Callable[[list[Move]], None]) -> Summary:
        """Run what has to be run, and write what has to be written."""
        self.waiting: dict[str, Pending] = {}
        self.ready: list[Pending] = []
        self.done, self.total = 0, len(students)
        known = self.book.known(students)
        work = self._work(students, known)
        first = next(work, None)  # no worker is started for nothing
        if first is not None:
            for name, graded in pool.graded(chain([first], work), self.settings, self.asked.workers):
                self._take(name, Kept.of(graded))
        self._settle()
        self.summary.moves.sort(key=lambda move: move.student)
        if self.summary.moves:
            show(self.summary.moves)
        if not self.asked.dry_run:
            self._write_those_who_move()
            self.kept.prune(self.asked.assignment, self.course.submitters(self.asked.assignment))
        return self.summary

    def _sources(self) -> dict[str, NotebookNode]:
        """The notebooks of the assignment as they are released, by name."""
        found = {}
        for name in self.book.notebooks:
            path = self.course.folder("source", ".", self.asked.assignment) / f"{name}.ipynb"
            source = notebook.read(path)
            found[name] = checks.released(self.book, name, source)
        return found

    def _work(self, students: list[str], known: set[str]) -> Iterator[Work]:
        """What has to be run. Submissions of which nothing has, are ready."""
        for student in students:
            if student not in known and not self.course.creates_students:
                self.summary.left[student] = "is not in the gradebook, and c.Autograde.create_student is False"
                continue
            each = self._pending(student)
            if each is None:
                continue
            missing = [name for name in each.keys if name not in each.found]
            if not missing:
                self.summary.kept += 1
                self._is_ready(each)
                continue
            self.summary.run += 1
            self.waiting[student] = each
            files = folders.merged(each.handed.files, self.files)
            for name in missing:
                yield Work(f"{student}/{name}", self.sources[name], each.handed.notebooks[name], files)

    def _pending(self, student: str, kept_alone: bool = False) -> Pending | None:
        """A submission as it is now, with the results that are kept of it; None where nothing was handed in."""
        folder = self.course.folder("submitted", student, self.asked.assignment)
        handed = submission.read(student, folder, list(self.book.notebooks))
        if not kept_alone:
            self.summary.problems += handed.problems
            self.summary.remarks += handed.remarks
        if not handed.notebooks:
            self.summary.left[student] = "has handed in no notebook that can be graded"
            return None
        files = {name: content for name, content in handed.files.items() if not self.course.ignores(name)}
        handed = replace(handed, files=files)
        cells = {name: results.of_cells(book) for name, book in handed.notebooks.items()}
        mine = results.key(cells, results.of_files(files), (handed.receipt or b"").decode(errors="replace"))
        keys = {name: results.key(text, results.of_files(files), self.checks[name]) for name, text in cells.items()}
        self.kept.want(self.asked.assignment, student, keys)
        anew = self.asked.force and not kept_alone
        found = {} if anew else {name: self.kept.find(key) for name, key in keys.items()}
        return Pending(handed, mine, keys, {name: kept for name, kept in found.items() if kept is not None})

    def _take(self, name: str, found: Kept) -> None:
        """A result has come."""
        student, _, book = name.rpartition("/")
        each = self.waiting[student]
        each.found[book] = found
        self.kept.keep({each.keys[book]: found})
        if len(each.found) == len(each.keys):
            del self.waiting[student]
            self._is_ready(each)

    def _is_ready(self, each: Pending) -> None:
        self.ready.append(each)
        self.done += 1
        self.tell("Grade", self.done, self.total)
        if len(self.ready) >= BATCH:
            self._settle()

    def _settle(self) -> None:
        """Write of what is ready what moves nobody who has a score."""
        batch, self.ready = self.ready, []
        standing = self.book.standing([each.student for each in batch])
        removed = {(change.notebook, change.cell) for change in self.summary.changes if change.is_removal}
        for_now = []
        for each in batch:
            grades = standing.get(each.student, {})
            self._remark(each)
            if not self.asked.force and self.writer.has_written(each) and pending.stands(each, grades):
                self.summary.untouched += 1
            elif move := pending.move(each, grades, removed):
                self.summary.moves.append(move)
            else:
                for_now.append(each)
        self._write(for_now)

    def _write_those_who_move(self) -> None:
        """They have been shown; their results are kept."""
        for start in range(0, len(self.summary.moves), BATCH):
            batch = []
            for move in self.summary.moves[start : start + BATCH]:
                each = self._pending(move.student, kept_alone=True)
                if each is None or len(each.found) < len(each.keys):
                    self.summary.left[move.student] = "handed in again meanwhile"
                else:
                    batch.append(each)
            self._write(batch)

    def _write(self, batch: list[Pending]) -> None:
        if self.asked.dry_run or not batch:
            return
        if self.summary.changes and not self.adopted:
            checks.adopt(self.book, self.sources, self.summary.changes)
            self.adopted = True
        self.summary.remarks += self.writer.write(batch, self.asked.force)
        self.summary.written += len(batch)

    def _remark(self, each: Pending) -> None:
        """What the teacher should know of it."""
        for name, kept in each.found.items() if not each.handed.problems else ():
            where = each.handed.folder / f"{name}.ipynb"
            self.summary.remarks += [f"{where}: {flag}" for flag in kept.flags]
        unknown = [outcome.check for outcome in each.outcomes.values() if outcome.verdict is Verdict.UNKNOWN]
        if unknown:
            self.summary.unknown[each.student] = unknown

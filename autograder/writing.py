"""Results are written: graded notebooks, the gradebook, pages of feedback, and last a note that it is done.

Each step can be taken again. Whoever is killed between two leaves no note, and takes all of them again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder import feedback, folders, intake, notebook
from autograder.gradebook import Book, Course, Entry, Page
from autograder.model import Verdict
from autograder.notebook import NotebookNode
from autograder.pending import Pending
from autograder.results import Results


class Writer:
    """What writes for one assignment. `files` are those of the source, which lie beside every graded notebook."""

    def __init__(self, course: Course, book: Book, kept: Results, files: Mapping[str, bytes]) -> None:
        self.course, self.book, self.kept, self.files = course, book, kept, files
        self.assignment = book.assignment
        self.written = kept.applied(self.assignment)

    def has_written(self, each: Pending) -> bool:
        """Whether the very results of this submission were written before, and lie where they were put."""
        folder = self.course.folder("autograded", each.student, self.assignment)
        return self.written.get(each.student) == (each.key, each.result) and all(
            (folder / f"{name}.ipynb").is_file() and (folder / f"{name}.ipynb").stat().st_size for name in each.keys
        )

    def write(self, batch: Sequence[Pending], anew: bool = False) -> list[str]:
        """Write these, and return what was odd. `anew`: all that a person has seen is to be seen again."""
        remarks, entries = [], []
        graded = {}
        for each in batch:
            graded[each.student] = finished = {name: self._finished(each, name) for name in each.found}
            again = not anew and self._is_as_it_was(each)
            time, remark = self._time(each)
            remarks += remark
            self._put(each, "autograded", self._graded_files(each, finished))
            entries.append(Entry(each.student, time, finished, _unknown(each), again))
        self.book.write(entries)
        pages = self.book.pages([each.student for each in batch])
        for each in batch:
            self._put(each, "feedback", self._feedback(each, graded[each.student], pages[each.student]))
        self.kept.apply(self.assignment, {each.student: (each.key, each.result, each.seconds) for each in batch})
        return remarks

    def _feedback(
        self, each: Pending, graded: Mapping[str, NotebookNode], pages: Mapping[str, Page]
    ) -> dict[str, bytes]:
        """The pages of a submission, with the receipt by which nbgrader releases them."""
        found = {} if each.handed.receipt is None else {intake.RECEIPT: each.handed.receipt}
        for name, book in graded.items():
            page, shown = pages[name], self.course.shown(book, self._where(each, name))
            for cell in shown.cells:
                if key := notebook.grade_id(cell):
                    cell.metadata.nbgrader.update(page.cells.get(key, {}))
            heading = feedback.Heading(name, each.student, page.score, page.max_score, page.penalty)
            found[f"{name}.html"] = feedback.page(shown, heading).encode()
        return found

    def _finished(self, each: Pending, name: str) -> NotebookNode:
        return self.course.finished(each.found[name].notebook, self._where(each, name))

    def _where(self, each: Pending, name: str) -> dict[str, str]:
        """As nbgrader tells it to what converts a notebook."""
        return {"student": each.student, "assignment": self.assignment, "notebook": name, "db_url": self.course.db_url}

    def _graded_files(self, each: Pending, finished: Mapping[str, NotebookNode]) -> dict[str, bytes]:
        """What lies in the folder of a graded submission: as nbgrader has it."""
        books = {f"{name}.ipynb": notebook.text(book).encode() for name, book in finished.items()}
        receipt = {} if each.handed.receipt is None else {intake.RECEIPT: each.handed.receipt}
        return folders.merged(each.handed.files, {**self.files, **books, **receipt})

    def _put(self, each: Pending, step: str, files: Mapping[str, bytes]) -> None:
        folder = self.course.folder(step, each.student, self.assignment)
        folders.replace(folder, files, self.course.permissions(step), self.course.group_shared)

    def _time(self, each: Pending) -> tuple:
        receipt = (each.handed.receipt or b"").decode(errors="replace")
        try:
            return self.course.time(receipt), []
        except ValueError:
            where = each.handed.folder / intake.RECEIPT
            return None, [f"{where}: holds no time. The submission counts as one without."]

    def _is_as_it_was(self, each: Pending) -> bool:
        """Whether what was handed in is what had been graded before, as far as can be told."""
        if each.student in self.written:
            return self.written[each.student][0] == each.key
        folder = self.course.folder("autograded", each.student, self.assignment)
        if not folder.is_dir():
            return False
        return intake.receipt(folder) == each.handed.receipt


def _unknown(each: Pending) -> dict[str, frozenset[str]]:
    """The checks that the grader could not tell, by notebook."""
    return {
        name: frozenset(outcome.check for outcome in kept.outcomes if outcome.verdict is Verdict.UNKNOWN)
        for name, kept in each.found.items()
    }

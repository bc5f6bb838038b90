"""nbgrader's world as this grader sees it: a course's settings, its folders, and its gradebook, through nbgrader's API.

`course` reads the settings, `book` holds the gradebook open and writes into it, `checks` keeps it in step with the
source, `reading` asks it for outcomes.
"""

from __future__ import annotations

from .book import Book, Page
from .course import Course
from .errors import BusyError, GradebookError
from .reading import outcomes
from .rows import Entry, Standing

__all__ = ["Book", "BusyError", "Course", "Entry", "GradebookError", "Page", "Standing", "outcomes"]

"""The page that a student gets back: a score for every task, what each check says, and the student's own outputs.

`sections` sorts a graded notebook into tasks, `safe` makes what students wrote harmless to look at, and `page` fills
the template. A page needs no network and runs no script.
"""

from __future__ import annotations

from .page import Heading, page

__all__ = ["Heading", "page"]

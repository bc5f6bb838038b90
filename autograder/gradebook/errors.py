"""How the gradebook says that it cannot be used."""

from __future__ import annotations


class GradebookError(Exception):
    """The gradebook, or the course around it, cannot be used. The message says where it is and what to do."""


class BusyError(GradebookError):
    """Somebody else is at it. What was graded is kept, and goes into the gradebook next time."""

"""The place where a stranger's code runs: walled in, limited, warm.

A `Policy` says what may be seen and used. A `Nursery` is a warm process behind the outer wall. It opens a `Pen` for
each submission: a room for the student and a room for the checker, which share a work folder and nothing else.
"""

from .errors import SandboxError
from .nursery import Nursery
from .pen import End, Finished, Pen
from .policy import Limits, Policy
from .processes import Process
from .unwalled import UnsafeNursery

__all__ = ["End", "Finished", "Limits", "Nursery", "Pen", "Policy", "Process", "SandboxError", "UnsafeNursery"]

"""The place where a stranger's code runs: walled in, limited, warm.

A `Policy` says what may be seen and used. A `Nursery` keeps a warm process, the trunk, behind the outer wall. It opens
a `Pen` for each submission: a room for the student and a room for the checker, which share a work folder and nothing
else. Who works there is forked from the trunk. A `Branch` is a fork of it for checkers alone, which may know what a
student's process must not.

Each stage is process 1 of a world of processes within the one before: bubblewrap's wall, the ground, a pen's
supervisor, a room. So the kernel ends all that is within whenever one of them ends, whatever was started there. All of
these are small, since they only fork and wait; trunk and branches are large, and only the workers are forked from them.

What it does not stop: faults of the kernel; what can be learnt by measuring time; memory that the kernel takes for
sockets and pipes, which only the numbers of processes and descriptors bound. Started by root, submissions run as
another user. Started by an ordinary user they have that user's number, and the walls alone keep them apart.
"""

from .branch import Branch
from .errors import SandboxError
from .nursery import Nursery
from .pen import End, Finished, Pen
from .policy import Limits, Policy
from .processes import Process
from .unwalled import UnsafeNursery

__all__ = [
    "Branch",
    "End",
    "Finished",
    "Limits",
    "Nursery",
    "Pen",
    "Policy",
    "Process",
    "SandboxError",
    "UnsafeNursery",
]

"""Pictures of the learner's own state: what the database holds now, where the cursor is, what the repository holds.

Each function looks, draws and returns a `Picture`; none of them changes what it looks at. A picture shows itself in
a notebook, and carries the same in words.
"""

from course.draw.brought import brought
from course.draw.cells import cells
from course.draw.choice import choice
from course.draw.chunks import memory, sent
from course.draw.cluster import cluster, gantt
from course.draw.commits import commits
from course.draw.conflict import conflict
from course.draw.connections import connection, diagnosis
from course.draw.cursors import Bookmarked, bookmarked, cursor, held
from course.draw.dates import timeline
from course.draw.environments import ladder, layers, refusal
from course.draw.groups import buckets
from course.draw.joins import join
from course.draw.jupyter import jupyter
from course.draw.logic import sieve, truth_table
from course.draw.measures import Timing, pairs, speedup
from course.draw.picture import Picture
from course.draw.pipes import pipe
from course.draw.places import effects, places
from course.draw.placing import placing
from course.draw.plans import plan
from course.draw.rebuilding import funnel, kernels, needs
from course.draw.steps import depends
from course.draw.swap import swap
from course.draw.tables import schema
from course.draw.threads import at_work, gil, interleaving, waiting
from course.draw.transactions import Witnessed, history, witnessed

__all__ = [
    "Bookmarked",
    "Picture",
    "Timing",
    "Witnessed",
    "at_work",
    "bookmarked",
    "brought",
    "buckets",
    "cells",
    "choice",
    "cluster",
    "commits",
    "conflict",
    "connection",
    "cursor",
    "depends",
    "diagnosis",
    "effects",
    "funnel",
    "gantt",
    "gil",
    "held",
    "history",
    "interleaving",
    "join",
    "jupyter",
    "kernels",
    "ladder",
    "layers",
    "memory",
    "needs",
    "pairs",
    "pipe",
    "places",
    "placing",
    "plan",
    "refusal",
    "schema",
    "sent",
    "sieve",
    "speedup",
    "swap",
    "timeline",
    "truth_table",
    "waiting",
    "witnessed",
]

"""Pictures of the learner's own state: what the database holds now, where the cursor is now.

Each function looks, draws and returns a `Picture`; none of them changes what it looks at. A picture shows itself in
a notebook, and carries the same in words.
"""

from course.draw.cluster import cluster, gantt
from course.draw.cursors import Bookmarked, bookmarked, cursor, held
from course.draw.dates import timeline
from course.draw.groups import buckets
from course.draw.joins import join
from course.draw.environments import ladder, layers, refusal
from course.draw.logic import sieve, truth_table
from course.draw.measures import Timing, pairs, speedup
from course.draw.picture import Picture
from course.draw.plans import plan
from course.draw.placing import placing
from course.draw.tables import schema
from course.draw.transactions import Witnessed, history, witnessed

__all__ = [
    "Bookmarked",
    "Picture",
    "Witnessed",
    "bookmarked",
    "buckets",
    "cursor",
    "held",
    "history",
    "join",
    "plan",
    "bookmarked",
    "cursor",
    "held",
    "ladder",
    "layers",
    "refusal",
    "schema",
    "sieve",
    "timeline",
    "truth_table",
    "witnessed",
    "Timing",
    "bookmarked",
    "cluster",
    "cursor",
    "gantt",
    "held",
    "pairs",
    "placing",
    "schema",
    "sieve",
    "speedup",
    "timeline",
    "truth_table",
]

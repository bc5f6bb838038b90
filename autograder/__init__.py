"""A grader for notebooks: proves a course's checks, and grades its submissions."""

import sys

# nbformat imports jsonschema, which builds a grammar of addresses for a second where this package is there.
# Notebooks hold no addresses to check.
sys.modules.setdefault("rfc3987_syntax", None)

"""The notebook of 2016 from which this course was made: its code cells as they were saved, with numbers and outputs.

It does not run from top to bottom, and is here to show why.
"""

from __future__ import annotations

from importlib import resources

import nbformat
from nbformat import NotebookNode


def notebook() -> NotebookNode:
    """The notebook, anew at each call."""
    text = resources.files("course").joinpath("seed.ipynb").read_text(encoding="utf-8")
    return nbformat.reads(text, as_version=4)

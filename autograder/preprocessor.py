"""What stock nbgrader calls of ours while it converts notebooks. `nbgrader_config.py` plugs it in."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from autograder import notebook
from autograder.notebook import NotebookNode


class NormalForm(NbGraderPreprocessor):
    """Puts a notebook into normal form, so that what students get differs only where its source does."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook in normal form, and the resources as they came."""
        return notebook.normal(nb), resources

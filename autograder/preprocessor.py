"""What stock nbgrader calls of ours while it converts notebooks. `nbgrader_config.py` plugs it in."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor

from autograder import notebook
from autograder.notebook import NotebookNode, Role


class NormalForm(NbGraderPreprocessor):
    """Puts a notebook into normal form, so that what students get differs only where its source does."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook in normal form, and the resources as they came."""
        return notebook.normal(nb), resources


class HideTests(ClearHiddenTests):
    """Keeps hidden tests out of feedback: their lines, and tracebacks, which quote the lines around the failing one.

    Of an error in a check its own words stay: the name of the exception and its message.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """The cell as its student may see it, and the resources as they came."""
        if notebook.role(cell) is not Role.CHECK:  # a student's cell may hold such markers too, and means nothing by it
            return cell, resources
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
        return cell, resources

"""*Restart and run all*, from a program: a notebook, from top to bottom in a new kernel.

restart.run_all(nb, "folder")                   # [] or [Failed(place=3, name="NameError", says="name 'x' …")]
restart.run_all(nb, "folder", go_on=True)       # all that fail, as with a run after each error
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL
from typing import NamedTuple

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

SECONDS = 60
PYTHON = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "nbconvert_exporter": "python"},
}


class Failed(NamedTuple):
    """A code cell that raised an error: its place among the code cells, from 1, the error's name and its text."""

    place: int
    name: str
    says: str


def book(*cells: str | NotebookNode, counts: tuple[int | None, ...] = ()) -> NotebookNode:
    """A notebook of these cells: a text is a code cell. `counts` are the execution counts of its code cells."""
    made = [new_code_cell(cell, id=f"cell-{n}") if isinstance(cell, str) else cell for n, cell in enumerate(cells, 1)]
    for cell, count in zip([cell for cell in made if cell.cell_type == "code"], counts, strict=False):
        cell.execution_count = count
    return new_notebook(cells=made, metadata=PYTHON)


def run_all(notebook: NotebookNode, folder: str | Path = ".", *, go_on: bool = False) -> list[Failed]:
    """Run a notebook in a new kernel whose folder is `folder`, and return the cells that failed.

    It stops at the first, unless it is to `go_on`. The outputs and the numbers are put into `notebook`.
    """
    where = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", allow_errors=go_on, resources=where)
    with suppress(CellExecutionError):
        client.execute(stdout=DEVNULL, stderr=DEVNULL)  # what the kernel itself says belongs to no cell
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [
        Failed(place, output.ename, output.evalue)
        for place, cell in enumerate(code, 1)
        for output in cell.outputs
        if output.output_type == "error"
    ]

"""All knowledge of .ipynb files and of nbgrader's cell metadata: read, write in normal form, rebuild."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import nbformat
from nbformat import NotebookNode

# A notebook that holds more than this is refused before it is parsed.
MAX_BYTES = 20_000_000
MAX_CELLS = 5_000
# The metadata that a cell keeps in normal form; what else an editor leaves is noise in a diff.
CELL_METADATA = ("deletable", "editable", "nbgrader", "tags")
LANGUAGE = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}


class NotebookError(Exception):
    """This file is no notebook that can be used. The message names the file, the cell, and what to do."""


class Role(StrEnum):
    """What a cell is for, by its nbgrader metadata."""

    ANSWER = "answer"  # the student's, and judged by checks
    MANUAL = "manual"  # judged by a person
    CHECK = "check"  # the instructor's, worth points
    GIVEN = "given"  # the instructor's, locked
    EXTRA = "extra"  # anybody's: text without an id


def role(cell: NotebookNode) -> Role:
    """What `cell` is for."""
    meta = cell.metadata.get("nbgrader") or {}
    if meta.get("solution") or meta.get("task"):
        return Role.MANUAL if meta.get("grade") or meta.get("task") else Role.ANSWER
    if meta.get("grade"):
        return Role.CHECK
    return Role.GIVEN if meta.get("locked") else Role.EXTRA


def grade_id(cell: NotebookNode) -> str:
    """The cell's nbgrader id, which is its name; empty where it has none."""
    name = (cell.metadata.get("nbgrader") or {}).get("grade_id")
    return name if isinstance(name, str) else ""


def points(cell: NotebookNode) -> float:
    """The points that a cell is worth; 0 where its metadata holds no number."""
    try:
        return float((cell.metadata.get("nbgrader") or {}).get("points", 0))
    except (TypeError, ValueError, OverflowError):
        return 0.0


def of_student(cell: NotebookNode) -> bool:
    """Whether its text is the student's. The text of a task cell is the instructor's, and a person judges it."""
    meta = cell.metadata.get("nbgrader") or {}
    return bool(meta.get("solution") or (meta.get("task") and not meta.get("locked")))


def read(path: str | Path) -> NotebookNode:
    """The notebook in `path`. NotebookError where it is none, or too large."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise NotebookError(
                f"{path}: larger than {MAX_BYTES // 1_000_000} MB. Clear its outputs and save it again."
            )
        text = path.read_text(encoding="utf-8-sig")  # some editors put a mark in front
    except OSError as error:
        raise NotebookError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise NotebookError(f"{path}: is no notebook: its bytes are not UTF-8 text.") from error
    return parse(text, str(path))


def parse(text: str, name: str = "notebook") -> NotebookNode:
    """The notebook that `text` holds; `name` is for messages."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = f"not JSON ({error})" if text else "it is empty"
        raise NotebookError(f"{name}: is no notebook: {why}. Open it in JupyterLab and save it again.") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        raise NotebookError(
            f"{name}: is no notebook: it has no list of cells. Open it in JupyterLab and save it again."
        )
    if not isinstance(raw.get("metadata"), dict):
        raw["metadata"] = {}
    if raw.get("nbformat") != 4:
        raise NotebookError(
            f"{name}: has notebook format {raw.get('nbformat')!r}; 4 is needed. Save it with a current Jupyter."
        )
    if len(raw["cells"]) > MAX_CELLS:
        raise NotebookError(f"{name}: has {len(raw['cells'])} cells; at most {MAX_CELLS} can be graded.")
    for number, cell in enumerate(raw["cells"], 1):
        _check_shape(cell, f"{name}, cell {number}")
    try:
        return nbformat.v4.to_notebook(raw)  # also joins texts that are stored as lists of lines
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise NotebookError(
            f"{name}: is no notebook: an output, an attachment or metadata has no known form ({error}). "
            "Clear its outputs in JupyterLab and save it again."
        ) from error


def _check_shape(cell: object, where: str) -> None:
    """What the rest of this module relies on, and no more: the source is the judge of everything else."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        raise NotebookError(f"{where}: is neither code nor markdown nor raw text.")
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise NotebookError(f"{where}: its source is not text.")
    # Half of a surrogate pair is no text: no file could be written with it.
    cell["source"] = source.encode("utf-8", "replace").decode("utf-8")
    if cell["cell_type"] == "code" and not isinstance(cell.get("outputs"), list):
        cell["outputs"] = []
    if not isinstance(cell.get("metadata"), dict):
        cell["metadata"] = {}
    if not isinstance(cell["metadata"].get("nbgrader", {}), dict):
        del cell["metadata"]["nbgrader"]


def normal(notebook: NotebookNode, *, outputs: bool = False) -> NotebookNode:
    """`notebook` in the one form in which this project keeps notebooks.

    A cell's id is its grade id (else `cell-N` by position); of the metadata only nbgrader's and tags stay; outputs
    and execution counts go, unless `outputs` (lessons keep them).
    """
    result = copy.deepcopy(notebook)
    result.metadata = nbformat.from_dict(copy.deepcopy(LANGUAGE))
    result.nbformat, result.nbformat_minor = 4, 5
    for number, cell in enumerate(result.cells, 1):
        cell.id = grade_id(cell) or f"cell-{number}"
        cell.source = cell.source.rstrip("\n")
        kept = {key: cell.metadata[key] for key in CELL_METADATA if cell.metadata.get(key) not in (None, True, {}, [])}
        cell.metadata = nbformat.from_dict(kept)
        if not cell.get("attachments"):
            cell.pop("attachments", None)
        if cell.cell_type == "code":
            cell.outputs = [_normal_output(output) for output in cell.get("outputs", [])] if outputs else []
            cell.execution_count = cell.get("execution_count") if outputs else None
    return result


def _normal_output(output: NotebookNode) -> NotebookNode:
    """An output without what changes from run to run and is shown nowhere."""
    if "metadata" in output:
        output.metadata = nbformat.from_dict({})
    return output


def text(notebook: NotebookNode) -> str:
    """The text of the file: sorted keys, one space of indent, a newline at the end."""
    return nbformat.v4.writes(notebook).rstrip("\n") + "\n"


def output(claim: dict) -> NotebookNode:
    """An output of a code cell, from its plain dict."""
    return nbformat.from_dict(claim)


def write(notebook: NotebookNode, path: str | Path) -> None:
    """Write `notebook` to `path` as it is; put it into normal form first where that is wanted."""
    Path(path).write_text(text(notebook), encoding="utf-8")


def fill(notebook: NotebookNode, cells: dict[str, str]) -> NotebookNode:
    """`notebook` with the text of the cells that `cells` names by grade id replaced."""
    result = copy.deepcopy(notebook)
    there = {grade_id(cell): cell for cell in result.cells if grade_id(cell)}
    for name, source in cells.items():
        if name not in there:
            raise NotebookError(f"there is no cell {name!r}; there are {', '.join(sorted(there))}.")
        there[name].source = source
    return result


@dataclass(frozen=True)
class Rebuilt:
    """The notebook that is run for a submission, and what was odd about the one that was submitted."""

    notebook: NotebookNode
    flags: tuple[str, ...] = ()


def rebuild(source: NotebookNode, submission: NotebookNode) -> Rebuilt:
    """The instructor's notebook with the text of the student's cells put in.

    Order, types, metadata, points and every cell of the instructor's come from `source`. Of `submission` only the
    text of the answer cells counts (the first of each name), and cells that the student added: they stay behind the
    cell that they followed, as plain code or text. Stored outputs are dropped.
    """
    known = {grade_id(cell): cell for cell in source.cells if grade_id(cell)}
    found: dict[str, NotebookNode] = {}
    added: dict[str, list[NotebookNode]] = {"": []}
    flags, anchor = [], ""
    for cell in submission.cells:
        name = grade_id(cell)
        if name in found:
            flags.append(f"cell {name!r} is there more than once: the first counts")
        elif name in known:
            found[name], anchor = cell, name
        else:
            if name:
                flags.append(f"cell {name!r} is not of this assignment: it is run as plain code")
            added.setdefault(anchor, []).append(_bare(cell, f"added-{sum(map(len, added.values())) + 1}"))
    flags += [f for name, cell in known.items() for f in _oddities(name, cell, found.get(name))]

    cells = added[""]
    for cell in source.cells:
        name = grade_id(cell)
        if not name:
            continue  # unlocked and without a name: the student's version is among the added cells
        cell = copy.deepcopy(cell)
        if of_student(cell):
            cell.source = found[name].source if name in found else ""
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        cells += [cell, *added.get(name, [])]
    for cell in cells if source.get("nbformat_minor", 5) < 5 else []:  # a format without ids
        cell.pop("id", None)
    return Rebuilt(NotebookNode({**copy.deepcopy(source), "cells": cells}), tuple(flags))


def _bare(cell: NotebookNode, name: str) -> NotebookNode:
    """A cell that the student added: its text alone. nbformat's makers would validate it, at some cost."""
    code = {"cell_type": "code", "execution_count": None, "outputs": []} if cell.cell_type == "code" else {}
    return nbformat.from_dict({"cell_type": "markdown", "id": name, "metadata": {}, "source": cell.source} | code)


def _oddities(name: str, source: NotebookNode, submitted: NotebookNode | None) -> list[str]:
    """What was done to one cell that matters not, but that a teacher wants to know."""
    if submitted is None:
        return [f"cell {name!r} is missing"]
    odd = [f"cell {name!r} was turned into {submitted.cell_type}"] if submitted.cell_type != source.cell_type else []
    if role(submitted) != role(source) or points(submitted) != points(source):
        odd.append(f"cell {name!r} has other marks than the assignment's: those of the assignment count")
    if role(source) is Role.GIVEN and submitted.source.rstrip() != source.source.rstrip():
        odd.append(f"cell {name!r} was edited although it is locked: the assignment's text counts")
    return odd

"""The answer bank: `<bank>/<assignment>/<task>.py`, percent scripts in which each cell is an answer.

    # %% binds by name
    def readings(conn, person, quant): ...

    # %% doubles the quotes  fails=["readings_safe"]
    def readings(conn, person, quant): ...

The title is the idea of the answer, in words that a student will read. Without `fails` an answer earns full marks;
otherwise it fails exactly the checks that it names. A task with several answer cells names them by `cell="…"`, in
cells of one title. Cell magics are commented, as jupytext does it (`# %%writefile job.py`), so that the file
stays Python.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import jupytext
from IPython.core.inputtransformer2 import TransformerManager
from jupytext.stringparser import StringParser

from autograder.model import Answer

# The first line of a cell. A commented magic (`# %%writefile`) has no space there.
MARKER = re.compile(r"\s*#\s*%%(%*\s|$)")
# What a marker may say; the last two are jupytext's own notes.
METADATA = {"title", "fails", "cell", "lines_to_next_cell", "cell_depth"}


class BankError(Exception):
    """A bank file cannot be used. The message names file and line, and says what to do."""


def tasks(bank: Path, assignment: str) -> dict[str, tuple[Answer, ...]]:
    """All answers to `assignment`, by task. BankError where there is no such folder."""
    folder = bank / assignment
    if not folder.is_dir():
        raise BankError(f"{folder}: there is no such folder. Make it, and in it one file a task: <task>.py")
    return {path.stem: read(path) for path in sorted(folder.glob("*.py"))}


def read(path: Path) -> tuple[Answer, ...]:
    """The answers in one file, in its order. BankError where one has no title, no code, or the title of another."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        markers = list(_markers(lines))
        cells = jupytext.reads("\n".join(lines[markers[0] - 1 :]), fmt="py:percent").cells if markers else []
    except (OSError, UnicodeDecodeError, jupytext.formats.JupytextFormatError) as error:
        raise BankError(f"{path}: cannot be read as a percent script ({error}).") from error
    if any(line.strip() and not line.startswith("#") for line in lines[: markers[0] - 1 if markers else None]):
        raise BankError(f"{path}:1: what stands above the first marker belongs to no answer. Make it a comment.")
    answers: dict[str, Answer] = {}
    for cell, line in zip(cells, markers, strict=True):
        if cell.cell_type != "code":
            continue
        answer = _answer(cell, path, line)
        earlier = answers.get(answer.title)
        if earlier and answer.cells.keys() & earlier.cells.keys():
            raise BankError(
                f"{answer.where}: there is an answer {answer.title!r} already ({earlier.where}). Name another idea."
            )
        if earlier:
            fails = tuple(dict.fromkeys(earlier.fails + answer.fails))
            answer = replace(earlier, cells=earlier.cells | answer.cells, fails=fails)
        answers[answer.title] = answer
    return tuple(answers.values())


def _markers(lines: list[str]) -> Iterator[int]:
    """The numbers of the lines at which jupytext cuts the script: the markers, unless they stand in a string."""
    parser = StringParser("python")
    for number, line in enumerate(lines, 1):
        if not parser.is_quoted() and MARKER.match(line):
            yield number
        parser.read_line(line)


def _answer(cell, path: Path, first_line: int) -> Answer:
    where, meta = f"{path}:{first_line}", cell.metadata
    title, fails, target = meta.get("title", "").strip(), meta.get("fails", []), meta.get("cell", path.stem)
    if not title:
        raise BankError(f"{where}: this answer has no title. Write its idea behind the marker: # %% binds by name")
    if not isinstance(fails, list) or not all(isinstance(name, str) for name in fails):
        raise BankError(f'{where}: `fails` is no list of names. Write them in double quotes: fails=["a", "b"]')
    if not isinstance(target, str):
        raise BankError(f'{where}: `cell` is no name of an answer cell. Write cell="{path.stem}"')
    if not set(meta) <= METADATA:
        raise BankError(
            f'{where}: what follows the title {title!r} is not understood. Write fails=["a", "b"] and '
            f'cell="{path.stem}" where they are needed; in the title neither brackets nor `=`.'
        )
    if not cell.source.strip():
        raise BankError(f"{where}: the answer {title!r} has no code.")
    try:
        python = TransformerManager().transform_cell(cell.source)  # magics and !commands become calls
        compile(python, where, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        line = first_line + (error.lineno or 1)
        raise BankError(f"{path}:{line}: the answer {title!r} is not Python: {error.msg}.") from error
    return Answer(path.parent.name, path.stem, title, {target: cell.source}, tuple(fails), where)


def classmates(bank: dict[str, tuple[Answer, ...]], count: int | None = None) -> list[tuple[Answer, ...]]:
    """Submissions made from the bank: the k-th takes the k-th answer to every task, and begins anew where they end.

    `count` submissions; without it as few as hold every answer once.
    """
    if count is None:
        count = max((len(answers) for answers in bank.values()), default=0)
    columns = [islice(cycle(answers), count) for answers in bank.values() if answers]
    return list(zip(*columns, strict=True))

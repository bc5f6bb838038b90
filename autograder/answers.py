"""The answer bank: `<bank>/<assignment>/<task>.py`, percent scripts in which each cell is an answer.

    # %% binds by name
    def readings(conn, person, quant): ...

    # %% doubles the quotes  fails=["readings_safe"]
    def readings(conn, person, quant): ...

The title is the idea of the answer, in words that a student will read. Without `fails` an answer earns full marks;
otherwise it fails exactly the checks that it names. A task with several answer cells names them by `cell="…"`, in
cells of one title.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import jupytext

from autograder.model import Answer

MARKER = "# %%"


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
        script = path.read_text(encoding="utf-8")
        cells = [cell for cell in jupytext.reads(script, fmt="py:percent").cells if cell.cell_type == "code"]
    except (OSError, UnicodeDecodeError, jupytext.formats.JupytextFormatError) as error:
        raise BankError(f"{path}: cannot be read as a percent script ({error}).") from error
    answers: dict[str, Answer] = {}
    for cell, line in zip(cells, _lines_of_code_cells(script), strict=False):
        where = f"{path}:{line}"
        answer = _answer(cell, path, where)
        earlier = answers.get(answer.title)
        if earlier and answer.cells.keys() & earlier.cells.keys():
            raise BankError(
                f"{where}: there is an answer {answer.title!r} already ({earlier.where}). Name another idea."
            )
        if earlier:
            answer = Answer(
                earlier.assignment,
                earlier.task,
                earlier.title,
                earlier.cells | answer.cells,
                earlier.fails,
                earlier.where,
            )
        answers[answer.title] = answer
    return tuple(answers.values())


def _lines_of_code_cells(script: str) -> Iterator[int]:
    for number, line in enumerate(script.splitlines(), 1):
        if line.startswith(MARKER) and not line.removeprefix(MARKER).lstrip().startswith(
            ("[markdown]", "[md]", "[raw]")
        ):
            yield number


def _answer(cell, path: Path, where: str) -> Answer:
    title = cell.metadata.get("title", "").strip()
    if not title:
        raise BankError(f"{where}: this answer has no title. Write its idea behind the marker: {MARKER} binds by name")
    if "fails=" in title:
        raise BankError(f'{where}: `fails` does not parse. Write a list of names in double quotes: fails=["a", "b"]')
    fails = cell.metadata.get("fails", [])
    if not isinstance(fails, list) or not all(isinstance(name, str) for name in fails):
        raise BankError(f'{where}: `fails` is no list of names. Write fails=["a", "b"]')
    if not cell.source.strip():
        raise BankError(f"{where}: the answer {title!r} has no code.")
    try:
        compile(cell.source, where, "exec")
    except SyntaxError as error:
        line = int(where.rpartition(":")[2]) + (error.lineno or 1)
        raise BankError(f"{path}:{line}: the answer {title!r} is not Python: {error.msg}.") from error
    target = cell.metadata.get("cell", path.stem)
    return Answer(path.parent.name, path.stem, title, {target: cell.source}, tuple(fails), where)


def classmates(bank: dict[str, tuple[Answer, ...]], count: int | None = None) -> list[tuple[Answer, ...]]:
    """Submissions made from the bank: the k-th takes the k-th answer to every task, and begins anew where they end.

    `count` submissions; without it as few as hold every answer once.
    """
    if count is None:
        count = max((len(answers) for answers in bank.values()), default=0)
    columns = [islice(cycle(answers), count) for answers in bank.values() if answers]
    return list(zip(*columns, strict=True))

"""Notebooks to put in order and to make scripts of, made up from a seed.

    for m in mixed(8, seed="my seed"):
        cells = runnable_order(m.notebook)
        that(outputs([cell["id"] for cell in cells], m.notebook) == m.prints, …)

A notebook is a plain dict, as `nbformat.read` gives it. It is written in an order that runs, and what its cells
print is noted then; what is handed out has cells moved.
"""

from __future__ import annotations

import ast
import contextlib
import io
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

Book = dict[str, Any]
WORDS = ("total", "level", "amount", "balance")
TEXTS = (
    "# The readings",
    "The *mean* is what matters.",
    "Careful: this cell was run twice.",
    "## Next\n\nIs it right?",
)
# Text that somebody could take for code, or that ends a string too early.
PROSE = (
    "total = 0",
    "Do not do this:\n\n```python\nvalues = []\ntotal = -1\n```",
    "It's \"\"\"quoted\"\"\", and '''so is this'''.",
    "A path of Windows: C:\\Users\\New, and a backslash at the end \\",
    "    indented = 'by four blanks'",
    "raise SystemExit('this is a sentence, and no order')",
)


class CellError(Exception):
    """A cell cannot run where it stands. The message names it, and what it raised."""


@dataclass(frozen=True)
class Mixed:
    """A notebook whose cells do not run from top to bottom, with what each code cell prints where all is well."""

    about: str
    notebook: Book = field(hash=False)
    prints: dict[str, str] = field(hash=False)


@dataclass(frozen=True)
class Analysis:
    """A notebook that writes `result` to the file result.json, as JSON; `prose` are the lines of its text."""

    about: str
    notebook: Book = field(hash=False)
    result: dict[str, int] = field(hash=False)
    prose: tuple[str, ...] = ()


def cell(kind: str, source: str, id: str = "", *, count: int | None = None, prints: str = "") -> Book:
    """One cell as a plain dict. `count` is its execution count, `prints` what is stored as its output."""
    made: Book = {"cell_type": kind, "id": id, "metadata": {}, "source": source}
    if kind == "code":
        shown = [{"output_type": "stream", "name": "stdout", "text": prints}] if prints else []
        made |= {"execution_count": count, "outputs": shown}
    return made


def book(cells: Sequence[Book]) -> Book:
    """A notebook of these cells, as a plain dict. Cells without an id get one."""
    cells = [{**each, "id": each["id"] or f"cell-{place}"} for place, each in enumerate(cells, 1)]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def outputs(order: Sequence[str], notebook: Book) -> dict[str, str]:
    """What the code cells with these ids print when they run in this order, each by its id, as in a new kernel.

    The text of the cells is that of `notebook`, so it is ours; ids that it does not have are passed over. CellError
    where a cell raises.
    """
    cells = {each["id"]: each["source"] for each in notebook["cells"] if each["cell_type"] == "code"}
    names: dict[str, Any] = {"__name__": "__main__"}
    return {id: _printed(cells[id], names) for id in order if id in cells}


def _printed(source: str, names: dict[str, Any]) -> str:
    """What a cell prints, with the value of an expression on its last line."""
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    stream = io.StringIO()
    try:
        with contextlib.redirect_stdout(stream):
            exec(compile(tree, "<cell>", "exec"), names)
            value = eval(compile(last, "<cell>", "eval"), names) if last else None
    except Exception as error:  # whatever a cell raises where it does not belong
        line = source.splitlines()[0]
        raise CellError(f"The cell that begins with `{line}` raises {type(error).__name__}: {error}") from None
    return stream.getvalue() + ("" if value is None else f"{value!r}\n")


def mixed(n: int, *, seed: str) -> tuple[Mixed, ...]:
    """`n` notebooks. In each a cell that others need stands below them, and was run last; names are bound anew."""
    return tuple(_mixed(number, Random(f"mixed {number} of {seed}")) for number in range(n))


def _mixed(number: int, rng: Random) -> Mixed:
    name, factor, more = rng.choice(WORDS), rng.randint(2, 5), rng.randint(6, 40)
    rows = [(rng.choice(("DR-1", "MSK-4")), rng.randint(1, 99)) for _ in range(rng.randint(3, 6))]
    show = f'print(f"now {{{name}}}")'
    movable = {"import math", "import sqlite3", f"FACTOR = {factor}"}
    scaled = "def scaled(value):\n    return math.floor(value * FACTOR / 2)"
    sources = [
        "import math",
        "import sqlite3",
        'conn = sqlite3.connect(":memory:")',
        f'conn.execute("create table Reading (site text, value integer)")\n'
        f'conn.executemany("insert into Reading values (?, ?)", {rows})\nconn.commit()',
        'values = [value for (value,) in conn.execute("select value from Reading order by value")]',
        f"FACTOR = {factor}",
        scaled,
        f"{name} = sum(scaled(value) for value in values)",
        show,
        f"{name} = {name} + {more}",
        show,
        f"{name} *= 2",
        name,
        'conn.execute("update Reading set value = value + 1")\nconn.commit()',
        'conn.execute("select sum(value) from Reading").fetchone()[0]',
    ]
    ids = [f"{rng.getrandbits(32):08x}" for _ in sources]
    # What the first cells need moves below the cell that needs it; the kinds take turns.
    moved = [[f"FACTOR = {factor}"], [scaled, "import math"], ["import sqlite3"], [*movable, scaled]][number % 4]
    right = book([cell("code", source, id) for source, id in zip(sources, ids, strict=True)])
    prints = outputs(ids, right)
    again = rng.choice(moved)
    counts = {source: place + len(sources) * (source == again) for place, source in enumerate(sources, 1)}
    cells = [
        cell("code", source, id, count=None if source == name else counts[source], prints=prints[id])
        for source, id in zip(sources, ids, strict=True)
    ]
    stay = [each for each in cells if each["source"] not in moved]
    for each in (each for each in cells if each["source"] in moved):
        below = next(place for place, other in enumerate(stay) if other["source"] in (sources[2], sources[7]))
        if each["source"] != "import sqlite3":
            below = next(place for place, other in enumerate(stay) if other["source"] == sources[7])
        stay.insert(rng.randint(below + 1, len(stay)), each)
    for text in rng.sample(TEXTS, 2):
        stay.insert(rng.randint(0, len(stay)), cell("markdown", text, f"{rng.getrandbits(32):08x}"))
    stay.insert(rng.randint(0, len(stay)), cell("raw", "export: no", f"{rng.getrandbits(32):08x}"))
    about = (
        f"a notebook of {len(sources)} code cells in which {', '.join(m.splitlines()[0] for m in moved)} stands too low"
    )
    return Mixed(about, book(stay), prints)


def analyses(n: int, *, seed: str, text: bool = False, plots: bool = False) -> tuple[Analysis, ...]:
    """`n` notebooks with magics in them; with `text`, cells of text and raw cells, too; with `plots`, plots instead."""
    return tuple(_analysis(Random(f"analysis {number} of {seed}"), number, text, plots) for number in range(n))


def _analysis(rng: Random, number: int, text: bool, plots: bool) -> Analysis:
    values = [rng.randint(1, 99) for _ in range(rng.randint(3, 8))]
    more = rng.randint(100, 999)
    result = {"total": sum(values) + more, "count": len(values) + number}
    cells = [
        cell("code", "import json\nfrom pathlib import Path", count=1),
        cell("code", f"values = {values}\ntotal = 0\ncount = {number}\nvalues", count=7, prints=f"{values}\n"),
    ]
    if plots:
        cells += [
            cell("code", "%matplotlib inline\nimport matplotlib.pyplot as plt", count=2),
            cell("code", "plt.plot(values)\nplt.show()", count=3),
        ]
    else:
        cells += [
            cell("code", rng.choice(("!ls", "%pwd", "%load_ext autoreload\n%autoreload 2", "!pip list")), count=2),
            cell("code", rng.choice(("Path?", "?Path", "%timeit -n 1 -r 1 sum(values)")), count=None),
            cell("code", rng.choice(("%%bash\necho total = 0", "%%html\n<b>total = 0</b>")), count=4),
        ]
    times = ["%time total = sum(values)", "%%time\ntotal = sum(values)\ntotal"]
    cells += [
        cell("code", times[number % 2] if not plots else "total = sum(values)", count=5, prints="Wall time: 3 µs\n"),
        cell(
            "code",
            f"# {more} is the blank\ntotal += {more}\n%time count += len(values)"
            if not plots
            else f"total += {more}\ncount += len(values)",
            count=6,
            prints=f"total = {more}\nOut of {sum(values)}\n",
        ),
        cell(
            "code", 'Path("result.json").write_text(json.dumps({"total": total, "count": count}))', count=9, prints="32"
        ),
    ]
    cells.insert(rng.randint(2, len(cells) - 1), cell("code", ""))  # as everybody leaves some
    prose = rng.sample(PROSE, 3) if text else []
    for words in prose:
        cells.insert(rng.randint(2, len(cells) - 1), cell("markdown", words))
    if text:
        cells.insert(0, cell("markdown", "# What was measured\n\nBy *Frank Pabodie*."))
        cells.insert(rng.randint(2, len(cells) - 1), cell("raw", "total = 1\ncount = 1"))
        prose.append("# What was measured\n\nBy *Frank Pabodie*.")
    lines = tuple(line.strip() for words in prose for line in words.splitlines() if line.strip())
    kinds = "plots" if plots else "magics and text" if text else "magics"
    return Analysis(f"a notebook with {kinds}", book(cells), result, lines)


def lost(script: str, analysis: Analysis) -> list[str]:
    """The lines of an analysis' text that are no lines of the text in a script, or the ends of such."""
    there = [line.rstrip() for line in text_of(script).splitlines()]
    return [line for line in analysis.prose if not any(each.endswith(line) for each in there)]


def text_of(script: str) -> str:
    """The comments of a script, and its strings that stand for themselves; empty where it is no Python."""
    try:
        tokens = tokenize.generate_tokens(io.StringIO(script).readline)
        comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
        nodes = ast.walk(ast.parse(script))
    except (SyntaxError, ValueError, tokenize.TokenError):
        return ""
    return "\n".join(comments + [str(n.value.value) for n in nodes if isinstance(n, ast.Expr) and _is_text(n.value)])


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)

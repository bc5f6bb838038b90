"""A small assignment, its answer bank and its cells, built from strings: what tests are made of."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import notebook

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "toy"


def code(source: str, name: str = "", **marks) -> NotebookNode:
    """A code cell; with a name it gets nbgrader's metadata: grade, solution, locked, points, task."""
    return _marked(nbformat.v4.new_code_cell(source), name, marks)


def prose(source: str, name: str = "", **marks) -> NotebookNode:
    """A Markdown cell, marked in the same way."""
    return _marked(nbformat.v4.new_markdown_cell(source), name, marks)


def _marked(cell: NotebookNode, name: str, marks: dict) -> NotebookNode:
    if name:
        flags = dict.fromkeys(("grade", "solution", "locked", "task"), False)
        cell.metadata["nbgrader"] = nbformat.from_dict({"schema_version": 3, "grade_id": name} | flags | marks)
    return cell


def answer(name: str, source: str) -> NotebookNode:
    """The student's cell."""
    return code(source, name, solution=True)


def check(name: str, source: str, points: float = 1) -> NotebookNode:
    """A cell that is worth points."""
    return code(source, name, grade=True, locked=True, points=points)


def prompt(name: str, text: str) -> NotebookNode:
    """A locked cell of text."""
    return prose(text, name, locked=True)


def book(*cells: NotebookNode) -> NotebookNode:
    """A notebook of these cells, in normal form."""
    return notebook.normal(nbformat.v4.new_notebook(cells=list(cells)))


DOUBLE = '''def double(x):
    """Twice `x`."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION'''

LONGEST = '''def longest(words):
    """The longest word, the first of several; None where there is none."""
    ### BEGIN SOLUTION
    return max(words, key=len, default=None)
    ### END SOLUTION'''


def source() -> NotebookNode:
    """The assignment as its teacher writes it: two tasks, five checks, nine points."""
    return book(
        prompt("intro", "# Toy"),
        code("import math", "setup", locked=True),
        prompt("double_prompt", "Write `double`."),
        answer("double", DOUBLE),
        check("double_numbers", hidden("assert double(2) == 4", "assert double(-21) == -42"), 2),
        check("double_text", hidden('assert double("ab") == "abab"', 'assert double("") == ""'), 1),
        prompt("longest_prompt", "Write `longest`."),
        answer("longest", LONGEST),
        check("longest_values", hidden('assert longest(["a", "bcd"]) == "bcd"', 'assert longest(["é"]) == "é"'), 3),
        check("longest_first", hidden("", 'assert longest(["ab", "cd"]) == "ab"'), 2),
        check("longest_none", hidden("", "assert longest([]) is None, 'no words, no longest word'"), 1),
    )


def hidden(visible: str, rest: str) -> str:
    """A check with a visible part and a hidden one."""
    return f"{visible}\n### BEGIN HIDDEN TESTS\n{rest}\n### END HIDDEN TESTS".lstrip("\n")


BANK = {
    "double": """
# %% multiplies
def double(x):
    return x * 2

# %% adds
def double(x):
    return x + x

# %% shifts what is a number
def double(x):
    return x << 1 if isinstance(x, int) else x + x

# %% squares  fails=["double_numbers", "double_text"]
def double(x):
    return x**2

# %% knows numbers alone  fails=["double_text"]
def double(x):
    return int(x) * 2

# %% forgets the sign  fails=["double_numbers"]
def double(x):
    return abs(x) * 2 if isinstance(x, int) else x * 2

# %% prints  fails=["double_numbers", "double_text"]
def double(x):
    print(2 * x)
""",
    "longest": """
# %% max with a default
def longest(words):
    return max(words, key=len, default=None)

# %% a stable sort
def longest(words):
    return sorted(words, key=len, reverse=True)[0] if words else None

# %% a loop
def longest(words):
    best = None
    for word in words:
        if best is None or len(word) > len(best):
            best = word
    return best

# %% takes the last of several  fails=["longest_first"]
def longest(words):
    return sorted(words, key=len)[-1] if words else None

# %% forgets the empty list  fails=["longest_none"]
def longest(words):
    return max(words, key=len)

# %% compares the alphabet  fails=["longest_first"]
def longest(words):
    return max(words, default=None)

# %% returns the length  fails=["longest_values", "longest_first"]
def longest(words):
    return max(map(len, words), default=None)
""",
}


def course(folder: Path) -> Path:
    """A course of this one assignment in `folder`: `source/` and `answers/`."""
    place = folder / "source" / ASSIGNMENT
    place.mkdir(parents=True)
    notebook.write(source(), place / f"{ASSIGNMENT}.ipynb")
    bank(folder / "answers")
    return folder


def bank(folder: Path) -> Path:
    """The answer bank as files below `folder`."""
    place = folder / ASSIGNMENT
    place.mkdir(parents=True)
    for task, script in BANK.items():
        (place / f"{task}.py").write_text(script, encoding="utf-8")
    return folder

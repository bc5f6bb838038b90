"""A small assignment that keeps every promise, and courses of many such, each with a fault of its own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import toy

from autograder import commands, notebook

ROOT = Path(__file__).parents[1]
HINT = "<details><summary><strong>Hint</strong></summary>\n\nMultiply.\n\n</details>"
SOLUTION = '''def double(x):
    """Twice `x`, which is a number or a text."""
    ### BEGIN SOLUTION
    return x * len('ab')
    ### END SOLUTION'''
NUMBERS = """calling(double, 2).returns(4, hint="Twice.")
### BEGIN HIDDEN TESTS
from random import Random

numbers = Random("seed 7")
for _ in range(9):
    x = numbers.randint(-99, 99)
    calling(double, x).on("a number").returns(x + x, hint="Numbers below 0, too.")
calling(double, -3).on("a number below 0").returns(-6)
### END HIDDEN TESTS"""
TEXT = """### BEGIN HIDDEN TESTS
calling(double, "ab").on("a text").returns("abab", hint="A text twice is the text, and once more the text.")
calling(double, "").on("an empty text").returns("")
### END HIDDEN TESTS"""
BANK = """# %% adds
def double(x):
    return x + x

# %% multiplies
def double(x):
    return 2 * x

# %% squares  fails=["double_numbers", "double_text"]
def double(x):
    return x**2

# %% knows numbers alone  fails=["double_text"]
def double(x):
    return int(x) * 2

# %% forgets the sign  fails=["double_numbers"]
def double(x):
    return abs(x) * 2 if isinstance(x, int) else x * 2

# %% triples  fails=["double_numbers", "double_text"]
def double(x):
    return x * 3
"""


def cells() -> dict[str, notebook.NotebookNode]:
    """The cells of the assignment, by name."""
    made = [
        toy.prompt("title", "# Twice"),
        toy.code("from autograder import evidence\nfrom course.check import calling, that", "setup", locked=True),
        toy.prompt("double_prompt", f"Write `double`.\n\n{HINT}"),
        toy.answer("double", SOLUTION),
        toy.check("double_numbers", NUMBERS, 2),
        toy.check("double_text", TEXT, 1),
    ]
    return {notebook.grade_id(cell): cell for cell in made}


class Assignment:
    """An assignment in the making: its cells and its bank can be changed before it is written, its files after."""

    def __init__(self, root: Path, name: str):
        self.root, self.name, self.cells, self.bank = root, name, cells(), BANK
        self.source = root / "source" / name / f"{name}.ipynb"
        self.release = root / "release" / name / f"{name}.ipynb"
        self.answers = root / "tests" / "answers" / name / "double.py"

    def edit(self, cell: str, old: str, new: str) -> None:
        """Change the text of a cell."""
        assert old in self.cells[cell].source
        self.cells[cell].source = self.cells[cell].source.replace(old, new)

    def answer(self, old: str, new: str) -> None:
        """Change the bank."""
        assert old in self.bank
        self.bank = self.bank.replace(old, new)

    def rewrite(self, path: Path, old: str, new: str) -> None:
        """Change a file that is written."""
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self) -> None:
        """Write source and bank."""
        for path in (self.source, self.answers):
            path.parent.mkdir(parents=True)
        notebook.write(toy.book(*self.cells.values()), self.source)
        self.answers.write_text(self.bank, encoding="utf-8")


Fault = Callable[[Assignment], None]


def course(
    root: Path, before: dict[str, Fault], after: dict[str, Fault], *, fresh: bool = True
) -> dict[str, Assignment]:
    """A course in `root`: an assignment for each fault, which it is given before or after its release is made.

    nbgrader makes it, of each one; or, unless it is to be `fresh`, of one, and of those whose answer cell is another.
    """
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "nbval.cfg", root / "tests")
    made = {name: Assignment(root, name) for name in (*before, *after)}
    for name, assignment in made.items():
        before.get(name, lambda assignment: None)(assignment)
        assignment.write()
    own = [name for name, one in made.items() if fresh or one.cells["double"].source != SOLUTION]
    like = next((name for name in made if name not in own), None)
    generated = [*own, *([like] if like else [])]
    commands.run(commands.line(*(["nbgrader", "generate_assignment", name] for name in generated)), root)
    for name in (name for name in made if name not in generated):
        made[name].release.parent.mkdir()
        shutil.copy(made[like].release, made[name].release)
    for name, fault in after.items():
        fault(made[name])
    return made

"""Promises about how an assignment is written. Nothing is run for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder import notebook
from autograder.notebook import Role
from autograder.verify.assignment import PROMPT, Assignment, Task
from autograder.verify.exceptions import FILE
from autograder.verify.problem import Problem, listed

WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
UNFINISHED = re.compile(r"\bTODO\b")
HINT = re.compile(r"<summary>\W*(<strong>)?\s*Hint", re.IGNORECASE)
BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
# How many answers a task has at least. The reference is a right one, too.
RIGHT, WRONG = 2, 4


def files(assignment: Assignment) -> Iterator[Problem]:
    """Every assignment has a source, a release and a bank, every task a file of answers, and no file is left over."""
    yield from assignment.problems
    folder = assignment.bank_path
    if not folder.is_dir():
        yield Problem("files", assignment.near(folder), "is missing.", "Make it, and in it one file a task: <task>.py")
        return
    for path in sorted(folder.iterdir()):
        if path.suffix != ".py" and path.name not in (FILE, "__pycache__"):
            fix = f"Answers are in <task>.py, exceptions in {FILE}. Delete it, or keep it elsewhere."
            yield Problem("files", assignment.near(path), "is a stray file: nothing reads it.", fix)
    if assignment.source is None:
        return
    stems = {path.stem for path in folder.glob("*.py")}
    for stem in sorted(stems - set(assignment.tasks)):
        what = f"there is no task {stem!r} in {assignment.near(assignment.source_path)}: {listed(assignment.tasks)}."
        yield Problem("files", assignment.near(folder / f"{stem}.py"), what, "Rename or delete it.")
    for task in sorted(set(assignment.tasks) - stems):
        fix = f"Write {RIGHT} right answers and {WRONG} wrong ones there."
        yield Problem("files", assignment.near(folder / f"{task}.py"), f"is missing: the task {task!r} has none.", fix)
    for path in sorted(assignment.source_path.parent.glob("*.ipynb")):
        if path != assignment.source_path:
            fix = f"An assignment is one notebook, {assignment.name}.ipynb. Move the other."
            yield Problem("files", assignment.near(path), "is a second notebook.", fix)


def form(assignment: Assignment) -> Iterator[Problem]:
    """Notebooks are kept in normal form, so that a diff shows what was changed and nothing else."""
    for path, book in ((assignment.source_path, assignment.source), (assignment.release_path, assignment.release)):
        if book is not None and path.read_text(encoding="utf-8") != notebook.text(notebook.normal(book)):
            shown = assignment.near(path)
            fix = (
                f"Put it there: autograder new {assignment.name}"
                if book is assignment.source
                else "Make it anew: make release"
            )
            yield Problem("form", shown, "is not in normal form.", fix)


def tasks(assignment: Assignment) -> Iterator[Problem]:
    """Every task has a prompt with a hint, an answer cell with a solution, a visible check and a hidden one."""
    if not assignment.tasks:
        fix = f"Add one: autograder new {assignment.name} <task>"
        yield Problem("tasks", assignment.near(assignment.source_path), "has no task.", fix)
    for task in assignment.tasks.values():
        yield from _task(assignment, task)
    for name in assignment.points:
        if not any(name in task.checks for task in assignment.tasks.values()):
            fix = f"Name it <task>_<what>; tasks are {listed(assignment.tasks)}."
            yield Problem("tasks", assignment.at(name), "is a check of no task.", fix)
    for name in assignment.cells:
        if not WORD.fullmatch(name):
            yield Problem("tasks", assignment.at(name), "has a name that is no word.", "Use a-z, 0-9 and _ alone.")
        if UNFINISHED.search(assignment.cells[name].source):
            yield Problem("tasks", assignment.at(name), "still says TODO.", "Write it out.")


def _task(assignment: Assignment, task: Task) -> Iterator[Problem]:
    prompt, cells = assignment.cells.get(task.name + PROMPT), assignment.cells
    if prompt is None or prompt.cell_type != "markdown" or notebook.role(prompt) is not Role.GIVEN:
        fix = f"Add a locked text cell {task.name + PROMPT!r} that says what is asked for."
        yield Problem("tasks", assignment.at(task.name), "has no prompt.", fix)
    elif not HINT.search(prompt.source):
        fix = "End it with <details><summary><strong>Hint</strong></summary> … </details>"
        yield Problem("tasks", assignment.at(task.name + PROMPT), "has no hint.", fix)
    if not task.cells:
        fix = f"Add an answer cell {task.name!r} with the solution in it."
        yield Problem("tasks", assignment.at(task.name + PROMPT), "has no answer cell.", fix)
    for name in task.cells:
        lines = [line.strip() for line in cells[name].source.splitlines()]
        if BEGIN_SOLUTION not in lines or END_SOLUTION not in lines[lines.index(BEGIN_SOLUTION) :]:
            fix = f"Put the solution between {BEGIN_SOLUTION} and {END_SOLUTION}: else students get it."
            yield Problem("tasks", assignment.at(name), "has no solution.", fix)
    where = assignment.at(task.name if task.name in cells else task.name + PROMPT)
    parts = [parts_of(cells[check].source) for check in task.checks]
    if not any(visible.strip() for visible, _ in parts):
        yield Problem("tasks", where, "has no visible check.", "Show at least one case: students begin with it.")
    if not any(hidden.strip() for _, hidden in parts):
        fix = f"Put other cases between {BEGIN_HIDDEN} and {END_HIDDEN}: what is seen can be answered by heart."
        yield Problem("tasks", where, "has no hidden check.", fix)
    for check in task.checks:
        if assignment.points[check] <= 0:
            yield Problem("tasks", assignment.at(check), "is a check without points.", "Give it some, or drop it.")
        if any(list(cells).index(check) < list(cells).index(name) for name in task.cells):
            yield Problem("tasks", assignment.at(check), "stands above the answer.", "Move it below.")


def parts_of(text: str) -> tuple[str, str]:
    """The visible lines of a check and the hidden ones; markers are in neither."""
    parts, place = ([], []), 0
    for line in text.splitlines():
        if line.strip() in (BEGIN_HIDDEN, END_HIDDEN):
            place = int(line.strip() == BEGIN_HIDDEN)
        else:
            parts[place].append(line)
    return "\n".join(parts[0]), "\n".join(parts[1])


def named(assignment: Assignment) -> Iterator[Problem]:
    """Answers name cells and checks that exist. Others are not judged, so this is said wherever answers are."""
    for name, task in assignment.tasks.items():
        for answer in assignment.bank.get(name, ()):
            where = assignment.near(answer.where)
            for cell in sorted(set(answer.cells) - set(task.cells)):
                fix = f"Answer cells of {name!r}: {listed(task.cells)}."
                yield Problem("bank", where, f"fills {cell!r}, which is no answer cell of this task.", fix)
            for check in sorted(set(answer.fails) - set(task.checks)):
                fix = f"Its checks: {listed(task.checks)}."
                yield Problem("bank", where, f"fails {check!r}, which is no check of this task.", fix)


def bank(assignment: Assignment) -> Iterator[Problem]:
    """A task has enough answers, right ones and wrong ones, and some answer fails every check."""
    for name, task in assignment.tasks.items():
        if name not in assignment.bank:
            continue
        answers = assignment.bank[name]
        path = assignment.near(assignment.bank_path / f"{name}.py")
        right = sum(answer.right for answer in answers)
        if right < RIGHT:
            fix = f"Write {RIGHT}: other ways that are just as right must earn full marks."
            yield Problem("bank", path, f"has {right} right answers besides the reference.", fix)
        if (wrong := len(answers) - right) < WRONG:
            fix = f"Write {WRONG}: each a mistake that students make, with the checks that it fails."
            yield Problem("bank", path, f"has {wrong} wrong answers.", fix)
        for check in sorted(set(task.checks) - {check for answer in answers for check in answer.fails}):
            fix = f"Add the answer to {path}, or drop the check."
            yield Problem("bank", assignment.at(check), "is unproven: no wrong answer fails it.", fix)

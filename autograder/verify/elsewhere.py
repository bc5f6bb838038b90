"""Promises about what comes out elsewhere: in stock nbgrader, with other seeds, on a machine that is busy."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder import notebook
from autograder.model import Result, Tell
from autograder.notebook import NotebookNode, Role
from autograder.verify import memory
from autograder.verify.assignment import Assignment
from autograder.verify.grading import Asked, Grades
from autograder.verify.memory import Memory
from autograder.verify.problem import Problem, listed
from autograder.verify.submissions import Submission
from autograder.verify.verdicts import by_check, failed_checks, stale

# So many submissions share a kernel of stock nbgrader.
TOGETHER = 12
# Seeds are raised by so much; so many submissions run at once for each processor.
OTHER_SEEDS, LOAD = 1_000_000, 3
STOCK, BUSY = "Stock nbgrader", "Other seeds, on a busy machine"
ELSEWHERE, AGAIN = "other seeds, busy", "again"


def in_stock(
    assignments: Sequence[Assignment],
    grades: Grades,
    submissions: dict[str, list[Submission]],
    memories: dict[str, Memory],
    workers: int,
    tell: Tell,
) -> Iterator[Problem]:
    """The bank earns the same in stock nbgrader, where checks run beside the answers, or its exceptions say why not.

    What comes out otherwise beside others is tried again in a kernel of its own.
    """
    from autograder import stock  # imports nbgrader, which takes a second, and is for this promise alone

    asked = {f"{each.name}/{of.name}": (each, of) for each in assignments for of in submissions[each.name]}
    keys = {name: _stock_key(*pair) for name, pair in asked.items()}
    scores = {name: memories[each.name].get(keys[name]) for name, (each, _) in asked.items()}
    left = {name: (of.notebook, each.files) for name, (each, of) in asked.items() if scores[name] is None}
    tell(STOCK, len(asked) - len(left), len(asked))
    new = stock.scores(left, workers, TOGETHER) if left else ()
    for number, (name, found) in enumerate(new, len(asked) - len(left) + 1):
        scores[name] = found
        tell(STOCK, number, len(asked))
    used: set[tuple[str, str, str]] = set()
    for name, (assignment, submission) in asked.items():
        ours = {check: outcome.points for check, outcome in by_check(grades.of(assignment, submission)).items()}
        if scores[name] != ours and name in left:
            scores[name] = stock.alone(*left[name])
        odd = list(_compared(assignment, submission, ours, scores[name], used))
        yield from odd
        if not odd:
            memories[assignment.name].keep(keys[name], scores[name])
    for assignment in assignments:
        used_here = {(title, check) for name, title, check in used if name == assignment.name}
        for pair in sorted(set(assignment.exceptions.stock) - used_here):
            yield stale(assignment, "stock", pair)


def _stock_key(assignment: Assignment, submission: Submission) -> str:
    return memory.key("stock", memory.code(submission.notebook), dict(assignment.files))


def _compared(
    assignment: Assignment,
    submission: Submission,
    ours: dict[str, float],
    theirs: dict[str, float] | str,
    used: set[tuple],
) -> Iterator[Problem]:
    """Where the points that stock nbgrader gives are others. `used` gets the exceptions that are made use of."""
    of = assignment.name, submission.name
    if isinstance(theirs, str):
        what = f"stock nbgrader cannot grade it: {theirs}"
        fix = "Let no answer of the bank, and no check, end the kernel."
        yield Problem("stock", _places(assignment, submission), what, fix, of)
        return
    for check in (check for check in ours if theirs.get(check) != ours[check]):
        task = next((task.name for task in assignment.tasks.values() if check in task.checks), "")
        holds = submission.holds.get(task)
        pair = (holds.title if holds else submission.name, check)
        used.add((assignment.name, *pair))
        if pair in assignment.exceptions.stock:
            continue
        where = assignment.near(holds.where) if holds else assignment.at(check)
        what = f"{pair[0]!r} gets {theirs.get(check)} points for {check!r} in stock nbgrader, and {ours[check]:g} here."
        fix = "Let the check end in no expression and say nothing on stderr, or list it in exceptions.toml."
        yield Problem("stock", where, what, fix, of)


def reseeded(source: NotebookNode, offset: int) -> NotebookNode:
    """The source with every number that its checks give as `seed=` raised by `offset`."""
    checks = {notebook.grade_id(cell): cell.source for cell in source.cells if notebook.role(cell) is Role.CHECK}
    return notebook.fill(source, {name: _raised(text, offset) for name, text in checks.items()})


def _raised(text: str, offset: int) -> str:
    try:
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.keyword) and node.arg == "seed"]
    except SyntaxError:
        return text
    seeds = [node.value for node in calls if isinstance(node.value, ast.Constant) and type(node.value.value) is int]
    lines = text.encode().splitlines(keepends=True)
    for node in sorted(seeds, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        line = lines[node.lineno - 1]
        new = str(node.value + offset).encode()
        lines[node.lineno - 1] = line[: node.col_offset] + new + line[node.end_col_offset :]
    return b"".join(lines).decode()


def repeated(
    assignments: Sequence[Assignment], grades: Grades, submissions: dict[str, list[Submission]], workers: int, tell
) -> Iterator[Problem]:
    """With other seeds, and on a busy machine, the bank fails the same checks: none is won or lost by chance.

    What comes out otherwise is graded once more as it was at first, to tell a check that knows its seeds by heart from
    one that says now this and now that.
    """
    others = {each.name: reseeded(each.source, OTHER_SEEDS) for each in assignments}
    asked = [Asked(each, s, BUSY, ELSEWHERE, others[each.name]) for each in assignments for s in submissions[each.name]]
    grades.grade(asked, tell, workers=workers * LOAD)
    odd = [one for one in asked if _differ(one.assignment, grades, one.submission, ELSEWHERE)]
    if odd:
        grades.grade([Asked(one.assignment, one.submission, BUSY, AGAIN) for one in odd], tell)
    for one in odd:
        assignment, submission = one.assignment, one.submission
        flaky = _differ(assignment, grades, submission, AGAIN)
        for check, task in {**_differ(assignment, grades, submission, ELSEWHERE), **flaky}.items():
            holds = submission.holds.get(task)
            title = holds.title if holds else submission.name
            result = grades.of(assignment, submission, AGAIN if check in flaky else ELSEWHERE)
            outcome = by_check(result)[check]
            if check in flaky:
                what = f"is flaky: of {title!r} it said {outcome.verdict} the second time, and not the first."
                fix = "Let nothing in it depend on chance, on a clock, or on the order of a set."
            else:
                what = f"says {outcome.verdict} of {title!r} with other seeds, or on a busy machine, and not as it is."
                fix = "Plant the case that tells: random data does so now and then."
            yield Problem("repeated", assignment.at(check), what, fix, (assignment.name, submission.name))


def _differ(assignment: Assignment, grades: Grades, submission: Submission, variant: str) -> dict[str, str]:
    """The checks of which a variant says something else, with their tasks."""
    results: list[Result] = [grades.of(assignment, submission), grades.of(assignment, submission, variant)]
    found = {}
    for task in assignment.tasks if submission.holds == {} else submission.holds:
        first, second = (failed_checks(assignment, task, by_check(result)) for result in results)
        found |= dict.fromkeys(sorted(first ^ second), task)
    return found


def _places(assignment: Assignment, submission: Submission) -> str:
    held = [assignment.near(answer.where) for answer in submission.holds.values()]
    return listed(held) if held else assignment.near(assignment.source_path)

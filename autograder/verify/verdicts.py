"""Promises about what the checks say of right answers, wrong ones, and none."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.model import SILENT, Outcome, Result, Verdict
from autograder.verify.assignment import Assignment
from autograder.verify.grading import Grades
from autograder.verify.idle import IDLE
from autograder.verify.problem import Problem, listed
from autograder.verify.released import split
from autograder.verify.submissions import Submission

# A line of a solution that is shorter says nothing: `else:`, `return []`.
TELLING = 16
FIRST = 200


def reference(assignment: Assignment, grades: Grades, submission: Submission) -> Iterator[Problem]:
    """The author's own solution earns full marks."""
    of = assignment.name, submission.name
    for outcome in grades.of(assignment, submission).outcomes:
        if outcome.verdict is not Verdict.PASSED:
            what = f"the reference solution does not pass: {_said(outcome)}"
            yield Problem("reference", assignment.at(outcome.check), what, "Mend the check or the solution.", of)


def untouched(assignment: Assignment, grades: Grades, submission: Submission) -> Iterator[Problem]:
    """What was released earns nothing as it came, and every check can tell."""
    of = assignment.name, submission.name
    for outcome in grades.of(assignment, submission).outcomes:
        where = assignment.at(outcome.check)
        if outcome.points:
            fix = "Let it ask for something that only an answer does."
            yield Problem("untouched", where, f"gives {outcome.points:g} points for no answer.", fix, of)
        if outcome.verdict is Verdict.UNKNOWN:
            fix = "Let the released cell raise, and not end or hold up its process."
            yield Problem("untouched", where, f"cannot tell that there is no answer: {_said(outcome)}", fix, of)


def answers(assignment: Assignment, grades: Grades, submissions: list[Submission]) -> Iterator[Problem]:
    """A right answer of the bank earns full marks; a wrong one fails exactly the checks that it names."""
    for submission in submissions:
        of = assignment.name, submission.name
        outcomes = by_check(grades.of(assignment, submission))
        for task, answer in submission.holds.items():
            checks, failed = set(assignment.tasks[task].checks), failed_checks(assignment, task, outcomes)
            more, less = failed - set(answer.fails), set(answer.fails) & checks - failed
            if not more and not less:
                continue
            what = f"{answer.title!r} must fail {listed(answer.fails)}, and fails {listed(failed)}."
            what += "".join(f"\n    {check}: {_said(outcomes[check])}" for check in sorted(more))
            fix = f"Make its fails={sorted(failed)!r}".replace("'", '"') if failed else "Take its fails away"
            fix += ", or mend the checks." if not less else ", or plant the case that it gets wrong."
            yield Problem("answers", assignment.near(answer.where), what, fix, of)


def messages(assignment: Assignment, grades: Grades, submissions: list[Submission]) -> Iterator[Problem]:
    """A failure says what is wrong, and holds no line of the solution."""
    lines = [split(text) for text in assignment.reference.values()]
    secret = {line for _, unseen in lines for line in unseen} - {line for seen, _ in lines for line in seen}
    telling = [line for line in secret if len(line) >= TELLING]
    said = set()
    for submission in submissions:
        of = assignment.name, submission.name
        for check, outcome in by_check(grades.of(assignment, submission)).items():
            quoted = next((line for line in telling if line in outcome.message), "")
            silent = outcome.verdict is Verdict.FAILED and outcome.message.strip() in ("", SILENT)
            if silent and (check, "") not in said:
                said.add((check, ""))
                fix = "Give the assertion a message, or use a sentence of course.check."
                yield Problem("messages", assignment.at(check), "fails without a word.", fix, of)
            if quoted and (check, quoted) not in said:
                said.add((check, quoted))
                fix = "Say what is wrong, not what to write."
                yield Problem("messages", assignment.at(check), f"quotes the solution: {quoted}", fix, of)


def idle(
    assignment: Assignment, grades: Grades, submissions: list[Submission], nothing: Submission, promise: str = "idle"
) -> Iterator[Problem]:
    """What answers nothing (returns the same always, raises, exits, …) earns no point that the release does not.

    An exception for an answer that is not among these is for the `promise` that looks at it; for none, it is stale.
    """
    earned = {check: outcome.points for check, outcome in by_check(grades.of(assignment, nothing)).items()}
    used = set()
    for submission in submissions:
        of = assignment.name, submission.name
        outcomes = by_check(grades.of(assignment, submission))
        for task, idle in submission.holds.items():
            for check in assignment.tasks[task].checks:
                if outcomes[check].points <= earned[check]:
                    continue
                used.add((check, idle.title))
                if (check, idle.title) not in assignment.exceptions.idle:
                    what = (
                        f"gives {outcomes[check].points:g} points to an answer that {idle.title} whatever it is asked."
                    )
                    fix = "Let it ask for something else as well, that only an answer does."
                    yield Problem(promise, assignment.at(check), what, fix, of)
    elsewhere = {each.title for each in IDLE if each.deadly == (promise == "idle")}
    for pair in sorted(set(assignment.exceptions.idle) - used):
        if pair[1] not in elsewhere:
            yield stale(assignment, "idle", pair)


def stale(assignment: Assignment, kind: str, pair: tuple[str, str]) -> Problem:
    """An exception that excepts nothing."""
    where = assignment.near(assignment.bank_path / "exceptions.toml")
    return Problem("exceptions", where, f"[[{kind}]] {' · '.join(pair)}: there is no such thing.", "Delete the entry.")


def by_check(result: Result) -> dict[str, Outcome]:
    """Outcomes by the names of their checks."""
    return {outcome.check: outcome for outcome in result.outcomes}


def failed_checks(assignment: Assignment, task: str, outcomes: dict[str, Outcome]) -> set[str]:
    """The checks of a task that were not passed."""
    return {check for check in assignment.tasks[task].checks if outcomes[check].verdict is not Verdict.PASSED}


def _said(outcome: Outcome) -> str:
    text = " ".join(outcome.message.split())
    return f"{outcome.verdict}: {text if len(text) <= FIRST else text[: FIRST - 1] + '…'}"

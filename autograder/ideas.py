"""Which mistake of the bank a submission makes, known by what it returns and not by its code.

`autograder verify` surveys the answers of the bank: all checks of a task are run, none stops at what does not hold, and
what the answer returned is kept as digests (see `replies`). A submission that fails is surveyed in the same way. Where
all that it returned in a task is what exactly one wrong answer returns, and neither a right one nor one that answers
nothing, its failed checks get the title of that answer. The file of a source that has changed is not used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

from autograder import notebook
from autograder.model import Result, Verdict
from autograder.notebook import NotebookNode, Role

FILES = "*.ideas.json"
# A cell of a survey may not take longer, in seconds.
SURVEY_SECONDS = 10.0
LISTEN = '__import__("autograder.replies").replies.listen()\n'
Replies = Mapping[str, list[str]]


@dataclass(frozen=True)
class Known:
    """What is known of a task: its checks, and the titles of wrong answers by what they return in all of them.

    `loose` takes no notice of the order of rows. The title is empty where there are several, or where it is no mistake.
    """

    checks: tuple[str, ...]
    strict: dict[str, str] = field(hash=False)
    loose: dict[str, str] = field(hash=False)

    def title(self, replies: Replies) -> str:
        """The title of the one wrong answer that returned this; empty where there is none, or more."""
        strict, loose = signatures(self.checks, replies)
        if not strict:
            return ""
        return self.strict[strict] if strict in self.strict else self.loose.get(loose, "")


def signatures(checks: Iterable[str], replies: Replies) -> tuple[str, str]:
    """One digest of all that was returned in these checks, and a loose one; empty where a check has not listened."""
    parts = [replies.get(check) for check in checks]
    if not parts or not all(parts):
        return "", ""
    strict, loose = ("".join(part) for part in zip(*parts, strict=True))
    return _digest(strict), _digest(loose)


def known(checks: Iterable[str], surveyed: Iterable[tuple[str, Replies]]) -> Known:
    """What is known of a task from its answers: each a title, empty for one that is no mistake, and its replies."""
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    checks = tuple(checks)
    for title, replies in surveyed:
        for signature, titles in zip(signatures(checks, replies), found, strict=True):
            if signature:
                titles[signature] = title if titles.get(signature, title) == title else ""
    return Known(checks, *found)


def survey(source: NotebookNode, checks: Collection[str]) -> NotebookNode:
    """The source with these checks listening, and the others emptied."""
    texts = {}
    for cell in source.cells:
        if notebook.role(cell) is Role.CHECK and cell.cell_type == "code":
            name = notebook.grade_id(cell)
            texts[name] = LISTEN + cell.source if name in checks else "pass"
    return notebook.fill(source, texts)


def named(result: Result, tasks: Iterable[Known], replies: Replies) -> Result:
    """The result, with the titles that were found on the failed checks of these tasks."""
    titles = {check: title for task in tasks if (title := task.title(replies)) for check in task.checks}
    outcomes = [
        replace(outcome, idea=titles.get(outcome.check, "")) if outcome.verdict is Verdict.FAILED else outcome
        for outcome in result.outcomes
    ]
    return replace(result, outcomes=tuple(outcomes))


class Ideas:
    """All that is kept in a folder; nothing where there is none."""

    def __init__(self, folder: Path | None):
        self._folder = folder

    @cached_property
    def _by_source(self) -> dict[str, tuple[Known, ...]]:
        found = {}
        for path in sorted(self._folder.glob(FILES)) if self._folder else ():
            try:
                content = json.loads(path.read_text(encoding="utf-8"))
                tasks = [Known(tuple(task["checks"]), task["strict"], task["loose"]) for task in content["tasks"]]
                found[content["source"]] = tuple(tasks)
            except (OSError, ValueError, KeyError, TypeError):  # what cannot be read explains nothing
                continue
        return found

    def worth_a_survey(self, source: NotebookNode, result: Result) -> list[Known]:
        """The tasks of which something is known, and of which the submission failed a check and ended all."""
        verdicts = {outcome.check: outcome.verdict for outcome in result.outcomes}
        if not self._by_source or Verdict.FAILED not in verdicts.values():
            return []
        tasks = self._by_source.get(fingerprint(source), ())
        of = [(task, {verdicts.get(check, Verdict.UNKNOWN) for check in task.checks}) for task in tasks]
        return [task for task, said in of if Verdict.FAILED in said and Verdict.UNKNOWN not in said]


def write(path: Path, source: NotebookNode, tasks: Iterable[Known]) -> None:
    """Keep what is known of the tasks of a source."""
    content = {"source": fingerprint(source), "tasks": [asdict(task) for task in tasks]}
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    beside.replace(path)


def content(folder: Path, assignment: str) -> bytes:
    """What is kept of an assignment, as it is; empty where there is nothing."""
    path = folder / f"{assignment}.ideas.json"
    return path.read_bytes() if path.is_file() else b""


def fingerprint(source: NotebookNode) -> str:
    """A digest of the instructor's code, whatever students put into their cells."""
    cells = [cell for cell in source.cells if cell.cell_type == "code"]
    kept = [[notebook.grade_id(cell), "" if notebook.of_student(cell) else cell.source.rstrip()] for cell in cells]
    return _digest(json.dumps(kept))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]

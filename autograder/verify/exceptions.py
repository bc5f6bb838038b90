"""What an author knows to be right although a promise would call it a problem: `exceptions.toml` beside the answers.

[[mutant]]                  # a change of the reference that no check can tell from it
task = "outliers"
change = "0 becomes 1"      # the line that `autograder verify` prints
reason = "…"

[[stock]]                   # a check that gives other points in stock nbgrader
answer = "title of the answer"
check = "outliers_low"
reason = "…"

[[idle]]                    # a generic answer that earns the points of a check, and may
check = "outliers_low"
answer = "returns []"
reason = "…"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FILE = "exceptions.toml"
FIELDS = {"mutant": ("task", "change"), "stock": ("answer", "check"), "idle": ("check", "answer")}


class ExceptionsError(Exception):
    """The file cannot be used. The message begins with its path."""


@dataclass(frozen=True)
class Exceptions:
    """What is excepted, each as a pair of names (see FIELDS) with its reason."""

    mutant: dict[tuple[str, str], str] = field(default_factory=dict, hash=False)
    stock: dict[tuple[str, str], str] = field(default_factory=dict, hash=False)
    idle: dict[tuple[str, str], str] = field(default_factory=dict, hash=False)


def read(folder: Path) -> Exceptions:
    """The exceptions of the assignment whose answers lie in `folder`; none where there is no such file."""
    path = folder / FILE
    if not path.exists():
        return Exceptions()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ExceptionsError(f"{path}: is no TOML ({error}).") from error
    if strange := sorted(set(content) - set(FIELDS)):
        raise ExceptionsError(f"{path}: has no place for [[{strange[0]}]]. There are {', '.join(FIELDS)}.")
    return Exceptions(**{kind: _pairs(path, kind, content.get(kind, [])) for kind in FIELDS})


def _pairs(path: Path, kind: str, entries: object) -> dict[tuple[str, str], str]:
    wanted = (*FIELDS[kind], "reason")
    found = {}
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        if not isinstance(entry, dict) or set(entry) != set(wanted) or not all(map(_is_text, entry.values())):
            raise ExceptionsError(f"{path}: [[{kind}]] number {number} must have {', '.join(wanted)}, each a text.")
        found[tuple(entry[name] for name in FIELDS[kind])] = entry["reason"]
    return found


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())

"""The large libraries that a course uses, which take longer to import than a submission to grade.

They are imported once, before submissions to that course run, and not at all for a course that does without. What a
submission imports beyond that, it waits for; where many do, the next ones find it there.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from autograder.notebook import NotebookNode, of_student

# What is imported, or called, for each: so much that the first use of it costs no more than the second.
LIBRARIES = {
    "numpy": ("numpy",),
    "pandas": ("pandas",),
    "matplotlib": (
        *("matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib_inline.backend_inline"),
        "autograder.shell:show_figures",
    ),
    "sqlalchemy": ("sqlalchemy.dialects.sqlite",),
    "ipyparallel": ("course.forked:warm",),
}
ALL = tuple(name for names in LIBRARIES.values() for name in names)
# To import a library takes so many times as long as it makes every room take longer, in which it is there unused.
WORTH = 20
_LIBRARY = re.compile(rf"\b({'|'.join(LIBRARIES)})\b")
_MODULE = re.compile(r"\bcourse((?:\.\w+)+)|\bfrom course import (\([^)]*\)|.*)")
_IMPORT = re.compile(r"^(?:from|import) (?:.*\([^)]*\)|.*)", re.MULTILINE)


def of(source: NotebookNode) -> tuple[str, ...]:
    """What to warm for a source: the libraries that it names, and those that the modules of `course` import for it."""
    return _warm(_named("\n".join(cell.source for cell in source.cells)))


class Wanted:
    """What the submissions that were seen so far import beyond their sources. Several threads may ask."""

    def __init__(self) -> None:
        self._seen = 0
        self._named: Counter[str] = Counter()
        self._counting = threading.Lock()

    def of(self, submission: NotebookNode) -> tuple[str, ...]:
        """Count a submission, and say what is worth the while: what at least one in `WORTH` of them names."""
        code = (cell.source for cell in submission.cells if cell.cell_type == "code" and of_student(cell))
        named = _named("\n".join(code))
        with self._counting:
            self._seen += 1
            self._named.update(named)
            return _warm({name for name in named if self._named[name] * WORTH >= self._seen})


def _warm(found: set[str]) -> tuple[str, ...]:
    return tuple(warm for name, names in LIBRARIES.items() if name in found for warm in names)


def _named(text: str) -> set[str]:
    """The libraries that a text names, and those that the modules of `course` which it names import."""
    found, seen, left = set(_LIBRARY.findall(text)), set(), _modules(text)
    while left:
        module = left.pop()
        if module not in seen:
            seen.add(module)
            imports = _imports(module)
            found.update(_LIBRARY.findall(imports))
            left |= _modules(imports)
    return found


def course() -> tuple[Path, ...]:
    """The folders of the importable package `course`; none where there is no such package."""
    return tuple(map(Path, getattr(find_spec("course"), "submodule_search_locations", None) or ()))


def _modules(text: str) -> set[str]:
    """The modules of `course` that a text may mean, as paths within the package."""
    found = set()
    for dotted, listed in _MODULE.findall(text):
        parts = dotted.split(".")[1:]
        found |= {"/".join(parts[: length + 1]) for length in range(len(parts))}
        found |= set(re.findall(r"\w+", listed))
    return found


@cache
def _imports(module: str) -> str:
    """The imports at the top of a module, if there is such a one. What a function imports, its caller waits for."""
    for folder in course():
        for path in (folder / f"{module}.py", folder / module / "__init__.py"):
            if path.is_file():
                return "\n".join(_IMPORT.findall(path.read_text(encoding="utf-8")))
    return ""

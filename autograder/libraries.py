"""The large libraries that a course uses, which take longer to import than a submission to grade.

They are imported once, before submissions to that course run, and not at all for a course that does without. A
submission may import them all the same; then it waits for it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from autograder.notebook import NotebookNode

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
_LIBRARY = re.compile(rf"\b({'|'.join(LIBRARIES)})\b")
_MODULE = re.compile(r"\bcourse((?:\.\w+)+)|\bfrom course import (\([^)]*\)|.*)")
_IMPORT = re.compile(r"^(?:from|import) (?:.*\([^)]*\)|.*)", re.MULTILINE)


def of(source: NotebookNode) -> tuple[str, ...]:
    """What to warm for a source: the libraries that it names, and those that the modules of `course` import for it."""
    text = "\n".join(cell.source for cell in source.cells)
    found, seen, left = set(_LIBRARY.findall(text)), set(), _modules(text)
    while left:
        module = left.pop()
        if module not in seen:
            seen.add(module)
            imports = _imports(module)
            found.update(_LIBRARY.findall(imports))
            left |= _modules(imports)
    return tuple(warm for name, names in LIBRARIES.items() if name in found for warm in names)


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

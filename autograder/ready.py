"""What a checker has ready before any submission: its cells compiled, and the cases that checkers have asked for."""

from __future__ import annotations

import ast
import importlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress

from autograder import once, shell

CASES = "autograder.cases."


def pack(texts: Sequence[str], made: Iterable[once.Made]) -> bytes:
    """The cells that checkers will run, in their order, and what they will have made, for `prepare`."""
    return json.dumps({"texts": texts, "made": list(made)}).encode()


def prepare(content: bytes) -> None:
    """Make this process, from which checkers are forked, ready for these cells. None of them is run."""
    found = json.loads(content)
    for text in found["texts"]:
        shell.ready(text)
        with suppress(SyntaxError, ImportError):  # a cell with magics; what cannot be imported, the check will say
            _import_cases(ast.parse(text))
    once.make(found["made"])


def _import_cases(tree: ast.Module) -> None:
    """Import what a cell imports of the generators of cases."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(CASES):
            importlib.import_module(node.module)

"""Answers that answer nothing, made for every task: they return the same whatever they are asked, raise, exit, print.

The cell of the reference says what there is to fill in. A function becomes one that does nothing but that; a name that
is bound to something else is bound to what such a function would return; a file that is written gets such a content.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from autograder.names import WRITES_FILE

_EQUAL = '''class _Equal:
    """Equal to everything, true, and whatever else one asks for."""

    def _itself(self, *args, **kwargs):
        return self

    def _yes(self, *args):
        return True

    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _yes
    __call__ = __getitem__ = __enter__ = __add__ = __sub__ = _itself
    __ne__ = __exit__ = lambda self, *args: False
    __hash__ = __len__ = __int__ = __index__ = lambda self: 1
    __float__ = lambda self: 1.0
    __iter__ = lambda self: iter([self])

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self
'''


@dataclass(frozen=True)
class Idle:
    """One way of answering nothing: what a function's body is, what a plain name is bound to, what a file holds.

    A `deadly` one costs the process that it runs in, with every check.
    """

    title: str
    body: str
    value: str
    content: str = ""
    above: str = ""
    deadly: bool = False


IDLE = (
    Idle("is not there", "", ""),
    Idle("returns None", "return None", "None"),
    Idle("returns NaN", "return float('nan')", "float('nan')", "nan"),
    Idle("returns an empty list", "return []", "[]", "import sys"),
    Idle("returns an empty text", "return ''", "''", "#!/bin/sh"),
    Idle("returns its first argument", "return args[0] if args else None", "...", "import sys; print(*sys.argv[1:2])"),
    Idle("returns 1", "return 1", "1", "print(1)"),
    Idle("returns True", "return True", "True", "print(True)"),
    Idle("returns what equals everything", "return _Equal()", "_Equal()", "raise SystemExit(0)", _EQUAL),
    Idle("raises ValueError", "raise ValueError('no')", "ValueError('no')", "raise ValueError('no')"),
    Idle("exits", "raise SystemExit(0)", "exit", "raise SystemExit(1)"),
    Idle(
        "ends its process", "__import__('os')._exit(0)", "__import__('os')._exit", "import os; os._exit(0)", deadly=True
    ),
    Idle("prints", "print(args)", "print", "print('done')"),
    Idle(
        "never ends", "__import__('time').sleep(10**6)", "iter(int, 1)", "import time; time.sleep(10**6)", deadly=True
    ),
)


def cell(text: str, idle: Idle) -> str:
    """The text of an answer cell that answers in this idle way what `text`, the reference, answers."""
    if idle.title == "is not there":
        return ""
    if magic := WRITES_FILE.match(text):
        return f"{magic[0].strip()}\n{idle.content}\n"
    try:
        tree = ast.parse(text)
    except SyntaxError:  # a magic or a command of IPython's: there is no name to fill in
        return ""
    lines = [idle.above] if idle.above else []
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name):
                lines.append(f"def {name}(*args, **kwargs):\n    {idle.body}")
            case ast.AsyncFunctionDef(name=name):
                lines.append(f"async def {name}(*args, **kwargs):\n    {idle.body}")
            case ast.ClassDef(name=name):
                lines.append(_class(name, node, idle))
            case ast.Import() | ast.ImportFrom():
                lines.append(ast.unparse(node))
            case ast.Assign() | ast.AnnAssign():
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
                lines += [f"{name} = {idle.value}" for name in names]
    return "\n\n".join(lines)


def _class(name: str, node: ast.ClassDef, idle: Idle) -> str:
    methods = [part.name for part in node.body if isinstance(part, ast.FunctionDef) and part.name != "__init__"]
    lines = [f"class {name}:", "    def __init__(self, *args, **kwargs): pass"]
    lines += [f"    def {method}(self, *args, **kwargs):\n        {idle.body}" for method in methods]
    return "\n".join(lines)

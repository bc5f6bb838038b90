"""Mutants of a reference: its text with one thing changed, as a hurried author or student might have written it.

What is changed is found in the syntax tree, and put into the text, so that a mutant differs from the reference in a
line or two. In strings that hold SQL the same is done by `sql`; a file of Python that a cell writes is changed below
the magic that writes it.
"""

from __future__ import annotations

import ast
import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.names import WRITES_FILE
from autograder.verify import sql

COMPARED = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
COMPUTED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True)
class Mutant:
    """A changed text of one answer cell. `change` says what was changed, in the terms of the language.

    `base` is the text without the change: the reference, with its query as sqlglot writes it.
    """

    cell: str
    change: str
    text: str
    base: str


def of(cell: str, text: str) -> Iterator[Mutant]:
    """The mutants of the text of an answer cell, in its order, each text once. None where it is no plain Python."""
    magic = WRITES_FILE.match(text)
    above = magic[0] if magic and magic["file"].endswith(".py") else ""
    text = text.removeprefix(above)
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    seen, said = {text}, Counter()
    content = text.encode()
    for node in _within(tree):
        for change, new in _changes(node):
            mutated = _with(content, node, new)
            base = _with(content, node, _written(node.value, sql.plain(node.value))) if _is_query(node) else text
            if mutated not in seen and _parses(mutated):
                seen.add(mutated)
                said[change] += 1
                wording = change if said[change] == 1 else f"{change} ({said[change]})"
                yield Mutant(cell, wording, above + mutated, above + base)


def diff(mutant: Mutant) -> list[str]:
    """The lines that go, and those that come in their place, with the lines around them."""
    lines = (mutant.base.splitlines(), mutant.text.splitlines())
    return list(difflib.unified_diff(*lines, mutant.cell, mutant.change, n=1, lineterm=""))


def _within(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that may be changed: neither docstrings, nor imports, nor what an f-string is made of."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.arguments):
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        yield node
        yield from _within(node)


def _changes(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What a node may be changed to: a description, and the text in its place."""
    match node:
        case ast.Compare():
            for place, kind in enumerate(map(type, node.ops)):
                for other in COMPARED[kind]:
                    ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
                    yield from _into(node, ast.Compare(node.left, ops, node.comparators))
        case ast.BoolOp(op=op):
            yield from _into(node, ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), node.values))
            for value in node.values:
                yield from _into(node, _of_others(node, value))
        case ast.BinOp(op=op) if type(op) in COMPUTED:
            yield from _into(node, ast.BinOp(node.left, COMPUTED[type(op)](), node.right))
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield from _into(node, node.operand)
        case ast.Constant(value=bool(value)):
            yield from _into(node, ast.Constant(not value))
        case ast.Constant(value=int() | float() as value):
            yield from _into(node, ast.Constant(value + 1))
        case ast.Constant(value=str(value)) if _is_query(node):
            for change, new in sql.mutants(value):
                yield change, _written(value, new)
        case ast.Constant(value=str(value)) if value:
            yield from _into(node, ast.Constant(""))
        case ast.Call():
            yield from _without_call(node)
        case ast.Tuple(elts=[_, _, *_] as parts, ctx=ast.Load()) if turned := _turned(parts):
            yield from _into(node, ast.Tuple(turned, ast.Load()))
        case ast.comprehension(ifs=[_, *_]):
            for condition in node.ifs:
                yield f"no `if {ast.unparse(condition)}`", ""
        case ast.Slice():
            for part in ("lower", "upper", "step"):
                if getattr(node, part) is not None:
                    yield from _into(node, ast.Slice(**{**_parts(node), part: None}))
        case ast.IfExp():
            yield from _into(node, node.body)
            yield from _into(node, node.orelse)
        case ast.Expr(value=ast.Call() | ast.Await()) | ast.Break() | ast.Continue() | ast.Raise() | ast.AugAssign():
            yield f"no `{_short(node)}`", "pass"


def _is_query(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and sql.is_query(node.value)


def _written(original: str, query: str) -> str:
    """A query as a literal, over several lines where the author's is."""
    return repr(query) if "\n" not in original else f'"""\n{sql.pretty(query)}\n"""'


def _without_call(node: ast.Call) -> Iterator[tuple[str, str]]:
    """The first argument of a call, or what a method is called on, in place of what comes of it; and no option."""
    if isinstance(node.func, ast.Name) and node.args and not isinstance(node.args[0], ast.Starred):
        yield from _into(node, node.args[0])
    elif isinstance(node.func, ast.Attribute):
        yield (
            f"no `.{node.func.attr}(…)` of `{_short(node.func.value)}`",
            _grouped(node.func.value, ast.unparse(node.func.value)),
        )
    for option in node.keywords:
        others = [other for other in node.keywords if other is not option]
        yield f"no `{ast.unparse(option)}` in `{_short(node)}`", ast.unparse(ast.Call(node.func, node.args, others))


def _into(node: ast.AST, other: ast.AST) -> Iterator[tuple[str, str]]:
    new = ast.unparse(ast.fix_missing_locations(other))
    yield f"`{_short(node)}` becomes `{new if len(new) <= 60 else new[:59] + '…'}`", _grouped(other, new)


def _grouped(node: ast.AST, text: str) -> str:
    """An expression in parentheses, where it may need them."""
    plain = ast.Name | ast.Constant | ast.Call | ast.Attribute | ast.Subscript | ast.Slice | ast.List | ast.Dict
    return text if isinstance(node, plain) or not isinstance(node, ast.expr) else f"({text})"


def _short(node: ast.AST) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _of_others(node: ast.BoolOp, left_out: ast.expr) -> ast.expr:
    rest = [value for value in node.values if value is not left_out]
    return ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]


def _turned(parts: list[ast.expr]) -> list[ast.expr]:
    """The other way round; nothing where that is the same."""
    turned = parts[::-1]
    return turned if list(map(ast.dump, parts)) != list(map(ast.dump, turned)) else []


def _parts(node: ast.Slice) -> dict[str, ast.expr | None]:
    return {"lower": node.lower, "upper": node.upper, "step": node.step}


def _with(content: bytes, node: ast.AST, new: str) -> str:
    """The text with the node replaced. Places in a tree are lines, and bytes within them."""
    if isinstance(node, ast.comprehension):
        start, end = _end(content, node.iter), _end(content, node.ifs[-1])
        return (content[:start] + new.encode() + content[end:]).decode()
    start, end = _place(content, node.lineno, node.col_offset), _end(content, node)
    return (content[:start] + new.encode() + content[end:]).decode()


def _end(content: bytes, node: ast.AST) -> int:
    return _place(content, node.end_lineno, node.end_col_offset)


def _place(content: bytes, line: int, column: int) -> int:
    return sum(map(len, content.splitlines(keepends=True)[: line - 1])) + column


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True

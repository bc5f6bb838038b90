"""Mutants of a query, made from its syntax tree by sqlglot: other comparisons and constants, clauses that are gone."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

DIALECT = "sqlite"
VERBS = ("select", "with", "insert", "update", "delete", "create", "drop", "replace")
COMPARED = {
    exp.LT: (exp.LTE, exp.GT),
    exp.LTE: (exp.LT, exp.GT),
    exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT, exp.LT),
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.Is: (exp.EQ,),
    exp.NullSafeEQ: (exp.NullSafeNEQ, exp.EQ),
    exp.NullSafeNEQ: (exp.NullSafeEQ, exp.NEQ),
}
AGGREGATES = {exp.Min: exp.Max, exp.Max: exp.Min, exp.Sum: exp.Count, exp.Avg: exp.Sum}
CLAUSES = ("where", "having", "order", "limit", "offset", "distinct", "group")


def is_query(text: str) -> bool:
    """Whether a string holds a statement of SQL."""
    words = text.split(maxsplit=1)
    return len(words) == 2 and words[0].lower() in VERBS and _parsed(text) is not None


def plain(text: str) -> str:
    """A statement as sqlglot writes it."""
    return _parsed(text).sql(DIALECT)


def pretty(text: str) -> str:
    """A statement as sqlglot writes it over several lines."""
    return _parsed(text).sql(DIALECT, pretty=True)


def mutants(text: str) -> Iterator[tuple[str, str]]:
    """Each change of a statement, in words, with the statement in which it is made."""
    tree = _parsed(text)
    unchanged = tree.sql(DIALECT)
    for number, node in enumerate(tree.walk()):
        for make, change in _changes(node):
            copy = tree.copy()
            twin = next(each for place, each in enumerate(copy.walk()) if place == number)
            new = make(twin)
            if new is not None:
                twin.replace(new)
            if (mutated := copy.sql(DIALECT)) != unchanged:
                yield change, mutated


def _changes(node: exp.Expression) -> Iterator[tuple]:
    """Functions that change a node of a tree in place, or return what is to stand in its place, each with its words."""
    assigned = isinstance(node.parent, exp.Update) and node.arg_key == "expressions"  # `set a = 1` compares nothing
    for other in () if assigned else COMPARED.get(type(node), ()):
        new = other(this=node.this.copy(), expression=node.expression.copy())
        yield (lambda twin, other=other: other(this=twin.this, expression=twin.expression)), _becomes(node, new)
    for other in filter(None, [AGGREGATES.get(type(node))]):
        yield (lambda twin, other=other: other(this=twin.this)), _becomes(node, other(this=node.this.copy()))
    match node:
        case exp.And() | exp.Or():
            other = exp.Or if isinstance(node, exp.And) else exp.And
            yield (lambda twin: other(this=twin.this, expression=twin.expression)), f"`{_short(node)}`: {other.key}"
            yield (lambda twin: twin.this), f"no `{_short(node.expression)}`"
            yield (lambda twin: twin.expression), f"no `{_short(node.this)}`"
        case exp.Not():
            yield (lambda twin: twin.this), f"no `not` before `{_short(node.this)}`"
        case exp.Literal(is_string=False) if node.this.isdecimal():
            yield (lambda twin: exp.Literal.number(int(twin.this) + 1)), f"`{node.this}` becomes `{int(node.this) + 1}`"
        case exp.Literal():
            yield (lambda twin: exp.Literal.string(twin.this + "?")), f"`'{node.this}'` becomes `'{node.this}?'`"
        case exp.Join():
            side = "" if node.side else "LEFT"
            yield (lambda twin: twin.set("side", side)), f"`{_short(node)}`: {side.lower() or 'inner'} join"
            if node.args.get("on"):
                yield (lambda twin: twin.set("on", None)), f"no `on` in `{_short(node)}`"
        case exp.Ordered():
            yield (lambda twin: twin.set("desc", not twin.args.get("desc"))), f"`{_short(node)}`: the other way round"
        case exp.Count() if not isinstance(node.this, exp.Star):
            inner = node.this.expressions[0] if isinstance(node.this, exp.Distinct) else exp.Star()
            yield (lambda twin: exp.Count(this=inner.copy())), _becomes(node, exp.Count(this=inner.copy()))
        case exp.Union():
            yield (lambda twin: twin.set("distinct", not twin.args.get("distinct"))), "union: all, or not"
    yield from _without(node)


def _without(node: exp.Expression) -> Iterator[tuple]:
    """A statement without one of its clauses, a list without one of its items."""
    for clause in CLAUSES:
        if isinstance(node, exp.Query | exp.DML) and node.args.get(clause):
            words = "distinct" if clause == "distinct" else _short(node.args[clause]).strip()
            yield (lambda twin, clause=clause: twin.set(clause, None)), f"no `{words}`"
    if isinstance(node, exp.Order | exp.Group) and len(node.expressions) > 1:
        for place, item in enumerate(node.expressions):
            yield (lambda twin, place=place: _drop(twin, place)), f"no `{_short(item)}` in `{_short(node).strip()}`"


def _drop(node: exp.Expression, place: int) -> None:
    node.set("expressions", [item for number, item in enumerate(node.expressions) if number != place])


def _becomes(node: exp.Expression, new: exp.Expression) -> str:
    return f"`{_short(node)}` becomes `{_short(new)}`"


def _short(node: exp.Expression) -> str:
    text = node.sql(DIALECT)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _parsed(text: str) -> exp.Expression | None:
    """The tree of one statement; None where sqlglot has none that it knows through and through."""
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    try:
        found = sqlglot.parse(text, dialect=DIALECT)
    except SqlglotError:
        return None
    return found[0] if len(found) == 1 and found[0] is not None and not isinstance(found[0], exp.Command) else None

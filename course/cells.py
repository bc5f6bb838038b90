"""What the code cells of a notebook need of each other, read from their text alone.

    found = cells.read(nb)
    for need in cells.needs(found):
        need.name, need.cell.place, need.giver.place, need.in_order

A cell *gives* a name that it binds, and one whose object it may change: `total += 1`, `rows[0] = 1`, `rows.append(1)`.
What else two cells share does not show in names: a file, a table, the memory of another process.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

# Names that every kernel has.
EVERYWHERE = frozenset(dir(builtins)) | {"get_ipython", "display", "exit", "quit", "In", "Out", "_", "__", "___"}
# Magics whose text is Python, and runs as if they were not there.
_TIMED = re.compile(r"^(\s*)%{1,2}(?:time|timeit|prun)\b[ \t]*", re.MULTILINE)
_COMPOUND = (ast.For, ast.While, ast.If, ast.With, ast.Try, ast.FunctionDef, ast.ClassDef, ast.Match)


@dataclass(frozen=True)
class Cell:
    """A code cell: its `place` among the code cells, from 1, and its execution count, None where it has none.

    `needs` are names that it uses before it binds them, `later` those that only functions use which it defines.
    `binds` are names that it binds, `changes` those whose objects it may change.
    """

    place: int
    count: int | None
    source: str
    binds: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()

    @property
    def gives(self) -> frozenset[str]:
        return self.binds | self.changes


@dataclass(frozen=True)
class Need:
    """A cell needs a name, which it has from `giver`: the nearest above, else the first below; None: from no cell."""

    name: str
    cell: Cell
    giver: Cell | None

    @property
    def in_order(self) -> bool:
        """Whether the giver stands above, and ran before, as far as their numbers say."""
        if self.giver is None or self.giver.place >= self.cell.place:
            return False
        if self.cell.count is None:
            return True
        return self.giver.count is not None and self.giver.count < self.cell.count


def read(notebook: NotebookNode) -> list[Cell]:
    """The code cells of a notebook. One that is no Python has no names."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [
        Cell(place, cell.get("execution_count"), cell["source"], **_names(cell["source"]))
        for place, cell in enumerate(code, 1)
    ]


def needs(cells: Sequence[Cell]) -> list[Need]:
    """Who needs what from whom, in the order of the cells and of the names."""
    return [
        Need(name, cell, _giver(name, cell, cells))
        for cell in cells
        for name in sorted(_wanted(cell, cells) - EVERYWHERE)
    ]


def _wanted(cell: Cell, cells: Sequence[Cell]) -> set[str]:
    """The names that a cell needs, also by way of the functions that it uses."""
    wanted, seen = set(), set()
    left = [*cell.needs, *(name for name in cell.binds if name in _loads(cell.source))]
    while left:
        name = left.pop()
        if name in seen:
            continue
        seen.add(name)
        giver = cell if name in cell.binds and name not in cell.needs else _giver(name, cell, cells)
        if giver is not cell:
            wanted.add(name)
        if giver is not None and name in giver.binds:
            left.extend(giver.later)
    return wanted


def _giver(name: str, cell: Cell, cells: Sequence[Cell]) -> Cell | None:
    above = [each for each in cells if each.place < cell.place and name in each.gives]
    below = [each for each in cells if each.place > cell.place and name in each.binds]
    return next(iter([*reversed(above), *below]), None)


def _tree(source: str) -> ast.Module:
    """The text as Python. Comprehensions become generators: only these have a scope of their own in every version."""
    try:
        python = TransformerManager().transform_cell(_TIMED.sub(r"\1", source))
        return ast.fix_missing_locations(_AsGenerators().visit(ast.parse(python)))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def _names(source: str) -> dict[str, frozenset[str]]:
    bound: set[str] = set()
    changed, needed, later = set(), set(), set()
    for statement in _tree(source).body:
        binds, uses, after = set(), set(), set()
        _scope(symtable.symtable(ast.unparse(statement), "<cell>", "exec"), binds, uses, after)
        if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            uses.add(statement.target.id)
        needed |= uses - bound - (binds if isinstance(statement, _COMPOUND) else set())
        later |= after
        bound |= binds
        changed |= set(_changed(statement))
    return {
        "binds": frozenset(bound),
        "changes": frozenset(changed - EVERYWHERE),
        "needs": frozenset(needed - EVERYWHERE),
        "later": frozenset(later - EVERYWHERE),
    }


def _loads(source: str) -> set[str]:
    """The names that a cell uses when it runs."""
    binds, uses, after = set(), set(), set()
    _scope(symtable.symtable(ast.unparse(_tree(source)), "<cell>", "exec"), binds, uses, after)
    return uses


def _scope(
    table: symtable.SymbolTable, binds: set[str], uses: set[str], after: set[str], *, at_once: bool = True
) -> None:
    """Collect the names of a scope and of those within it. A lambda, a class and a generator run where they stand."""
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if top or symbol.is_global():
            if symbol.is_assigned() or symbol.is_imported():
                binds.add(symbol.get_name())
            if symbol.is_referenced():
                (uses if at_once else after).add(symbol.get_name())
    for child in table.get_children():
        runs = child.get_type() == "class" or child.get_name() in ("genexpr", "lambda")
        _scope(child, binds, uses, after, at_once=at_once and runs)


def _changed(statement: ast.stmt) -> Iterator[str]:
    """The names whose objects a statement may change: parts are assigned, or a method is called for its effect."""
    if isinstance(statement, ast.FunctionDef):
        return
    for node in ast.walk(statement):
        part = isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del)
        called = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        root = node if part else node.value.func if called else None
        if isinstance(root, ast.Attribute | ast.Subscript):
            while isinstance(root, ast.Attribute | ast.Subscript):
                root = root.value
            if isinstance(root, ast.Name):
                yield root.id


class _AsGenerators(ast.NodeTransformer):
    def visit_ListComp(self, node: ast.ListComp | ast.SetComp) -> ast.AST:
        self.generic_visit(node)
        return ast.GeneratorExp(node.elt, node.generators)

    visit_SetComp = visit_ListComp

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        self.generic_visit(node)
        return ast.GeneratorExp(ast.Tuple([node.key, node.value], ast.Load()), node.generators)

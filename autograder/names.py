"""Which names a cell binds and which it uses, read from its text alone."""

from __future__ import annotations

import ast
import builtins
import importlib
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager

# Names that every shell has.
EVERYWHERE = frozenset(dir(builtins)) | {"get_ipython", "display", "exit", "quit", "In", "Out", "_", "__", "___"}
# What nbgrader takes out of the version for students.
BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
# The line that makes a file of what stands below it.
WRITES_FILE = re.compile(r"\s*%%(writefile|file)\b(?P<file>.*?)\s*\n")
# Magics whose text is Python.
_CELL_MAGIC = re.compile(r"\s*%%(time|timeit|prun|capture)\b(.*)\n")
_LINE_MAGIC = re.compile(r"^(\s*)%(time|timeit|prun)((\s+-\S+)*)\s+", re.MULTILINE)
_SHOWING = ("print", "display")


@dataclass(frozen=True)
class Names:
    """The names of one cell.

    `now` are used when the cell runs, `later` when a function that it defines is called; `changes` are names of
    objects that it changes or may change (`data["x"] = 1`, `np.random.seed(0)`); `modules` maps the names that it
    binds to modules to the names of those; `stars` are modules that it imports everything from without success.
    `given` maps the names that it imports outside of a solution's region to "module" or "module:name": students are
    given these lines.
    """

    binds: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    modules: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    stars: tuple[str, ...] = ()

    @property
    def uses(self) -> frozenset[str]:
        return self.now | self.later


@lru_cache(maxsize=2_000)
def of(text: str) -> Names:
    """The names of a cell of the source. A cell that does not parse has none.

    Modules from which everything is imported are imported, too: this is for the instructor's text alone.
    """
    bound_by_magic = set()
    if magic := _CELL_MAGIC.match(text):
        text = text[magic.end() :]
        if magic[1] == "capture":
            bound_by_magic = {word for word in magic[2].split() if word.isidentifier()}
    try:
        python = TransformerManager().transform_cell(_LINE_MAGIC.sub(r"\1", text))
        tree = ast.parse(python)
        table = symtable.symtable(ast.unparse(_Generators().visit(ast.parse(python))), "<cell>", "exec")
    except (SyntaxError, ValueError):
        return Names()
    found = _Found(bound_by_magic, _outside(python))
    found.table(table, at_once=True)
    found.statements(tree)
    return Names(
        frozenset(found.binds),
        frozenset(found.now - EVERYWHERE),
        frozenset(found.later - EVERYWHERE),
        frozenset(found.changes - EVERYWHERE),
        tuple(sorted(found.modules.items())),
        tuple(sorted(found.given.items())),
        tuple(found.stars),
    )


class _Found:
    def __init__(self, binds: set[str], outside: frozenset[int]):
        self.binds = binds
        self.outside = outside
        self.now: set[str] = set()
        self.later: set[str] = set()
        self.changes: set[str] = set()
        self.modules: dict[str, str] = {}
        self.given: dict[str, str] = {}
        self.stars: list[str] = []

    def table(self, table: symtable.SymbolTable, *, at_once: bool) -> None:
        """Collect from a scope and those within it; `at_once`: its code runs when the cell does."""
        top = table.get_type() == "module"
        for symbol in table.get_symbols():
            if not (top or symbol.is_global()):
                continue
            if symbol.is_assigned() or symbol.is_imported():
                self.binds.add(symbol.get_name())
            if symbol.is_referenced():
                (self.now if at_once else self.later).add(symbol.get_name())
        for child in table.get_children():
            runs = child.get_type() == "class" or child.get_name() == "genexpr"
            self.table(child, at_once=at_once and runs)

    def statements(self, tree: ast.Module) -> None:
        """Collect what symbol tables do not tell."""
        for node in _at_once(tree):
            match node:
                case ast.AugAssign(target=ast.Name(id=name)):
                    self.now.add(name)
                case ast.Name(id=name, ctx=ast.Del()):
                    self.now.add(name)
                case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                    self.changes |= _root(node)
                case ast.Expr(value=ast.Call(func=ast.Name(id=name))) if name in _SHOWING:
                    pass
                case ast.Expr(value=ast.Call(func=func, args=args)):
                    self.changes |= _root(func).union(*map(_root, args))
                case ast.Import(names=names):
                    for alias in names:
                        name = alias.name if alias.asname else alias.name.partition(".")[0]
                        self.modules[alias.asname or name] = name
                        if node.lineno in self.outside:
                            self.given[alias.asname or name] = name
                case ast.ImportFrom(names=[ast.alias(name="*")], module=str(module), level=0):
                    self._star(module)
                case ast.ImportFrom(names=names, module=str(module), level=0) if node.lineno in self.outside:
                    self.given |= {alias.asname or alias.name: f"{module}:{alias.name}" for alias in names}

    def _star(self, module: str) -> None:
        try:
            found = importlib.import_module(module)
        except Exception:  # the teacher's module may be anywhere, and may do anything
            self.stars.append(module)
            return
        public = getattr(found, "__all__", None)
        self.binds |= set(public if public is not None else (n for n in vars(found) if not n.startswith("_")))


class _Generators(ast.NodeTransformer):
    """Makes all comprehensions generators: only these have a scope of their own in every version of Python."""

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp) -> ast.AST:
        self.generic_visit(node)
        return ast.GeneratorExp(node.elt, node.generators)

    visit_SetComp = visit_ListComp

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        self.generic_visit(node)
        return ast.GeneratorExp(ast.Tuple([node.key, node.value], ast.Load()), node.generators)


def _outside(text: str) -> frozenset[int]:
    """The numbers of the lines that lie outside of a solution's region; of a cell without one, all is the student's."""
    found, outside = set(), True
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() == BEGIN_SOLUTION:
            outside = False
        if outside:
            found.add(number)
        if line.strip() == END_SOLUTION:
            outside = True
    return frozenset(found) if BEGIN_SOLUTION in text else frozenset()


def _at_once(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes whose code runs when the cell does."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _at_once(child)


def _root(node: ast.AST) -> set[str]:
    """The name that `name.attribute[item]` begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()

# %% by names: a cell comes when what others bind for it is bound
import symtable


def runnable_order(nb):
    def names(cell):
        binds, uses = set(), set()
        tables = [symtable.symtable(cell["source"] if cell["cell_type"] == "code" else "", "cell", "exec")]
        for top, table in enumerate(tables):
            tables += table.get_children()
            for symbol in table.get_symbols():
                if symbol.is_referenced() and (not top or symbol.is_global()):
                    uses.add(symbol.get_name())
                if not top and (symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()):
                    binds.add(symbol.get_name())
                    if "*=" in cell["source"]:
                        uses.add(symbol.get_name())
        return binds, uses

    left = [(cell, *names(cell)) for cell in nb["cells"]]
    order, bound = [], set()
    while left:
        for entry in left:
            elsewhere = set().union(*(binds for other, binds, _ in left if other is not entry[0]))
            makers = elsewhere if not entry[1] & entry[2] else elsewhere | (entry[1] & entry[2])
            if not (entry[2] & makers) - bound:
                break
            if entry[2] & makers - entry[1] <= bound and not entry[1] & entry[2] & elsewhere:
                break
        left.remove(entry)
        order.append(entry[0])
        bound |= entry[1]
    return order


# %% imports, constants and functions above all the rest
def runnable_order(nb):
    def rank(cell):
        text = cell["source"]
        if cell["cell_type"] != "code":
            return 3
        return (
            0 if text.startswith("import") else 1 if text.startswith("FACTOR") else 2 if text.startswith("def") else 3
        )

    return sorted(nb["cells"], key=rank)


# %% by execution count  fails=["runnable_order_runs", "runnable_order_outputs"]
def runnable_order(nb):
    return sorted(nb["cells"], key=lambda cell: cell.get("execution_count") or 0)


# %% as the cells stand  fails=["runnable_order_runs", "runnable_order_outputs"]
def runnable_order(nb):
    return list(nb["cells"])


# %% by execution count, and what was never run stays where it stands  fails=["runnable_order_runs", "runnable_order_outputs"]
def runnable_order(nb):
    order, last = [], 0
    for cell in nb["cells"]:
        last = cell.get("execution_count") or last
        order.append((last, cell))
    return [cell for _, cell in sorted(order, key=lambda pair: pair[0])]


# %% deletes the cells that fail  fails=["runnable_order_runs", "runnable_order_outputs", "runnable_order_complete"]
import contextlib
import io


def runnable_order(nb):
    order, names = [], {}
    for cell in nb["cells"]:
        try:
            if cell["cell_type"] == "code":
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(cell["source"], names)
            order.append(cell)
        except Exception:
            pass
    return order


# %% wraps in try what fails  fails=["runnable_order_runs", "runnable_order_outputs", "runnable_order_complete"]
def runnable_order(nb):
    def wrapped(text):
        return "try:\n" + "".join(f"    {line}\n" for line in text.splitlines()) + "except Exception:\n    pass"

    return [
        {**cell, "source": wrapped(cell["source"])} if cell["cell_type"] == "code" else cell for cell in nb["cells"]
    ]


# %% leaves out what binds no name and shows nothing  fails=["runnable_order_runs", "runnable_order_outputs", "runnable_order_complete"]
def runnable_order(nb):
    def rank(cell):
        text = cell["source"]
        return (
            0 if text.startswith("import") else 1 if text.startswith("FACTOR") else 2 if text.startswith("def") else 3
        )

    return sorted((cell for cell in nb["cells"] if "commit()" not in cell["source"]), key=rank)


# %% loses the text  fails=["runnable_order_complete"]
def runnable_order(nb):
    def rank(cell):
        text = cell["source"]
        return (
            0 if text.startswith("import") else 1 if text.startswith("FACTOR") else 2 if text.startswith("def") else 3
        )

    return sorted((cell for cell in nb["cells"] if cell["cell_type"] == "code"), key=rank)


# %% what shows something comes last  fails=["runnable_order_outputs"]
def runnable_order(nb):
    def rank(cell):
        text = cell["source"]
        if text.startswith(("import", "FACTOR", "def")):
            return 0 if text.startswith("import") else 1 if text.startswith("FACTOR") else 2
        return 4 if cell.get("outputs") else 3

    return sorted(nb["cells"], key=rank)


# %% does not look into functions  fails=["runnable_order_runs", "runnable_order_outputs"]
import ast


def runnable_order(nb):
    def names(cell):
        binds, uses = set(), set()
        tree = ast.parse(cell["source"] if cell["cell_type"] == "code" else "")
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                binds.add(node.name)
                continue
            for part in ast.walk(node):
                if isinstance(part, ast.Name):
                    (uses if isinstance(part.ctx, ast.Load) else binds).add(part.id)
                elif isinstance(part, ast.alias):
                    binds.add(part.asname or part.name)
        return binds, uses

    left = [(cell, *names(cell)) for cell in nb["cells"]]
    somewhere = set().union(*(binds for _, binds, _ in left))
    order, bound = [], set()
    while left:
        ready = next(entry for entry in left if (entry[2] & somewhere) - entry[1] <= bound)
        left.remove(ready)
        order.append(ready[0])
        bound |= ready[1]
    return order

"""The rules of the house, so that a newcomer finds every line where it belongs."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COURSE = sorted((ROOT / "course").rglob("*.py"))
GRADER = sorted((ROOT / "autograder").rglob("*.py"))
MODULES = COURSE + GRADER
TESTS = sorted((ROOT / "tests").glob("test_*.py"))
# From the top of the house down: a module imports only from floors below its own.
FLOORS = (
    {"cli"},
    {"demo", "verify", "grading", "new"},
    {"writing", "request", "report"},
    {"pending"},
    {"pool", "gradebook", "preprocessor", "results", "stock", "exports"},
    {"worker"},
    {"workers"},
    {"work"},
    {"airlock"},
    {"run"},
    {"libraries", "student", "checker", "session", "plan", "ready", "answers", "submission", "feedback", "ideas"},
    {"across"},
    {"handles"},
    {"shell", "arguments"},
    {"channel", "recorder", "opening", "outputs", "evidence", "replies"},
    {
        "notebook",
        "names",
        "values",
        "sandbox",
        "cases",
        "intake",
        "commands",
        "classmates",
        "cluster",
        "folders",
        "turn",
    },
    {"frames"},
    {"arrays", "raised", "once"},
    {"kinds"},
    {"rows", "meant"},
    {"model"},
)
# Each foreign library sits behind one door.
DOORS = {
    "nbformat": {"notebook"},
    "nbgrader": {"exports", "gradebook", "preprocessor", "stock"},
    "ipyparallel": {"cluster"},
    "jupytext": {"answers"},
    "nh3": {"feedback"},
    "rich": {"cli", "report"},
    "sqlglot": {"verify"},
}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "base", "core", "common", "misc"}


def name_of(path: Path) -> str:
    """A module's name in its package: `run` for autograder/run.py, `sandbox` for all that lies in that folder."""
    inside = path.relative_to(ROOT).parts[1:]
    return inside[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The dotted names that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def ours(names: set[str], package: str) -> set[str]:
    """The modules of `package` among dotted names."""
    return {name.split(".")[1] for name in names if name.startswith(f"{package}.")}


def floor(name: str) -> int:
    """On which floor a module lives, counted from the top."""
    found = [number for number, names in enumerate(FLOORS) if name in names]
    assert found, f"autograder/{name}.py has no floor in the house: name one in tests/test_house.py"
    return found[0]


@pytest.mark.parametrize("path", GRADER, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_downwards(path):
    """A module of the grader imports from floors below its own, or from its own folder."""
    name = name_of(path)
    if name == "__init__":
        assert ours(imports(path), "autograder") == set()
    else:
        above = {other for other in ours(imports(path), "autograder") - {name} if floor(other) <= floor(name)}
        assert above == set()


def test_students_code_never_imports_the_grader():
    """`course` stands alone."""
    assert [path for path in COURSE if ours(imports(path), "autograder")] == []


@pytest.mark.parametrize("library", DOORS)
def test_each_foreign_library_sits_behind_one_door(library):
    """Only the modules named in DOORS import it."""
    users = {name_of(path) for path in GRADER if any(found.split(".")[0] == library for found in imports(path))}
    assert users <= DOORS[library]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_is_small_says_what_it_knows_and_has_a_telling_name(path):
    """At most 250 lines, a docstring, and no name that says nothing."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    assert ast.get_docstring(ast.parse(text))
    assert path.stem not in VAGUE


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_command_line_prints(path):
    """print() stands in cli/ alone: what comes out comes from one place."""
    calls = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert name_of(path) == "cli" or calls == []


@pytest.mark.parametrize("path", TESTS, ids=lambda p: p.name)
def test_every_test_says_what_it_promises(path):
    """Each test function, and each file of tests, has a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert ast.get_docstring(tree)
    assert silent == []


def test_no_file_names_a_machine():
    """Committed text holds no path of somebody's machine."""
    found = subprocess.run(
        ["git", "grep", "-lE", "/(root|work)/(main|shared)|/work/|/root/\\.", "--", ":!tests/test_house.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert found.stdout.splitlines() == []

"""No check runs git in a repository that a student's function left: its settings, filters and hooks are theirs."""

import ast
from pathlib import Path

import pytest

from autograder import notebook
from autograder.notebook import Role

ROOT = Path(__file__).parents[1]
# By these names a check would start git, or any other program, on the trusted side.
RUNS = {"git", "subprocess", "system", "popen", "Popen"}


def started(text: str) -> set[str]:
    """The names among RUNS that a cell uses, but for those that it imports for the answers."""
    nodes = list(ast.walk(ast.parse(text)))
    used = {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }
    return used & RUNS


@pytest.mark.parametrize("name", ["10_git", "11_remotes"])
def test_checks_read_repositories_and_run_none(name):
    """What has to go on in one goes on in `evidence.run`, a place of its own."""
    cells = notebook.read(ROOT / "source" / name / f"{name}.ipynb").cells
    trusted = [cell for cell in cells if cell.cell_type == "code" and not notebook.of_student(cell)]
    assert any(notebook.role(cell) is Role.CHECK for cell in trusted)
    assert {notebook.grade_id(cell): found for cell in trusted if (found := started(cell.source))} == {}


def test_what_starts_git_is_seen():
    """Called, or handed on; an import alone starts nothing."""
    assert started("from course.git import git\n") == set()
    assert started("calling(git, repo, 'status')") == started("git(repo, 'status')") == {"git"}
    assert started("import subprocess\nsubprocess.run(['git'])") == {"subprocess"}

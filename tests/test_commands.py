"""nbgrader's commands run one after the other in one process, are heard, and fail loudly."""

import sys

import pytest

from autograder import commands
from autograder.commands import CommandError


def test_commands_run_in_order_and_are_heard(tmp_path):
    """nbgrader's own and others, each line as it is said."""
    heard = []
    words = commands.line(["echo", "first"], ["nbgrader", "--version"], ["echo", "last"])
    commands.run(words, tmp_path, heard=heard.append)
    assert (heard[0], heard[-1]) == ("first\n", "last\n")
    assert any("nbgrader version" in said for said in heard)


def test_the_first_failure_ends_it(tmp_path):
    """What follows is not run, and the error holds the last lines that were said."""
    words = commands.line(["nbgrader", "generate_assignment", "none"], ["touch", "after"])
    with pytest.raises(
        CommandError, match=r"(?s)No notebooks were matched by.*`nbgrader generate_assignment none` ended"
    ):
        commands.run(words, tmp_path)
    assert not (tmp_path / "after").exists()


def test_a_failure_shows_the_last_lines_alone(tmp_path):
    """A thousand lines before it are no message."""
    with pytest.raises(CommandError) as error:
        commands.run([sys.executable, "-c", "print('x\\n' * 1000); raise SystemExit('why')"], tmp_path)
    lines = str(error.value).splitlines()
    assert (len(lines), lines[-1].strip()) == (commands.LAST_WORDS, "why")


def test_programs_beside_the_interpreter_are_found(tmp_path, monkeypatch):
    """nbgrader calls `alembic` by name, also where no environment is active."""
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    commands.run(["sh", "-c", "command -v alembic"], tmp_path)

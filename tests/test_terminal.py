"""A terminal in a notebook is one shell that stays, apart from the machine's own settings."""

import sys

import pytest

from course import terminal
from course.terminal import TerminalError


@pytest.fixture
def shell(tmp_path):
    """A terminal with a new home."""
    shell = terminal.open(tmp_path / "home")
    yield shell
    shell.close()


def test_lines_go_to_one_shell(shell):
    """Folder, variables and functions stay."""
    shell("mkdir data; cd data; X=1; f() { echo $X; }")
    assert (shell("pwd").text, shell("f").text) == ("~/data\n", "1\n")


def test_two_terminals_are_two_shells(shell):
    """With one home."""
    other = terminal.open(shell.home)
    shell("export X=1; echo here > file")
    assert other('echo "${X-unset} $(cat file)"').text == "unset here\n"
    other.close()


def test_what_is_said_has_errors_in_order_and_the_status(shell):
    """Shown as text, and without the number of a line that nobody typed."""
    said = shell("echo one; echo two >&2; ls nowhere 2> /dev/null; (exit 3)")
    assert (repr(said), said.status) == ("one\ntwo", 3)
    assert shell("echo <nowhere").text == "bash: nowhere: No such file or directory\n"


def test_a_mistake_in_the_syntax_is_a_line_of_its_own(shell):
    """The next one runs."""
    assert shell("for").status != 0
    assert shell("echo 'it''s'; cat").text == "its\n"


def test_an_ended_terminal_says_so(shell):
    """And what to do."""
    assert shell("exit 4").status == 4
    with pytest.raises(TerminalError, match=r"terminal\.open"):
        shell("pwd")


def test_long_paths_are_shortened_and_no_others(shell):
    """Home, the course's environment and its base; not what only begins like them."""
    short = terminal.shortened({"/srv/home": "~"})
    assert short("/srv/home/a /srv/home2 /srv/home:/srv/home") == "~/a /srv/home2 ~:~"
    assert short(f"{sys.prefix}/bin") == "COURSE/bin"
    assert shell("command -v python").text == "COURSE/bin/python\n"


def test_the_notebooks_own_variables_stay_out(tmp_path, monkeypatch):
    """Those of the user, and of an environment that is active there."""
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    shell = terminal.open(tmp_path)
    assert shell("echo ${VIRTUAL_ENV-none} ${PYTHONPATH-none} $PYTHONNOUSERSITE").text == "none none 1\n"
    shell.close()

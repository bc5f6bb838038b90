"""A pipeline is run as it stands, and drawn with the status of each command; a kernel draws who takes part."""

import pytest

from course import draw, restart, terminal


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """A terminal."""
    found = terminal.open(tmp_path_factory.mktemp("home"))
    yield found
    found.close()


def test_each_command_has_a_status_and_the_last_one_counts(shell):
    """With pipefail it is the last that failed; messages are told, and data is counted."""
    assert draw.pipe(shell, "(echo b; echo a; exit 3) | sort | (cat; echo lost >&2; exit 2) | cat").alt == (
        "Pipeline of 4 commands. (echo b; echo a; exit 3) ends with status 3; sort ends with status 0; "
        "(cat; echo lost >&2; exit 2) ends with status 2 and says 'lost'; cat ends with status 0. 2 lines came out. "
        "The shell's status is 0, with pipefail 2."
    )


def test_a_bar_in_quotes_is_none(shell):
    """And a single command is a pipeline, too."""
    words = draw.pipe(shell, "echo 'a | b'").alt
    assert words.startswith("Pipeline of 1 command. echo 'a | b' ends with status 0. 1 line came out.")


def test_the_terminal_is_as_before(shell):
    """No variable is set in it, and it stands where it stood."""
    before = shell("pwd; set -o | grep pipefail; ls").text
    draw.pipe(shell, "false | true")
    assert shell("pwd; set -o | grep pipefail; ls").text == before


@pytest.mark.parametrize("line", ["", "a | b | c | d | e"])
def test_what_cannot_be_drawn_is_refused(shell, line):
    """No command, or too many."""
    with pytest.raises(ValueError, match="a pipeline of one to 4 commands"):
        draw.pipe(shell, line)


def test_what_failed_is_dashed(shell):
    """As well as red."""
    assert draw.pipe(shell, "true | true").svg.count("stroke-dasharray") == 0
    assert draw.pipe(shell, "false | true").svg.count("stroke-dasharray") == 1


def test_a_kernel_draws_from_the_browser_to_itself(tmp_path):
    """How it is reached, who may, and which Python it is."""
    nb = restart.book("from course import draw; print(draw.jupyter().alt)")
    assert restart.run_all(nb, tmp_path) == []
    said = nb.cells[0].outputs[0].text
    assert "over 5 ports at tcp://127.0.0.1, signed with a key and not encrypted" in said
    assert "mode 0600" in said and "which is COURSE/bin/python." in said


def test_outside_of_a_kernel_there_is_nobody_to_draw():
    """RuntimeError."""
    with pytest.raises(RuntimeError):
        draw.jupyter()

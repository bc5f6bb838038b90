"""The command line speaks to whoever listens, and works on when nobody does."""

import subprocess
import sys

import pytest

COUNT = "from autograder.cli import terminal\n{}\nterminal.say('done')"
TABLE = "terminal.table(['n'], [[str(n)] for n in range(20_000)])"


@pytest.mark.parametrize(
    "what", [TABLE, "terminal.data('x\\n' * 920_000)", "for n in range(20_000): terminal.out(str(n))"]
)
def test_a_reader_may_leave(what):
    """As `head` does: no traceback, the work goes on, and it ends well."""
    words = [sys.executable, "-c", COUNT.format(what)]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout.readline() != ""
    running.stdout.close()
    assert (running.stderr.read(), running.wait()) == ("done\n", 0)
    running.stderr.close()

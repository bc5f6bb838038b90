"""The command line: what it is asked, what it says, and how it ends. One module a command.

Data goes to stdout, progress and messages go to stderr. It ends with 0 when it is done (that students fail is no
error), with 1 when it found problems, and with 2 when the request makes no sense or this machine cannot do it.
"""

from __future__ import annotations

import argparse

from . import demo, grade, new, report, verify
from .terminal import say

# As shells have it for whom an interrupt ended: 128 and the number of the signal.
INTERRUPTED = 130
# Each adds its arguments to a parser, and names in `do` what is done with them.
COMMANDS = (new, verify, grade, report, demo)


def main(words: list[str] | None = None) -> int:
    """Do what the command line says (without `words`: that of this process) and return the exit status."""
    asked = parser().parse_args(words)
    try:
        return asked.do(asked)
    except KeyboardInterrupt:
        say("autograder: interrupted. What it had finished is kept, and the same command goes on from there.")
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """What the command line understands."""
    made = argparse.ArgumentParser(prog="autograder", description="Grade notebooks without trusting them.")
    commands = made.add_subparsers(metavar="command", required=True)
    for command in COMMANDS:
        command.add(commands)
    return made

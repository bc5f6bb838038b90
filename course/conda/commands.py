"""The command line of the course's conda: words in, what conda would say out.

It differs from the real one in little, and says so where it does: it asks no "Proceed ([y]/n)?", shows no progress,
and knows one channel, whatever `-c` names.
"""

from __future__ import annotations

from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from course.conda import changing, environment, looking, shell
from course.conda.environment import CondaError
from course.conda.installation import Installation, Said

Command = Callable[[Installation, Namespace, Mapping[str, str]], Said]


class _Parser(ArgumentParser):
    """Raises what argparse would print before it ends the process."""

    def error(self, message: str) -> NoReturn:
        raise CondaError(f"usage: {' '.join(self.format_usage().split()[1:])}\n{self.prog}: error: {message}")


def run(here: Installation, words: Sequence[str], variables: Mapping[str, str]) -> Said:
    """Carry out `conda *words` with these environment variables."""
    try:
        options = _parser().parse_args(list(words))
        options.subdir = variables.get("CONDA_SUBDIR") or environment.platform()
        return options.command(here, options, variables)
    except CondaError as error:
        return Said(1, stderr=f"\n{error}\n\n")
    except _Help as help_:
        return Said(0, str(help_))


class _Help(Exception):
    """The text of a help page."""


def _parser() -> ArgumentParser:
    parser = _Parser(prog="conda", description="The course's own conda.", add_help=False)
    parser.add_argument("-V", "--version", dest="command", action="store_const", const=looking.version)
    parser.set_defaults(command=lambda *_: _raise(_Help(parser.format_help())))
    parser.add_argument("-h", "--help", dest="command", action="store_const", const=parser.get_default("command"))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    info = commands.add_parser("info", help="this installation; with --envs, its environments")
    info.add_argument("-e", "--envs", action="store_true")
    info.add_argument("--base", action="store_true")
    info.set_defaults(command=looking.info)

    listing = _with_place(commands.add_parser("list", help="what an environment holds"))
    listing.add_argument("pattern", nargs="?", default="")
    listing.set_defaults(command=looking.list_packages)

    search = commands.add_parser("search", help="which versions a channel has")
    search.add_argument("request")
    _with_habits(search).set_defaults(command=looking.search)

    for name, command, help_ in (
        ("create", changing.create, "make an environment"),
        ("install", changing.install, "put packages into an environment"),
    ):
        made = _with_habits(_with_place(commands.add_parser(name, help=help_)))
        made.add_argument("requests", nargs="*", metavar="PACKAGE")
        made.set_defaults(command=command)

    remove = _with_habits(_with_place(commands.add_parser("remove", aliases=["uninstall"], help="take packages out")))
    remove.add_argument("--all", action="store_true")
    remove.add_argument("requests", nargs="*", metavar="PACKAGE")
    remove.set_defaults(command=changing.remove)

    within = _with_place(commands.add_parser("run", help="run a program in an environment, without activating it"))
    within.add_argument("--no-capture-output", "--live-stream", action="store_true")
    within.add_argument("words", nargs=REMAINDER, metavar="PROGRAM …")
    within.set_defaults(command=changing.run_in)

    _exporting(commands.add_parser("export", help="write an environment as text"))
    _env(commands.add_parser("env", help="whole environments: list, create, export, remove"))

    for name in ("activate", "deactivate"):
        commands.add_parser(name, help=f"{name} an environment in this shell").add_argument("words", nargs="*")
        commands.choices[name].set_defaults(command=_not_a_function)
    commands.add_parser("init", help="teach the shell `conda activate`").add_argument("words", nargs="*")
    commands.choices["init"].set_defaults(command=lambda *_: Said(0, shell.INIT))
    commands.add_parser("shell.bash").add_argument("word", choices=["hook"])
    commands.choices["shell.bash"].set_defaults(command=lambda *_: Said(0, shell.HOOK))
    posix = commands.add_parser("shell.posix")
    posix.add_argument("word", choices=["activate", "deactivate"])
    posix.add_argument("place", nargs="?", default="base")
    posix.set_defaults(command=_posix)
    return parser


def _env(parser: ArgumentParser) -> None:
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser, required=True)
    commands.add_parser("list").set_defaults(command=looking.environments)
    create = _with_habits(_with_place(commands.add_parser("create")))
    create.add_argument("-f", "--file", type=Path, default=Path("environment.yml"))
    create.set_defaults(command=changing.create_from_file)
    _exporting(commands.add_parser("export"))
    remove = _with_habits(_with_place(commands.add_parser("remove")))
    remove.set_defaults(command=changing.remove, all=True, requests=[])


def _exporting(parser: ArgumentParser) -> None:
    _with_place(parser)
    parser.add_argument("--no-builds", action="store_true")
    parser.add_argument("--from-history", action="store_true")
    parser.add_argument("-f", "--file", type=Path)
    parser.set_defaults(command=looking.export_environment)


def _with_place(parser: ArgumentParser) -> ArgumentParser:
    place = parser.add_mutually_exclusive_group()
    place.add_argument("-n", "--name")
    place.add_argument("-p", "--prefix")
    return parser


def _with_habits(parser: ArgumentParser) -> ArgumentParser:
    """Options that the real one has, and that change little here."""
    parser.add_argument("-c", "--channel", action="append", default=[])
    for habit in (("-y", "--yes"), ("-q", "--quiet"), ("-O", "--override-channels"), ("--offline",)):
        parser.add_argument(*habit, action="store_true")
    parser.add_argument("-d", "--dry-run", action="store_true")
    return parser


def _not_a_function(here: Installation, options: Namespace, variables: Mapping[str, str]) -> Said:
    raise CondaError("CondaError: Run 'conda init' before 'conda activate'")


def _posix(here: Installation, options: Namespace, variables: Mapping[str, str]) -> Said:
    if options.word == "deactivate":
        return Said(0, shell.deactivate({str(path): name for name, path in here.environments()}, variables))
    prefix = looking.found(here, options.place)
    name = options.place if "/" not in options.place else str(prefix)
    return Said(0, shell.activate(prefix, name, variables))


def _raise(error: Exception) -> NoReturn:
    raise error

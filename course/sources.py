"""An ODBC configuration of one's own: drivers and data sources that no other program sees.

    own = sources.make("odbc")
    sources.use("odbc")
    own.add("survey", Driver="SQLite3", Database=survey.path(), NoCreat=1)
    pyodbc.connect("DSN=survey")

unixODBC reads three files, each in a place that an environment variable can change:

    odbcinst.ini    drivers: a name, and the library behind it      in the folder that ODBCSYSINI names
    odbc.ini        data sources for everybody on this machine      in the same folder
    my.odbc.ini     data sources of this user                       the file that ODBCINI names
"""

from __future__ import annotations

import configparser
import os
import sys
from dataclasses import dataclass
from pathlib import Path

DRIVERS, SYSTEM, MINE, TRACE = "odbcinst.ini", "odbc.ini", "my.odbc.ini", "trace.log"
# Where a driver manager keeps its list of drivers: Debian and Fedora; conda; built from source; Homebrew.
PLACES = (Path("/etc"), Path(sys.prefix, "etc"), Path("/usr/local/etc"), Path("/opt/homebrew/etc"))
MAX_TRACE = 62


class SourcesError(Exception):
    """The configuration cannot be made, read or changed. The message says where, why, and what to do."""


def make(folder: str | Path = "odbc", *, trace: bool = False) -> Sources:
    """A new configuration in `folder`: this machine's drivers and no data source. What was there before is replaced.

    With `trace` the driver manager writes every call that it gets to trace.log, most of a password hidden.
    """
    own = Sources(Path(folder).resolve())
    if own.folder.exists() and not own.folder.is_dir():
        raise SourcesError(f"{own.folder}: is a file, and a folder of that name is needed. Delete it or rename it.")
    own.folder.mkdir(parents=True, exist_ok=True)
    (own.folder / TRACE).unlink(missing_ok=True)
    found = next((place / DRIVERS for place in PLACES if (place / DRIVERS).is_file()), None)
    drivers = found.read_text(encoding="utf-8", errors="replace") if found else ""
    tracing = f"\n[ODBC]\nTrace = Yes\nTraceFile = {_short(own.folder / TRACE)}\n" if trace else ""
    for name, content in {DRIVERS: drivers + tracing, SYSTEM: "", MINE: ""}.items():
        # In one step, since another process may be reading.
        new = own.folder / f".{name}.{os.getpid()}"
        new.write_text(content, encoding="utf-8")
        new.replace(own.folder / name)
    return own


def _short(path: Path) -> str:
    """The path in at most MAX_TRACE letters, from the current folder where that is shorter."""
    found = min(str(path), os.path.relpath(path), key=len)
    if len(found) > MAX_TRACE:
        raise SourcesError(
            f"{path}: unixODBC writes no trace to a path of more than {MAX_TRACE} letters, and says nothing of it. "
            "Choose a folder below the current one."
        )
    return found


def use(folder: str | Path = "odbc") -> None:
    """Let this process and its children find the configuration in `folder`, and no other.

    Do it before anything asks the driver manager, which remembers where it has looked.
    """
    folder = Path(folder).resolve()
    if not (folder / DRIVERS).is_file():
        raise SourcesError(f"{folder}: holds no ODBC configuration. Make one first: sources.make({str(folder)!r})")
    os.environ |= {"ODBCSYSINI": str(folder), "ODBCINI": str(folder / MINE)}


def parts(text: str) -> list[tuple[str, str]]:
    """The (KEYWORD, value) pairs of a connection string, as a driver manager reads it.

    A value that begins with a brace ends at the next closing brace that is not doubled; any other ends at a semicolon.
    """
    if not isinstance(text, str):
        raise SourcesError(f"a connection string is text, and this is a {type(text).__name__}")
    found, rest = [], text
    while rest.strip("; "):
        keyword, equals, rest = rest.lstrip("; ").partition("=")
        if not equals:
            raise SourcesError(
                f"part {len(found) + 1} of the string has no '=': a keyword, '=', and its value belong there"
            )
        if rest.startswith("{"):
            value, closed, rest = _braced(rest)
            if not closed or (rest and not rest.startswith(";")):
                raise SourcesError(f"the value of {keyword} begins with a brace, and where it ends cannot be told")
        else:
            value, _, rest = rest.partition(";")
        found.append((keyword.strip().upper(), value))
    return found


def _braced(text: str) -> tuple[str, bool, str]:
    """The value in braces with which `text` begins, whether its end was found, and the rest."""
    place, value = 1, ""
    while place < len(text):
        if text[place] != "}":
            value += text[place]
        elif text[place + 1 : place + 2] == "}":
            value += "}"
            place += 1
        else:
            return value, True, text[place + 1 :]
        place += 1
    return value, False, ""


@dataclass(frozen=True)
class Sources:
    """A configuration in a folder."""

    folder: Path

    def add(self, name: str, **settings: object) -> None:
        """Add a data source of this user: `add("survey", Driver="SQLite3", Database=path)`.

        The driver manager remembers for a while which names it has not found: add a source before you ask for it.
        """
        self._append(MINE, name, settings)

    def add_driver(self, name: str, like: str = "SQLite3") -> None:
        """Let a driver be known by one more name."""
        known = self._read(DRIVERS)
        if like not in known:
            have = ", ".join(known.sections()) or "none"
            raise SourcesError(f"{self.folder / DRIVERS}: there is no driver {like!r}. There are: {have}.")
        self._append(DRIVERS, name, {"Driver": known[like]["Driver"]})

    def names(self) -> list[str]:
        """The names of the data sources, the system's first."""
        return [name for file in (SYSTEM, MINE) for name in self._read(file).sections()]

    def text(self) -> dict[str, str]:
        """What each of the three files says, by its name."""
        return {name: self._file(name).read_text(encoding="utf-8") for name in (DRIVERS, SYSTEM, MINE)}

    def asked(self) -> list[str]:
        """The connection strings that the driver manager was given, in order, as its trace shows them."""
        log = self.folder / TRACE
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []
        strings = (line.strip().removeprefix("Str In = [") for line in lines if line.strip().startswith("Str In = ["))
        return [string.rpartition("][length")[0] for string in strings]

    def _file(self, name: str) -> Path:
        """A file of the configuration, which nobody has put a link or a pipe in place of."""
        path = self.folder / name
        if path.is_symlink() or not path.is_file():
            raise SourcesError(f"{path}: is no longer a file. Make the configuration anew: sources.make(…)")
        return path

    def _append(self, file: str, section: str, settings: dict[str, object]) -> None:
        lines = [f"[{section}]", *(f"{key} = {value}" for key, value in settings.items())]
        if "]" in section or not section.strip() or any(len(line.splitlines()) > 1 for line in lines):
            raise SourcesError(
                f"{self.folder / file}: {section!r} cannot stand there: a name has brackets around it, and every "
                "setting a line of its own."
            )
        with self._file(file).open("a", encoding="utf-8") as out:
            out.write("\n".join(["", *lines, ""]))

    def _read(self, file: str) -> configparser.ConfigParser:
        parser = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
        parser.optionxform = str
        parser.read_string(self.text()[file])
        return parser

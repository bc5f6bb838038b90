"""A terminal in a notebook: one shell that stays, with a home folder of its own.

    shell = terminal.open()
    shell("cd data")
    shell("pwd")            # ~/data: the same shell
    shell.home              # the folder that it calls ~

`!command` in a notebook starts a new shell each time, which ends with its line; what was set or activated in it is
lost. Here lines go to one and the same bash, as in a terminal window. Two terminals are two windows.

What a line wrote is shown with three long paths shortened: `~` is the terminal's home, COURSE the environment in which
the course runs, BASE the Python from which that was made.
"""

from __future__ import annotations

import atexit
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MARK = "\x1e"
# Of the notebook's own variables only these; the rest would make two learners' terminals differ.
KEPT = ("LANG", "LC_ALL", "TZ", "TERM", "SSL_CERT_FILE")
# What keeps an environment apart from everything else on the machine, the user's own packages among it.
QUIET = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_COLOR": "1",
    "NO_COLOR": "1",
    "PYTHONNOUSERSITE": "1",
    "UV_OFFLINE": "1",
    "UV_NO_PROGRESS": "1",
    "UV_PYTHON_DOWNLOADS": "never",
}


class TerminalError(Exception):
    """There is no terminal, or it has ended. The message says why and what to do."""


@dataclass(frozen=True, repr=False)
class Said:
    """What a line wrote, errors included and in order, and its exit status. Shown, it is that text."""

    text: str
    status: int

    def __repr__(self) -> str:
        return self.text.rstrip("\n")


class Terminal:
    """One bash. Call it with a line, or several, as you would type them."""

    def __init__(self, home: Path, variables: Mapping[str, str], shorten: Callable[[str], str]) -> None:
        self.home, self._shorten = home, shorten
        self._bash = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=home,
            env=dict(variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        atexit.register(self.close)

    def __call__(self, lines: str) -> Said:
        """Run these lines and wait for their end."""
        if self._bash.poll() is not None:
            raise TerminalError("This terminal has ended (with `exit`?). Open another one: terminal.open()")
        # eval: a mistake in the syntax of the lines is theirs alone. Standard input is empty: nobody is there to type.
        self._bash.stdin.write(f"eval {shlex.quote(lines)} < /dev/null\nprintf '{MARK}%s{MARK}\\n' $?\n")
        self._bash.stdin.flush()
        found = []
        for line in self._bash.stdout:
            before, mark, status = line.partition(MARK)
            found.append(before)
            if mark:
                return Said(self._shown("".join(found)), int(status.strip().strip(MARK)))
        return Said(self._shown("".join(found)), self._bash.wait())

    def _shown(self, text: str) -> str:
        """Without the number of the line, which counts from the beginning of this terminal."""
        return self._shorten(re.sub(r"^bash: (?:eval: )?line \d+: ", "bash: ", text, flags=re.MULTILINE))

    def close(self) -> None:
        """End the shell."""
        self._bash.stdin.close()
        self._bash.stdout.close()
        self._bash.wait()
        atexit.unregister(self.close)


def open(home: str | Path | None = None, *programs: Path, variables: Mapping[str, str] | None = None) -> Terminal:
    """A new terminal in `home`, by default in the one home folder that all terminals of this process share.

    `programs` are folders that come first on PATH; then the course's own environment. `variables` are set besides.
    """
    if shutil.which("bash") is None:
        raise TerminalError("There is no bash on this machine. Debian, Ubuntu: sudo apt-get install bash")
    home = Path(home or _home()).absolute()
    home.mkdir(parents=True, exist_ok=True)
    path = dict.fromkeys([*map(str, programs), str(Path(sys.executable).parent), *_path()])
    around = {name: os.environ[name] for name in KEPT if name in os.environ}
    around |= {"PATH": os.pathsep.join(path), "HOME": str(home), "TMPDIR": tempfile.gettempdir(), **QUIET}
    return Terminal(home, around | dict(variables or {}), shortened({str(home): "~"}))


def shortened(more: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """A function that shortens paths in a text: the course's environment, its base, and `more` (path → name)."""
    names = {sys.base_prefix: "BASE", sys.prefix: "COURSE", **(more or {})}
    names |= {os.path.realpath(path): name for path, name in names.items()}
    paths = "|".join(re.escape(path) for path in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w/.-])(?:{paths})(?![\w.-])")
    return lambda text: pattern.sub(lambda found: names[found[0]], text)


@cache
def _home() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="home-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _path() -> list[str]:
    return os.environ.get("PATH", os.defpath).split(os.pathsep)

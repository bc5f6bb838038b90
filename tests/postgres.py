"""A PostgreSQL of one's own: real, in a temporary folder, reached by a unix socket, gone when the block ends.

    with postgres.serving() as server:
        url = server.url(server.database("gradebook"))      # for SQLAlchemy
        text = server.odbc(server.database("survey"))       # for pyodbc

Nothing listens on a port, and no other server of the machine is touched. PostgreSQL refuses to run as root, so root
starts it as nobody; an ordinary user starts it as himself. Every connection needs the password.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

NOBODY = 65534
# Bounds a start that hangs. A server that ends by itself is noticed at once.
SECONDS = 60
MISSING = (
    "PostgreSQL ({}) is not installed, and what is promised of a real server can only be tried on one. ./setup.sh dev "
    "installs it; by hand, on Debian or Ubuntu: sudo apt-get install postgresql odbc-postgresql"
)
# What is lost when the machine stops need not be safe.
SETTINGS = {"listen_addresses": "", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class PostgresError(Exception):
    """The server is not installed, or does not start. The message says why."""


@dataclass(frozen=True)
class Server:
    """A running server: the folder of its socket, who may connect, and with which password."""

    folder: Path
    user: str = "course"
    password: str = field(default_factory=secrets.token_urlsafe, repr=False)

    def odbc(self, database: str = "postgres") -> str:
        """The connection string of a database, for pyodbc."""
        return (
            f"DRIVER={{PostgreSQL Unicode}};SERVER={self.folder};DATABASE={database};UID={self.user};"
            f"PWD={self.password}"
        )

    def url(self, database: str = "postgres", driver: str = "postgresql") -> str:
        """The URL of a database, for SQLAlchemy: `driver` is its dialect, such as "postgresql+psycopg"."""
        return f"{driver}://{self.user}:{self.password}@/{database}?host={quote(str(self.folder), safe='')}"

    def database(self, name: str) -> str:
        """Make a database, new and empty, in place of one of that name; the name."""
        self.sql(f'drop database if exists "{name}" with (force)')
        self.sql(f'create database "{name}"')
        return name

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What psql prints of a statement: a row a line, its values apart by `|`."""
        command = [_program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement]
        place = {"PGHOST": str(self.folder), "PGUSER": self.user, "PGPASSWORD": self.password}
        done = subprocess.run(command, env=os.environ | place, capture_output=True, text=True)
        if done.returncode:
            raise PostgresError(f"{statement}: {done.stderr.strip()}")
        return done.stdout.strip()


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """A server that runs while the block does."""
    # The path of a socket may have 107 bytes: pytest's folders are too long.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        server = Server(folder)
        _make(server)
        with (folder / "log").open("wb") as log:
            command = [_program("postgres"), "-D", folder / "data", "-k", folder]
            command += [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
            # If this process is killed, so is the server.
            process = subprocess.Popen(_as_server(command, "--pdeathsig", "INT"), cwd=folder, stdout=log, stderr=log)
        try:
            _wait(process, folder)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # its "fast" end: connections are closed
            process.wait()
    finally:
        shutil.rmtree(folder)


def _make(server: Server) -> None:
    """The files of a new cluster, in `data`."""
    secret = server.folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(server.password)
    if os.geteuid() == 0:
        for path in (server.folder, secret):
            os.chown(path, NOBODY, NOBODY)
    command = [_program("initdb"), "-D", server.folder / "data", "-U", server.user, "--pwfile", secret]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    done = subprocess.run(_as_server(command), cwd=server.folder, capture_output=True, text=True)
    if done.returncode:
        raise PostgresError(f"initdb: {done.stderr.strip()}")


def _as_server(command: list, *options: str) -> list[str]:
    """The command, run by a user as whom PostgreSQL is willing to run."""
    if os.geteuid() == 0:
        options = (*options, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    return ["setpriv", *options, *map(str, command)] if options else list(map(str, command))


def _wait(process: subprocess.Popen, folder: Path) -> None:
    """Return when the server takes connections."""
    late = time.monotonic() + SECONDS
    asks = [_program("pg_isready"), "-q", "-h", str(folder)]
    while subprocess.run(asks).returncode:
        if process.poll() is not None or time.monotonic() > late:
            raise PostgresError(f"PostgreSQL does not start: {(folder / 'log').read_text(errors='replace').strip()}")
        time.sleep(0.05)


def _program(name: str) -> str:
    """The path of a program of PostgreSQL's. Debian keeps most of them off PATH, in a folder for each version."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    found = shutil.which(name, path=os.pathsep.join([*map(str, reversed(installed)), os.environ.get("PATH", "")]))
    if not found:
        raise PostgresError(MISSING.format(name))
    return found

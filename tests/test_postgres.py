"""The PostgreSQL of the tests is real, private, and leaves nothing behind, whoever starts it and however it ends."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import postgres
import pytest

AS_ROOT = os.geteuid() == 0
SYSTEM_PYTHON = shutil.which("python3", path="/usr/bin:/usr/local/bin")
SERVE = """
import sys, postgres
with postgres.serving() as server:
    print(server.folder, server.sql("select usename from pg_user"), flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def server():
    """A running server."""
    with postgres.serving() as server:
        yield server


def owner(server: postgres.Server) -> int:
    """As which user the server runs."""
    process = (server.folder / "data" / "postmaster.pid").read_text().split()[0]
    return Path("/proc", process).stat().st_uid


def test_it_is_a_postgresql(server):
    """It says so itself."""
    assert server.sql("select version()").startswith("PostgreSQL ")


def test_root_does_not_run_it(server):
    """Root starts it as nobody, an ordinary user as himself."""
    assert owner(server) == (postgres.NOBODY if AS_ROOT else os.geteuid())


def test_it_listens_on_a_socket_alone(server):
    """No port is taken, so there is none that could be taken already."""
    assert server.sql("show listen_addresses") == ""
    assert (server.folder / ".s.PGSQL.5432").is_socket()


def test_a_password_is_needed(server):
    """Nobody comes in with a wrong one, and no password stands in what is printed of a server."""
    with pytest.raises(postgres.PostgresError, match="password authentication failed"):
        postgres.Server(server.folder).sql("select 1")
    assert server.password not in repr(server)


def test_a_database_is_new(server):
    """A second one of the same name is empty again."""
    name = server.database("written")
    server.sql("create table t (n integer)", name)
    tables = "select count(*) from pg_tables where tablename = 't'"
    assert server.sql(tables, name) == "1"
    assert server.sql(tables, server.database("written")) == "0"


def test_nothing_is_left_behind():
    """Neither files nor a process, also where the block ends in an error."""
    with pytest.raises(KeyError), postgres.serving() as server:
        process = (server.folder / "data" / "postmaster.pid").read_text().split()[0]
        raise KeyError
    assert not server.folder.exists()
    assert not Path("/proc", process).exists()


def test_it_ends_with_a_killed_process():
    """Who is killed cannot stop it; the kernel does."""
    starter = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        cwd=Path(__file__).parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    folder = Path(starter.stdout.readline().split()[0])
    process = (folder / "data" / "postmaster.pid").read_text().split()[0]
    starter.send_signal(signal.SIGKILL)
    starter.communicate()
    late = time.monotonic() + postgres.SECONDS
    while Path("/proc", process).exists() and time.monotonic() < late:
        time.sleep(0.05)
    assert not Path("/proc", process).exists()
    shutil.rmtree(folder)


@pytest.mark.skipif(not AS_ROOT, reason="the other tests run as an ordinary user already")
@pytest.mark.skipif(not SYSTEM_PYTHON, reason="an ordinary user needs a Python that it can read")
def test_an_ordinary_user_can_start_it():
    """Without any privilege."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copy(postgres.__file__, name)
        Path(name).chmod(0o755)
        done = subprocess.run(
            [SYSTEM_PYTHON, "-c", SERVE],
            cwd=name,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": name, "PYTHONDONTWRITEBYTECODE": "1"},
            user=postgres.NOBODY,
            group=postgres.NOBODY,
            extra_groups=[],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    folder, user = done.stdout.split()
    assert (user, Path(folder).exists()) == ("course", False)


def test_a_missing_server_is_named_with_its_remedy(monkeypatch):
    """Nothing is passed over in silence."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    with pytest.raises(postgres.PostgresError, match="apt-get install postgresql"):
        postgres._program("initdb")


def test_a_server_that_does_not_start_says_why(monkeypatch):
    """In its own words, and nothing is left behind."""
    monkeypatch.setitem(postgres.SETTINGS, "work_mem", "nonsense")
    before = set(Path("/tmp").glob("pg-*"))
    with pytest.raises(postgres.PostgresError, match="work_mem"), postgres.serving():
        pass
    assert set(Path("/tmp").glob("pg-*")) == before

"""On a real server: what the lesson says of it is true, and right answers of 06_odbc are right there, too."""

import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pandas as pd
import postgres
import pyodbc
import pytest
import sqlalchemy
from nbclient import NotebookClient

from autograder import answers, notebook
from autograder.sandbox import users
from course import doctor, server, sources, survey

ROOT = Path(__file__).parents[1]
LESSON = ROOT / "course" / "lessons" / "06_odbc.ipynb"
BANK = answers.tasks(ROOT / "tests" / "answers", "06_odbc")
PASSWORDS = ("simple", "a b", "a;b", "a}b", "{ab", "{ab}", "a;b}c", "}", "a=b", "a'b", "x;DATABASE=nowhere", "{};}")
# Right answers that ask for the database's file: what the task promises is an SQLite.
OF_A_FILE = {"an engine for everybody, with a creator of its connections", "ADBC, where it is installed"}


@pytest.fixture(scope="module")
def running() -> Iterator[postgres.Server]:
    """A PostgreSQL with an empty database called survey."""
    with postgres.serving() as running:
        running.database("survey")
        yield running


@pytest.fixture
def conn(running, monkeypatch) -> Iterator[pyodbc.Connection]:
    """A connection to it, with the survey."""
    monkeypatch.setenv(server.VARIABLE, running.odbc("survey"))
    with closing(server.connect()) as conn:
        yield conn


@pytest.fixture
def role(running):
    """Makes a user of the server with a password."""

    def make(password: str) -> str:
        with suppress(postgres.PostgresError):
            running.sql("drop role visitor")
        running.sql("create role visitor login password '{}'".format(password.replace("'", "''")))
        return "visitor"

    return make


def reference(task: str) -> answers.Answer:
    """The solution in the assignment, as if it was an answer of the bank."""
    source = notebook.read(ROOT / "source" / "06_odbc" / "06_odbc.ipynb")
    text = next(cell.source for cell in source.cells if notebook.grade_id(cell) == task)
    return answers.Answer(assignment="06_odbc", task=task, title="reference", cells={task: text}, fails=(), where="")


def function(answer: answers.Answer):
    """The function that an answer defines, in a notebook that has run the setup."""
    names = {"os": os, "pyodbc": pyodbc, "pd": pd, "sqlalchemy": sqlalchemy}
    exec(answer.cells[answer.task], names)
    return names[answer.task]


def each(task: str, right: bool = True):
    """Parametrise a test with the right, or the wrong, answers of a task."""
    chosen = [answer for answer in BANK[task] if answer.right is right and answer.title not in OF_A_FILE]
    chosen += [reference(task)] if right else []
    return pytest.mark.parametrize("answer", chosen, ids=lambda answer: answer.title)


def who(text: str) -> str:
    """As whom one is connected."""
    with closing(pyodbc.connect(text)) as conn:
        return conn.execute("select current_user").fetchval()


def state(running: postgres.Server) -> str:
    """Whether somebody's transaction is open on the server."""
    return running.sql("select distinct state from pg_stat_activity where application_name = 'under test'")


@each("conn_string")
def test_a_right_connection_string_carries_any_password(answer, running, role):
    """The server lets in who has it."""
    for password in PASSWORDS:
        given = {"SERVER": running.folder, "DATABASE": "postgres", "UID": role(password), "PWD": password}
        assert who(function(answer)(**given, DRIVER="PostgreSQL Unicode")) == "visitor", password


@pytest.mark.parametrize(
    "title",
    ["never uses braces", "puts every value in braces", "does not double the brace within braces"],
)
def test_a_wrong_connection_string_does_not(title, running, role):
    """The server refuses, or is not found: braces matter there."""
    answer = next(answer for answer in BANK["conn_string"] if answer.title == title)
    given = {"SERVER": running.folder, "DATABASE": "postgres", "UID": role("a;b}c"), "PWD": "a;b}c"}
    with pytest.raises(pyodbc.Error):
        who(function(answer)(DRIVER="PostgreSQL Unicode", **given))


@each("open_dsn")
def test_a_right_open_dsn_hands_over_the_credentials(answer, running, role, tmp_path, monkeypatch):
    """The server lets in who has them, and only then."""
    own = sources.make(tmp_path)
    monkeypatch.setenv("ODBCINI", str(own.folder / sources.MINE))
    name = re.sub(r"\W", "", f"pg{answer.title}{tmp_path.name}")[-30:]  # nobody has asked for it before
    own.add(name, Driver="PostgreSQL Unicode", Servername=running.folder, Database="postgres")
    monkeypatch.setenv("SURVEY_UID", role("a;b}c"))
    monkeypatch.setenv("SURVEY_PWD", "a;b}c")
    with closing(function(answer)(name)) as conn:
        assert conn.execute("select current_user").fetchval() == "visitor"
    monkeypatch.setenv("SURVEY_PWD", "wrong")
    with pytest.raises(pyodbc.Error, match="password authentication failed"):
        function(answer)(name)


@pytest.mark.parametrize("title", ["hands the credentials to pyodbc as they are", "puts braces round every name"])
def test_a_wrong_open_dsn_hands_over_others(title, running, role, tmp_path, monkeypatch):
    """The server gets half a password, or a user's name with braces, and lets nobody in."""
    own = sources.make(tmp_path)
    monkeypatch.setenv("ODBCINI", str(own.folder / sources.MINE))
    name = re.sub(r"\W", "", f"pg{title}{tmp_path.name}")[-30:]
    own.add(name, Driver="PostgreSQL Unicode", Servername=running.folder, Database="postgres")
    monkeypatch.setenv("SURVEY_UID", role("a;b}c"))
    monkeypatch.setenv("SURVEY_PWD", "a;b}c")
    answer = next(answer for answer in BANK["open_dsn"] if answer.title == title)
    with pytest.raises(pyodbc.Error, match="password authentication failed"):
        function(answer)(name)


@each("fetch")
def test_a_right_fetch_is_right_on_the_server(answer, conn, running):
    """Plain tuples, and no transaction is left open."""
    conn.execute("set application_name = 'under test'")
    conn.commit()
    rows = function(answer)(conn, "select ident, dated from Visited where ident > ? order by ident", (751,))
    assert rows == [(752, None), (837, "1932-01-14"), (844, "1932-03-22")]
    assert {type(row) for row in rows} == {tuple}
    assert state(running) == "idle"


@pytest.mark.parametrize("title", ["leaves the transaction of pyodbc open", "leaves the cursor open"])
def test_a_fetch_that_locks_locks_there_too(title, conn, running):
    """The server sees a transaction that does nothing, and waits."""
    answer = next(answer for answer in BANK["fetch"] if answer.title == title)
    conn.execute("set application_name = 'under test'")
    conn.commit()
    function(answer)(conn, "select ident from Visited", ())
    assert state(running) == "idle in transaction"


@each("to_frame")
def test_a_right_frame_is_right_on_the_server(answer, conn):
    """Names as the server folds them, numbers as numbers, and no warning."""
    conn.execute("insert into Visited values (null, 'DR-1', null)")
    conn.commit()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sql = "select ident as Visit, dated from Visited where site = ? order by ident"
        frame = function(answer)(conn, sql, ("DR-1",))
    assert list(frame.columns) == ["visit", "dated"]
    assert frame["visit"].dropna().tolist() == [619, 622, 844]
    assert len(frame) == 4 and pd.api.types.is_numeric_dtype(frame["visit"])


def test_pyodbc_does_not_put_braces_round_its_keywords(running, role):
    """So a password with a semicolon is cut off."""
    given = {"driver": "{PostgreSQL Unicode}", "server": str(running.folder), "database": "postgres"}
    assert who(";".join(f"{key}={value}" for key, value in given.items()) + f";UID={role('a;b')};PWD={{a;b}}")
    with pytest.raises(pyodbc.Error, match="password authentication failed"):
        pyodbc.connect(**given, UID="visitor", PWD="a;b")


def test_a_wrong_password_and_a_missing_server_have_one_state(running):
    """PostgreSQL's driver says 08001 for both, and the words differ."""
    for text, said in (
        (running.odbc().replace("PWD=", "PWD=x"), "password authentication failed"),
        (running.odbc().replace("SERVER=", "SERVER=/nowhere"), "No such file or directory"),
    ):
        with pytest.raises(pyodbc.Error, match=said) as caught:
            pyodbc.connect(text)
        assert caught.value.args[0] == "08001"


def test_the_survey_is_on_the_server_for_one_connection(conn, running):
    """Row for row; another connection does not see it."""
    counts = {table: conn.execute(f"select count(*) from {table}").fetchval() for table in survey.TABLES}
    assert counts == {"Person": 5, "Site": 3, "Visited": 8, "Survey": 21}
    with pytest.raises(postgres.PostgresError, match="does not exist"):
        running.sql("select count(*) from Person", "survey")


def test_a_server_that_cannot_be_reached_is_named_without_its_password(running, monkeypatch):
    """Not configured, and configured wrongly."""
    monkeypatch.delenv(server.VARIABLE, raising=False)
    assert not server.configured()
    with pytest.raises(server.ServerError, match="No server is configured"):
        server.connect()
    monkeypatch.setenv(server.VARIABLE, running.odbc("nowhere"))
    with pytest.raises(server.ServerError, match=r'08001.*database "nowhere" does not exist') as caught:
        server.connect()
    assert running.password not in str(caught.value)


def test_the_lesson_prints_what_the_server_says(running, monkeypatch, tmp_path):
    """Run beside a server, its lines are those that the text quotes; nothing else fails."""
    monkeypatch.setenv(server.VARIABLE, running.odbc("survey"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    lesson = notebook.read(LESSON)
    texts = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    NotebookClient(lesson, timeout=60, kernel_name="python3").execute()
    said = "\n".join(output.get("text", "") for cell in lesson.cells for output in cell.get("outputs", ()))
    lines = [line for line in said.splitlines() if line.startswith("server ")]
    assert lines == [line for line in texts.splitlines() if line.startswith("server ")]
    assert len(lines) == 18


def test_the_doctor_reads_the_survey_on_the_server(running, monkeypatch):
    """Where one is configured, it is put there and read again."""
    monkeypatch.setenv(server.VARIABLE, running.odbc("survey"))
    assert [finding.found for finding in doctor._server()] == ["21 readings put there and read again"]


def test_sqlalchemy_and_adbc_come_to_the_same_database(running, monkeypatch):
    """As the same user, by the parts of the string; a port is one of them."""
    monkeypatch.setenv(server.VARIABLE, running.odbc("survey") + ";PORT=5432")
    engine = server.engine()
    with engine.connect() as by_engine, server.adbc() as by_adbc:
        frames = [
            pd.read_sql("select current_database() as d, current_user as u", door) for door in (by_engine, by_adbc)
        ]
    engine.dispose()
    assert [frame.values.tolist() for frame in frames] == [[["survey", "course"]]] * 2


def test_they_name_what_is_missing(running, monkeypatch):
    """A data source alone says too little; a wrong password is not told; a package that is not there has a remedy."""
    for text in ("", "DSN=survey"):
        monkeypatch.setenv(server.VARIABLE, text)
        for door in (server.engine, server.adbc):
            with pytest.raises(
                server.ServerError, match="SERVER, DATABASE, UID" if text else "No server is configured"
            ):
                door()
    monkeypatch.setenv(server.VARIABLE, running.odbc("survey").replace("PWD=", "PWD=geheim"))
    with pytest.raises(server.ServerError, match="password authentication failed") as caught:
        server.adbc()
    assert "geheim" not in str(caught.value)
    for module in ("psycopg", "adbc_driver_postgresql", "adbc_driver_postgresql.dbapi"):
        monkeypatch.setitem(sys.modules, module, None)
    for door in (server.engine, server.adbc):
        with pytest.raises(server.ServerError, match=r"is not installed.*pip install"):
            door()


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests run as an ordinary user already")
def test_an_ordinary_user_reads_the_same(tmp_path):
    """The lesson beside a server of his own, which he starts and stops without any privilege."""
    accounts = users.enrol(tmp_path / "home", [("ada", "Ada Lindqvist")])
    (ada,) = accounts.users
    test = f"{__file__}::{test_the_lesson_prints_what_the_server_says.__name__}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={ROOT}", test]
    wall = users.command(accounts, ada, command, shared=[ROOT])
    done = subprocess.run(wall, env=users.environment(ada), capture_output=True, text=True)
    assert "1 passed" in done.stdout, done.stdout + done.stderr

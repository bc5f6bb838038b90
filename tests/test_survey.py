"""The survey is the one that the course is about, and nobody can spoil it for anybody else."""

import hashlib
import os
import pickle
import sqlite3
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyodbc
import pytest

from course import survey

# Of the rows of each table in the order of insertion, one `repr` a line. Not of the file: its header holds SQLite's
# version.
HASHES = {
    "Person": "a9f1b9fc8679937c91c59b38f5386f698cac932016ea0494841cae471ccc6876",
    "Site": "f6fb40484cbb6f4ee9242deb25db4e53ffd9ad39afb98cf168a5486adf5039b0",
    "Visited": "0a93ab2779961f14a45cbb490f9c9399da2a3bf68e6d835ed5ad75108d96adc1",
    "Survey": "a1d3440425f48fb8f6cce3c33116e80bd70b893d1fe0ffd41d15cd910ed4d087",
}


def rows(conn, table):
    return conn.execute(f"select * from {table} order by rowid").fetchall()


@pytest.mark.parametrize("table", survey.TABLES)
def test_the_rows_are_those_of_the_original(table):
    """Each table holds the original's rows, in their order: nothing is repaired and nothing is lost."""
    text = "\n".join(map(repr, rows(survey.connect(), table)))
    assert hashlib.sha256(text.encode()).hexdigest() == HASHES[table]


def test_there_are_37_rows_in_four_tables():
    """Person 5, Site 3, Visited 8, Survey 21."""
    conn = survey.connect()
    counts = {table: conn.execute(f"select count(*) from {table}").fetchone()[0] for table in survey.TABLES}
    assert counts == {"Person": 5, "Site": 3, "Visited": 8, "Survey": 21}


def test_the_old_variant_is_kept():
    """The key columns are called ident, unknown values are real NULLs, and visit 734 is dated 1939."""
    conn = survey.connect()
    columns = {table: [row[1] for row in conn.execute(f"pragma table_info({table})")] for table in survey.TABLES}
    assert columns == {
        "Person": ["ident", "personal", "family"],
        "Site": ["name", "lat", "long"],
        "Visited": ["ident", "site", "dated"],
        "Survey": ["taken", "person", "quant", "reading"],
    }
    assert conn.execute("select dated from Visited where ident = 734").fetchone() == ("1939-01-07",)
    assert conn.execute("select ident from Visited where dated is null").fetchall() == [(752,)]
    assert conn.execute("select taken, quant from Survey where person is null").fetchall() == [
        (735, "sal"),
        (735, "temp"),
    ]


def test_every_connection_has_a_copy_of_its_own():
    """What one cell deletes is there again for the next."""
    with survey.connect() as conn:
        conn.execute("delete from Survey")
    assert survey.connect().execute("select count(*) from Survey").fetchone() == (21,)


def test_several_connections_may_share_a_path():
    """Two connections to one path see the same data, by sqlite3, ODBC and SQLAlchemy."""
    path = survey.path()
    with survey.connect(path) as conn:
        conn.execute("delete from Survey where quant = 'sal'")
    assert survey.odbc(path).execute("select count(*) from Survey").fetchone()[0] == 12
    with survey.engine(path).connect() as conn:
        assert conn.exec_driver_sql("select count(*) from Survey").scalar() == 12
    assert survey.readonly(path).execute("select count(*) from Survey").fetchone() == (12,)


def test_a_readonly_connection_refuses_to_write():
    """`readonly` reads, and a write raises."""
    conn = survey.readonly()
    assert conn.execute("select count(*) from Person").fetchone() == (5,)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        conn.execute("delete from Person")


def test_odbc_is_a_real_pyodbc_connection_to_sqlite():
    """`odbc` goes through pyodbc, the driver manager and the SQLite driver."""
    conn = survey.odbc()
    assert type(conn) is pyodbc.Connection
    assert conn.getinfo(pyodbc.SQL_DBMS_NAME) == "SQLite"
    assert [tuple(row) for row in conn.execute("select ident from Person order by ident")] == [
        ("danforth",), ("dyer",), ("lake",), ("pb",), ("roe",),
    ]  # fmt: skip


def test_odbc_takes_the_keywords_of_pyodbc():
    """`odbc(autocommit=True)` is pyodbc's."""
    assert survey.odbc(autocommit=True).autocommit is True


def test_pandas_reads_through_the_engine_without_a_warning(recwarn):
    """The SQLAlchemy engine is what pandas asks for."""
    frame = pd.read_sql("select * from Person", survey.engine())
    # Warnings of pandas' alone: from Python 3.13 on, unclosed databases of other tests are warned of here as well.
    assert (len(frame), [str(found.message) for found in recwarn if found.category is UserWarning]) == (5, [])


def test_pandas_warns_of_a_connection_by_odbc(recwarn):
    """Which is why there is an engine."""
    pd.read_sql("select * from Person", survey.odbc())
    assert ["pandas only supports SQLAlchemy" in str(w.message) for w in recwarn if w.category is UserWarning] == [True]


@pytest.mark.parametrize("connect", [survey.connect, survey.readonly, survey.odbc, survey.engine])
def test_a_wrong_path_is_an_error_and_makes_no_file(connect, tmp_path):
    """A path that does not exist, or is a folder, is named in the message; no empty database appears."""
    with pytest.raises(survey.SurveyError, match=r"nowhere\.db: there is no such file"):
        connect(tmp_path / "nowhere.db")
    with pytest.raises(survey.SurveyError, match="is a folder"):
        connect(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a b.db", "a#b?.db", "a=b.db", "{ab}.db", "Ærø.db", "日本.db"])
@pytest.mark.parametrize("connect", [survey.connect, survey.readonly, survey.odbc])
def test_odd_names_are_opened(connect, name, tmp_path):
    """Names with spaces and with characters that mean something to a URI or to ODBC are plain names."""
    survey.build(tmp_path / name)
    assert tuple(connect(tmp_path / name).execute("select count(*) from Survey").fetchone()) == (21,)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_odbc_refuses_a_name_that_the_driver_would_cut(tmp_path):
    """The SQLite driver ends a name at ';': the message says so, and no file of the cut name appears."""
    survey.build(tmp_path / "a;b.db")
    with pytest.raises(survey.SurveyError, match="ends a file's name at the first ';'"):
        survey.odbc(tmp_path / "a;b.db")
    assert [path.name for path in tmp_path.iterdir()] == ["a;b.db"]


def test_build_never_overwrites(tmp_path):
    """An existing file stays as it is; a missing folder and one without the right to write are named."""
    (tmp_path / "mine.db").write_text("mine")
    with pytest.raises(survey.SurveyError, match="exists already"):
        survey.build(tmp_path / "mine.db")
    assert (tmp_path / "mine.db").read_text() == "mine"
    with pytest.raises(survey.SurveyError, match="mkdir -p"):
        survey.build(tmp_path / "no" / "folder.db")


def test_a_folder_without_the_right_to_write_is_named():
    """No write permission is one clear message. Nobody may write in /proc, not even root."""
    with pytest.raises(survey.SurveyError, match="Choose a folder in which you may write"):
        survey.build("/proc/survey.db")


def test_a_missing_driver_is_one_clear_sentence(tmp_path):
    """Without the driver the message says how to install it on Debian, Fedora, macOS and conda."""
    (tmp_path / "odbcinst.ini").write_text("")
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "from course import survey\ntry: survey.odbc()\nexcept survey.SurveyError as e: print(e)",
        ],
        env={**os.environ, "ODBCSYSINI": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said == survey.DRIVER_HELP + "\n"
    for system in ("Debian", "Fedora", "macOS", "conda"):
        assert system in said


def test_copies_disappear_with_the_process():
    """A process that ends leaves no copy behind."""
    code = "from course import survey; print(survey.path())"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert (made.endswith(".db"), Path(made).exists()) == (True, False)


def test_an_empty_survey_has_the_tables_and_no_rows():
    """So one can put rows of one's own into it."""
    conn = sqlite3.connect(":memory:")
    conn.deserialize(survey.empty())
    assert [conn.execute(f"select count(*) from {table}").fetchone() for table in survey.TABLES] == [(0,)] * 4
    assert conn.execute("select sql from sqlite_master").fetchall() == (
        survey.connect().execute("select sql from sqlite_master").fetchall()
    )


def test_a_database_to_pass_on_is_opened_where_it_is_used():
    """For each use anew, in this process and in another, as a plain connection in memory."""
    database = survey.Database(survey.content())
    for conn in (database.__opened__(), pickle.loads(pickle.dumps(database))):
        assert type(conn) is sqlite3.Connection
        conn.execute("delete from Person")
    assert database.__opened__().execute("select count(*) from Person").fetchone() == (5,)
    assert repr(database) == "Database()"

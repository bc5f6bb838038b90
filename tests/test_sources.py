"""An ODBC configuration of one's own: real drivers find it, and nobody else does."""

import os
import subprocess
import sys
from contextlib import closing

import pyodbc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import sources, survey

# The driver manager looks once for its files, so each test of it has a process of its own.
ASK = """
import sys
from course import sources
sources.use(sys.argv[1])
import pyodbc
conn = pyodbc.connect(sys.argv[2])
print(conn.execute("select count(*) from Person").fetchval(), sorted(pyodbc.dataSources()))
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A new configuration, made in the current folder."""
    monkeypatch.chdir(tmp_path)
    return sources.make("odbc", trace=True)


def asked(own, text, environment=None):
    """What a new process says that connects with `text`."""
    command = [sys.executable, "-c", ASK, str(own.folder), text]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | (environment or {}))
    return done.stdout.strip() or done.stderr.splitlines()[-1]


def test_a_source_can_be_connected_to(own):
    """By its name, through the driver that it names, to a file whose name no connection string could hold."""
    path = survey.path()
    path = path.rename(path.with_name("a;b}.db"))
    own.add("lake", Driver="SQLite3", Database=path, NoCreat=1)
    own.add("dyer", Driver="SQLite3", Database=survey.path())
    assert asked(own, "DSN=lake") == "5 ['dyer', 'lake']"
    assert own.names() == ["lake", "dyer"]


def test_nobody_elses_sources_are_found(own, tmp_path):
    """Neither those of another configuration nor, in the other direction, ours."""
    other = sources.make(tmp_path / "other")
    other.add("lake", Driver="SQLite3", Database=survey.path())
    assert "IM002" in asked(own, "DSN=lake")
    assert asked(other, "DSN=lake") == "5 ['lake']"


def test_a_driver_can_have_another_name(own):
    """With the letters that a connection string must put in braces."""
    own.add_driver("SQLite; v=}3")
    path = survey.path()
    assert asked(own, f"DRIVER={{SQLite; v=}}}}3}};DATABASE={path}") == "5 []"


def test_the_trace_tells_what_was_asked(own):
    """Each connection string, in order, its password hidden."""
    own.add("lake", Driver="SQLite3", Database=survey.path())
    asked(own, "DSN=lake;UID=me;PWD=geheim")
    asked(own, "DSN=nobody")
    assert own.asked() == ["DSN=lake;UID=me;PWD=******", "DSN=nobody"]


def test_a_trace_that_would_not_be_written_is_refused(tmp_path):
    """The driver manager would keep silent about it."""
    with pytest.raises(sources.SourcesError, match="writes no trace"):
        sources.make(tmp_path / ("x" * 60), trace=True)


def test_made_again_it_is_empty(own):
    """What an earlier run has left is gone."""
    own.add("lake", Driver="SQLite3", Database="x")
    assert sources.make(own.folder).names() == []


def test_the_machines_drivers_are_in_it(own):
    """All of them, under their names."""
    found = own.text()["odbcinst.ini"]
    assert all(f"[{driver}]" in found for driver in pyodbc.drivers())


@pytest.mark.parametrize("name", ["a]b", "a\nb", "", "  "])
def test_a_name_that_cannot_stand_there_is_refused(own, name):
    """Nothing is written."""
    before = own.text()
    with pytest.raises(sources.SourcesError, match="cannot stand there"):
        own.add(name, Driver="SQLite3")
    with pytest.raises(sources.SourcesError, match="cannot stand there"):
        own.add("lake", Database=f"a\n[{name}]")
    assert own.text() == before


def test_an_unknown_driver_is_named_with_those_that_there_are(own):
    """So that a typing error is seen."""
    with pytest.raises(sources.SourcesError, match=r"no driver 'SQLlite'.*SQLite3"):
        own.add_driver("mine", like="SQLlite")


def test_what_is_not_made_cannot_be_used(tmp_path):
    """And the message says how to make it."""
    with pytest.raises(sources.SourcesError, match="Make one first"):
        sources.use(tmp_path)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("DSN=survey", [("DSN", "survey")]),
        ("driver={SQLite3};Database=/a b.db;", [("DRIVER", "SQLite3"), ("DATABASE", "/a b.db")]),
        ("PWD={a;b}}c};UID=x", [("PWD", "a;b}c"), ("UID", "x")]),
        ("PWD=a}}b;UID={}", [("PWD", "a}}b"), ("UID", "")]),
        ("PWD=a=b;;UID=", [("PWD", "a=b"), ("UID", "")]),
    ],
)
def test_a_connection_string_is_read_as_the_manager_reads_it(text, parts):
    """Keywords in capitals, values as they are meant."""
    assert sources.parts(text) == parts


@pytest.mark.parametrize("text", ["survey", "PWD={a", "PWD={a}b}", "PWD={a}}", "A=1;b", None, 7])
def test_what_cannot_be_read_is_refused(text):
    """With a sentence."""
    with pytest.raises(sources.SourcesError):
        sources.parts(text)


@given(st.lists(st.tuples(st.sampled_from(["UID", "PWD"]), st.text(st.characters(blacklist_characters="\0")))))
def test_any_value_can_be_written_in_braces(pairs):
    """With every closing brace doubled, whatever else it holds."""
    doubled = [(key, value.replace("}", "}}")) for key, value in pairs]
    assert sources.parts(";".join(f"{key}={{{value}}}" for key, value in doubled)) == pairs


def test_the_driver_manager_reads_braces_so(own):
    """What `parts` says of a driver's name is what unixODBC finds."""
    with closing(survey.odbc()) as conn:
        assert conn.getinfo(pyodbc.SQL_DBMS_NAME) == "SQLite"
    own.add_driver("{S}")
    text = f"DRIVER={{{{S}}}}}};DATABASE={survey.path()}"
    assert sources.parts(text)[0] == ("DRIVER", "{S}")
    assert asked(own, text) == "5 []"


def test_a_file_in_the_way_is_named(tmp_path):
    """It is not deleted."""
    (tmp_path / "odbc").write_text("mine")
    with pytest.raises(sources.SourcesError, match="is a file"):
        sources.make(tmp_path / "odbc")
    assert (tmp_path / "odbc").read_text() == "mine"


@pytest.mark.parametrize("put", [lambda path: os.mkfifo(path), lambda path: path.symlink_to("/etc/hostname")])
def test_what_somebody_puts_in_place_of_a_file_is_not_touched(own, put):
    """A pipe would not answer, and a link leads elsewhere."""
    (own.folder / "my.odbc.ini").unlink()
    put(own.folder / "my.odbc.ini")
    for using in (own.text, own.names, lambda: own.add("lake", Driver="SQLite3")):
        with pytest.raises(sources.SourcesError, match="no longer a file"):
            using()

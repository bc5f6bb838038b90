"""The layers that are drawn are those of the connection; the tree shows where its error came from."""

from xml.etree import ElementTree

import pyodbc
import pytest

from course import draw, survey


def well_formed(picture: draw.Picture) -> bool:
    """Whether a browser can show it."""
    return ElementTree.fromstring(picture.svg).tag.endswith("svg")


def test_the_layers_are_asked_of_the_connection():
    """The driver and the database name themselves; without a data source the string configures the manager."""
    with survey.odbc() as conn:
        picture = draw.connection(conn)
    assert well_formed(picture)
    assert "driver (sqlite3odbc.so)" in picture.alt
    assert "database (SQLite: survey.db)" in picture.alt
    assert "configured by the connection string" in picture.alt


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("DSN=no such source", "IM002 stopped at: Does the manager know the name?"),
        ("DRIVER={NetezzaSQL};SERVER=db7", "01000 stopped at: Can it load the driver?"),
        ("DRIVER={SQLite3};DATABASE=/nowhere/survey.db;NoCreat=1", "HY000 is none of these: read its text."),
    ],
)
def test_an_error_is_put_where_it_belongs(text, stopped):
    """Real errors, by their state."""
    with pytest.raises(pyodbc.Error) as caught:
        pyodbc.connect(text)
    picture = draw.diagnosis(caught.value)
    assert well_formed(picture)
    assert picture.alt.endswith(stopped)


@pytest.mark.parametrize("state", ["08001", "28000", "28P01", "42P01", "42S02", "22P02"])
def test_a_servers_states_are_known(state):
    """Those of other drivers, too."""
    assert f"{state} stopped at" in draw.diagnosis(pyodbc.Error(state, "said")).alt


def test_without_an_error_it_is_the_tree_alone():
    """To learn it by heart."""
    assert "stopped" not in draw.diagnosis().alt
    assert draw.diagnosis().svg == draw.diagnosis().svg

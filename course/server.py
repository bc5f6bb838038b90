"""A real database server beside SQLite, where one is configured: the survey on it, for one connection only.

    export SURVEY_SERVER='DRIVER={PostgreSQL Unicode};SERVER=…;DATABASE=…;UID=…;PWD=…'    or 'DSN=…'

The tables are temporary ones: nobody else sees them, and they go when the connection is closed. SQLAlchemy and ADBC
reach a PostgreSQL by the parts of the same string.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from course import sources, survey

if TYPE_CHECKING:
    import adbc_driver_manager.dbapi
    import pyodbc
    import sqlalchemy

VARIABLE = "SURVEY_SERVER"
NEEDED = (
    "{} is not installed, and without it nobody comes to a PostgreSQL this way. In the course's folder: "
    ".venv/bin/python -m pip install --editable '.[server]'"
)


class ServerError(Exception):
    """The server cannot be reached. The message says why and what to do, and holds no password."""


def configured() -> bool:
    """Whether the environment names a server."""
    return bool(os.environ.get(VARIABLE))


def connect() -> pyodbc.Connection:
    """A pyodbc connection to the server that the environment names, with the survey in temporary tables."""
    import pyodbc

    try:
        conn = pyodbc.connect(_text())
    except pyodbc.Error as error:
        state, said = error.args[0], str(error.args[-1]).splitlines()[0]
        raise ServerError(f"The server that {VARIABLE} names cannot be reached: {state}, {said}") from None
    for statement in survey.sql().split(";"):
        if statement.strip():
            conn.execute(statement.replace("create table", "create temporary table"))
    conn.commit()
    return conn


def engine() -> sqlalchemy.Engine:
    """A SQLAlchemy engine for the server, by psycopg. The survey of `connect` is not there: it is another's."""
    import sqlalchemy

    try:
        return sqlalchemy.create_engine(_url().set(drivername="postgresql+psycopg"))
    except ModuleNotFoundError:
        raise ServerError(NEEDED.format("psycopg")) from None


def adbc() -> adbc_driver_manager.dbapi.Connection:
    """An ADBC connection to the server. The survey of `connect` is not there."""
    try:
        import adbc_driver_postgresql.dbapi as driver
    except ModuleNotFoundError:
        raise ServerError(NEEDED.format("ADBC's driver")) from None
    try:
        return driver.connect(_url().render_as_string(hide_password=False))
    except driver.Error as error:
        raise ServerError(f"The server that {VARIABLE} names cannot be reached: {str(error).splitlines()[0]}") from None


def _text() -> str:
    """The connection string."""
    if not configured():
        raise ServerError(f"No server is configured. Set {VARIABLE} to a connection string, such as 'DSN=name'.")
    return os.environ[VARIABLE]


def _url() -> sqlalchemy.URL:
    """The same as the URL of a PostgreSQL."""
    import sqlalchemy

    parts = dict(sources.parts(_text()))
    if missing := [keyword for keyword in ("SERVER", "DATABASE", "UID") if keyword not in parts]:
        raise ServerError(
            f"{VARIABLE} names no {', '.join(missing)}: SQLAlchemy and ADBC know no data sources, and need the parts."
        )
    # Here a socket's folder may stand, too.
    place = {"host": parts["SERVER"]} | ({"port": parts["PORT"]} if "PORT" in parts else {})
    return sqlalchemy.URL.create(
        "postgresql", username=parts["UID"], password=parts.get("PWD"), database=parts["DATABASE"], query=place
    )

"""A real database server beside SQLite, where one is configured: the survey on it, for one connection only.

    export SURVEY_SERVER='DRIVER={PostgreSQL Unicode};SERVER=…;DATABASE=…;UID=…;PWD=…'    or 'DSN=…'

The tables are temporary ones: nobody else sees them, and they go when the connection is closed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from course import survey

if TYPE_CHECKING:
    import pyodbc

VARIABLE = "SURVEY_SERVER"


class ServerError(Exception):
    """The server cannot be reached. The message says why and what to do, and holds no password."""


def configured() -> bool:
    """Whether the environment names a server."""
    return bool(os.environ.get(VARIABLE))


def connect() -> pyodbc.Connection:
    """A pyodbc connection to the server that the environment names, with the survey in temporary tables."""
    import pyodbc

    if not configured():
        raise ServerError(f"No server is configured. Set {VARIABLE} to a connection string, such as 'DSN=name'.")
    try:
        conn = pyodbc.connect(os.environ[VARIABLE])
    except pyodbc.Error as error:
        state, said = error.args[0], str(error.args[-1]).splitlines()[0]
        raise ServerError(f"The server that {VARIABLE} names cannot be reached: {state}, {said}") from None
    for statement in survey.sql().split(";"):
        if statement.strip():
            conn.execute(statement.replace("create table", "create temporary table"))
    conn.commit()
    return conn

# %% asks what the connection can do
def fetch(conn, sql, params):
    if hasattr(conn, "connect"):
        with conn.connect() as inner:
            return list(map(tuple, inner.exec_driver_sql(sql, params).all()))
    cur = conn.cursor()
    try:
        cur.execute(sql, params)
        return [(*row,) for row in cur]
    finally:
        cur.close()
        conn.rollback()


# %% text with names in place of question marks
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        pieces = sql.split("?")
        named = pieces[0] + "".join(f":p{number}{piece}" for number, piece in enumerate(pieces[1:]))
        values = {f"p{number}": value for number, value in enumerate(params)}
        with conn.begin() as inner:
            return [tuple(row) for row in inner.execute(sqlalchemy.text(named), values)]
    with conn:  # commits
        return [tuple(row) for row in conn.execute(sql, params).fetchall()]


# %% the driver's own connection for SQLAlchemy
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        raw = conn.raw_connection()
        try:
            return fetch(raw.driver_connection, sql, params)
        finally:
            raw.close()
    cur = conn.cursor()
    cur.execute(sql, tuple(params))
    rows = cur.fetchall()
    conn.commit()
    return [tuple(row) for row in rows]


# %% single dispatch, a way for each kind of connection
from functools import singledispatch

import pyodbc
import sqlalchemy


@singledispatch
def fetch(conn, sql, params):
    return [tuple(row) for row in conn.execute(sql, params)]


@fetch.register
def _(conn: pyodbc.Connection, sql, params):
    try:
        return [tuple(row) for row in conn.execute(sql, params)]
    finally:
        conn.commit()


@fetch.register
def _(conn: sqlalchemy.Engine, sql, params):
    with conn.begin() as opened:
        return [tuple(row) for row in opened.exec_driver_sql(sql, params)]


# %% every statement for itself while it asks
import pyodbc
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as opened:
            return list(map(tuple, opened.exec_driver_sql(sql, tuple(params)).fetchall()))
    if not isinstance(conn, pyodbc.Connection):
        return conn.execute(sql, params).fetchall()
    conn.autocommit = True
    try:
        return list(map(tuple, conn.execute(sql, params).fetchall()))
    finally:
        conn.autocommit = False


# %% returns pyodbc's rows  fails=["fetch_pyodbc", "fetch_closed"]
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return [tuple(row) for row in inner.exec_driver_sql(sql, params)]
    rows = conn.execute(sql, params).fetchall()
    conn.rollback()
    return rows


# %% a dict of parameters for everybody  fails=["fetch_pyodbc", "fetch_closed"]
import sqlalchemy


def fetch(conn, sql, params):
    pieces = sql.split("?")
    named = pieces[0] + "".join(f":p{number}{piece}" for number, piece in enumerate(pieces[1:]))
    values = {f"p{number}": value for number, value in enumerate(params)}
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return [tuple(row) for row in inner.execute(sqlalchemy.text(named), values)]
    rows = [tuple(row) for row in conn.execute(named, values).fetchall()]
    conn.rollback()
    return rows


# %% leaves the transaction of pyodbc open  fails=["fetch_closed"]
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return [tuple(row) for row in inner.exec_driver_sql(sql, params)]
    cur = conn.cursor()
    rows = [tuple(row) for row in cur.execute(sql, params).fetchall()]
    cur.close()
    return rows


# %% leaves the cursor open  fails=["fetch_closed"]
import sqlalchemy

CURSORS = []


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return [tuple(row) for row in inner.exec_driver_sql(sql, params)]
    CURSORS.append(conn.cursor())
    CURSORS[-1].execute(sql, params)
    rows = []
    while row := CURSORS[-1].fetchone():
        rows.append(tuple(row))
    return rows


# %% forgets text  fails=["fetch_sqlalchemy", "fetch_closed"]
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return [tuple(row) for row in inner.execute(sql, params)]
    rows = [tuple(row) for row in conn.execute(sql, params).fetchall()]
    conn.rollback()
    return rows


# %% takes an engine for a connection  fails=["fetch_sqlalchemy", "fetch_closed"]
def fetch(conn, sql, params):
    rows = [tuple(row) for row in conn.execute(sql, params).fetchall()]
    conn.rollback()
    return rows


# %% returns SQLAlchemy's rows  fails=["fetch_sqlalchemy"]
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return inner.exec_driver_sql(sql, params).fetchall()
    rows = [tuple(row) for row in conn.execute(sql, params).fetchall()]
    conn.rollback()
    return rows


# %% writes the values into the text  fails=["fetch_sqlite3", "fetch_pyodbc", "fetch_sqlalchemy"]
import sqlalchemy


def fetch(conn, sql, params):
    for value in params:
        sql = sql.replace("?", f"'{value}'" if isinstance(value, str) else str(value), 1)
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return [tuple(row) for row in inner.exec_driver_sql(sql)]
    rows = [tuple(row) for row in conn.execute(sql).fetchall()]
    conn.rollback()
    return rows


# %% forgets the parameters  fails=["fetch_sqlite3", "fetch_pyodbc", "fetch_sqlalchemy", "fetch_closed"]
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return [tuple(row) for row in inner.exec_driver_sql(sql)]
    rows = [tuple(row) for row in conn.execute(sql).fetchall()]
    conn.rollback()
    return rows


# %% returns the cursor  fails=["fetch_sqlite3", "fetch_pyodbc", "fetch_sqlalchemy", "fetch_closed"]
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        return conn.connect().exec_driver_sql(sql, params)
    return conn.cursor().execute(sql, params)


# %% sorts the rows  fails=["fetch_sqlite3", "fetch_pyodbc", "fetch_sqlalchemy"]
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return sorted((tuple(row) for row in inner.exec_driver_sql(sql, params)), key=repr)
    rows = sorted((tuple(row) for row in conn.execute(sql, params)), key=repr)
    conn.rollback()
    return rows


# %% takes equal rows for one  fails=["fetch_sqlite3", "fetch_pyodbc", "fetch_sqlalchemy"]
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return list(dict.fromkeys(tuple(row) for row in inner.exec_driver_sql(sql, params)))
    rows = list(dict.fromkeys(tuple(row) for row in conn.execute(sql, params)))
    conn.rollback()
    return rows


# %% closes the connection, which belongs to whoever called  fails=["fetch_sqlite3", "fetch_pyodbc", "fetch_closed"]
import sqlalchemy


def fetch(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            return [tuple(row) for row in inner.exec_driver_sql(sql, params)]
    rows = [tuple(row) for row in conn.execute(sql, params)]
    conn.close()
    return rows

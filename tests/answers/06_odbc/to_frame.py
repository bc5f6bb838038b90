# %% rows and names for everybody
import pandas as pd
import sqlalchemy


def to_frame(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        with conn.connect() as inner:
            result = inner.exec_driver_sql(sql, params)
            return pd.DataFrame.from_records(list(map(tuple, result)), columns=list(result.keys()))
    cur = conn.cursor()
    cur.execute(sql, params)
    names = [name for name, *_ in cur.description]
    frame = pd.DataFrame.from_records([tuple(row) for row in cur.fetchall()], columns=names)
    cur.close()
    return frame


# %% nullable types throughout
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if isinstance(conn, pyodbc.Connection):
        cur = conn.execute(sql, params)
        rows = [tuple(row) for row in cur.fetchall()]
        return pd.DataFrame(rows, columns=[column[0] for column in cur.description]).convert_dtypes()
    return pd.read_sql(sql, conn, params=params, dtype_backend="numpy_nullable")


# %% silences pandas for this one call
import warnings

import pandas as pd


def to_frame(conn, sql, params):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="pandas only supports SQLAlchemy")
        return pd.read_sql(sql, conn, params=params)


# %% a column at a time
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if not isinstance(conn, pyodbc.Connection):
        return pd.read_sql_query(sql, conn, params=params)
    cur = conn.execute(sql, params)
    rows = cur.fetchall()
    return pd.DataFrame({column[0]: [row[place] for row in rows] for place, column in enumerate(cur.description)})


# %% an engine for everybody, with a creator of its connections
import sqlite3

import pandas as pd
import sqlalchemy


def to_frame(conn, sql, params):
    if isinstance(conn, sqlalchemy.Engine):
        return pd.read_sql(sql, conn, params=params)
    file = conn.execute("pragma database_list").fetchone()[2]
    engine = sqlalchemy.create_engine("sqlite://", creator=lambda: sqlite3.connect(file))
    frame = pd.read_sql(sql, engine, params=params)
    engine.dispose()
    return frame


# %% ADBC, where it is installed
import sqlite3

import pandas as pd
import sqlalchemy

try:
    import adbc_driver_sqlite.dbapi as adbc
except ModuleNotFoundError:
    adbc = None


def to_frame(conn, sql, params):
    engine = isinstance(conn, sqlalchemy.Engine)
    file = conn.url.database if engine else conn.execute("pragma database_list").fetchone()[2]
    if adbc is None:
        return pd.read_sql(sql, sqlite3.connect(file), params=params)
    with adbc.connect(file) as opened, opened.cursor() as cur:
        cur.execute(sql, params)
        return cur.fetch_arrow_table().to_pandas()


# %% leaves it to pandas, which warns  fails=["to_frame_quiet"]
import pandas as pd


def to_frame(conn, sql, params):
    return pd.read_sql(sql, conn, params=params)


# %% turns all warnings off, for good  fails=["to_frame_filters"]
import warnings

import pandas as pd


def to_frame(conn, sql, params):
    warnings.filterwarnings("ignore")
    return pd.read_sql(sql, conn, params=params)


# %% resets all filters afterwards  fails=["to_frame_filters"]
import warnings

import pandas as pd


def to_frame(conn, sql, params):
    warnings.simplefilter("ignore", UserWarning)
    try:
        return pd.read_sql(sql, conn, params=params)
    finally:
        warnings.resetwarnings()


# %% turns them off beside the function  fails=["to_frame_quiet"]
import warnings

import pandas as pd

warnings.filterwarnings("ignore", category=UserWarning)


def to_frame(conn, sql, params):
    return pd.read_sql(sql, conn, params=params)


# %% forgets the names of the columns  fails=["to_frame_values", "to_frame_nulls"]
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if not isinstance(conn, pyodbc.Connection):
        return pd.read_sql_query(sql, conn, params=params)
    return pd.DataFrame([tuple(row) for row in conn.execute(sql, params).fetchall()])


# %% names in capitals  fails=["to_frame_values", "to_frame_nulls"]
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if not isinstance(conn, pyodbc.Connection):
        return pd.read_sql_query(sql, conn, params=params)
    cur = conn.execute(sql, params)
    rows = [tuple(row) for row in cur.fetchall()]
    return pd.DataFrame(rows, columns=[column[0].upper() for column in cur.description])


# %% no columns where there are no rows  fails=["to_frame_values"]
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if not isinstance(conn, pyodbc.Connection):
        return pd.read_sql_query(sql, conn, params=params)
    cur = conn.execute(sql, params)
    names = [column[0] for column in cur.description]
    return pd.DataFrame([dict(zip(names, row)) for row in cur.fetchall()])


# %% pyodbc's rows into the frame, as they are  fails=["to_frame_values", "to_frame_quiet", "to_frame_filters", "to_frame_nulls"]
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if not isinstance(conn, pyodbc.Connection):
        return pd.read_sql_query(sql, conn, params=params)
    cur = conn.execute(sql, params)
    return pd.DataFrame(cur.fetchall(), columns=[column[0] for column in cur.description])


# %% whole numbers with NULL as objects  fails=["to_frame_nulls"]
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if not isinstance(conn, pyodbc.Connection):
        return pd.read_sql_query(sql, conn, params=params)
    cur = conn.execute(sql, params)
    rows = [tuple(row) for row in cur.fetchall()]
    return pd.DataFrame(rows, columns=[column[0] for column in cur.description], dtype=object)


# %% everything as text  fails=["to_frame_values", "to_frame_nulls"]
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if not isinstance(conn, pyodbc.Connection):
        return pd.read_sql_query(sql, conn, params=params)
    cur = conn.execute(sql, params)
    rows = [tuple(row) for row in cur.fetchall()]
    return pd.DataFrame(rows, columns=[column[0] for column in cur.description]).astype("string")


# %% 0 in place of NULL  fails=["to_frame_values"]
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if not isinstance(conn, pyodbc.Connection):
        return pd.read_sql_query(sql, conn, params=params).fillna(0)
    cur = conn.execute(sql, params)
    rows = [tuple(0 if value is None else value for value in row) for row in cur.fetchall()]
    return pd.DataFrame(rows, columns=[column[0] for column in cur.description])


# %% sends what is written to stderr elsewhere  fails=["to_frame_quiet"]
import contextlib
import io

import pandas as pd


def to_frame(conn, sql, params):
    with contextlib.redirect_stderr(io.StringIO()):
        return pd.read_sql(sql, conn, params=params)


# %% leaves out rows in which something is missing  fails=["to_frame_values"]
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if not isinstance(conn, pyodbc.Connection):
        return pd.read_sql_query(sql, conn, params=params).dropna()
    cur = conn.execute(sql, params)
    return pd.DataFrame([tuple(row) for row in cur], columns=[column[0] for column in cur.description]).dropna()


# %% makes an index of the first column  fails=["to_frame_values", "to_frame_quiet", "to_frame_filters"]
import pandas as pd
import pyodbc


def to_frame(conn, sql, params):
    if not isinstance(conn, pyodbc.Connection):
        frame = pd.read_sql_query(sql, conn, params=params)
    else:
        cur = conn.execute(sql, params)
        frame = pd.DataFrame([tuple(row) for row in cur], columns=[column[0] for column in cur.description])
    return frame.set_index(frame.columns[0])

# %% fetchmany until it gives nothing
def batches(conn, sql, params, n):
    cur = conn.cursor()
    cur.execute(sql, params)
    while True:
        rows = cur.fetchmany(n)
        if not rows:
            return
        yield rows


# %% iter with a sentinel
def batches(conn, sql, params, n):
    cur = conn.execute(sql, params)
    return iter(lambda: cur.fetchmany(n), [])


# %% islice over the cursor
from itertools import islice


def batches(conn, sql, params, n):
    rows = iter(conn.execute(sql, params))
    while batch := list(islice(rows, n)):
        yield batch


# %% collects row by row
def batches(conn, sql, params, n):
    batch = []
    for row in conn.execute(sql, params):
        batch.append(row)
        if len(batch) == n:
            yield batch
            batch = []
    if batch:
        yield batch


# %% reads one batch ahead, with arraysize
def batches(conn, sql, params, n):
    cur = conn.cursor()
    cur.arraysize = n
    cur.execute(sql, params)
    batch = cur.fetchmany()
    while batch:
        following = cur.fetchmany()
        yield batch
        batch = following


# %% fetches all, then hands out slices  fails=["batches_lazy"]
def batches(conn, sql, params, n):
    rows = conn.execute(sql, params).fetchall()
    for first in range(0, len(rows), n):
        yield rows[first : first + n]


# %% collects all batches in a list, and returns that  fails=["batches_lazy"]
def batches(conn, sql, params, n):
    cur, found = conn.execute(sql, params), []
    while rows := cur.fetchmany(n):
        found.append(rows)
    return found


# %% loses the last batch where it is short  fails=["batches_sizes", "batches_once"]
def batches(conn, sql, params, n):
    batch = []
    for row in conn.execute(sql, params):
        batch.append(row)
        if len(batch) == n:
            yield batch
            batch = []


# %% never ends where a fetch gives nothing  fails=["batches_empty"]
def batches(conn, sql, params, n):
    cur = conn.execute(sql, params)
    while True:
        rows = cur.fetchmany(n)
        yield rows
        if 0 < len(rows) < n:
            return


# %% never ends  fails=["batches_sizes", "batches_empty", "batches_once"]
def batches(conn, sql, params, n):
    cur = conn.execute(sql, params)
    while True:
        yield cur.fetchmany(n)


# %% gives an empty batch where the last one was full  fails=["batches_empty"]
def batches(conn, sql, params, n):
    cur = conn.execute(sql, params)
    while True:
        rows = cur.fetchmany(n)
        yield rows
        if len(rows) < n:
            return


# %% asks again for each batch, with OFFSET  fails=["batches_once"]
def batches(conn, sql, params, n):
    offset = 0
    while rows := conn.execute(f"{sql} limit {n} offset {offset}", params).fetchall():
        yield rows
        offset += n


# %% counts the rows first  fails=["batches_once"]
def batches(conn, sql, params, n):
    (count,) = conn.execute(f"select count(*) from ({sql})", params).fetchone()
    cur = conn.execute(sql, params)
    for _ in range(0, count, n):
        yield cur.fetchmany(n)


# %% loses a row each time it looks whether there is one  fails=["batches_sizes", "batches_empty", "batches_lazy", "batches_once"]
def batches(conn, sql, params, n):
    cur = conn.execute(sql, params)
    while cur.fetchone():
        yield cur.fetchmany(n)


# %% gives rows, and no lists of rows  fails=["batches_sizes", "batches_empty", "batches_lazy", "batches_once"]
def batches(conn, sql, params, n):
    yield from conn.execute(sql, params)


# %% gives tuples of rows in place of lists  fails=["batches_sizes", "batches_empty", "batches_lazy", "batches_once"]
def batches(conn, sql, params, n):
    cur = conn.execute(sql, params)
    while rows := cur.fetchmany(n):
        yield tuple(rows)


# %% returns the first batch alone  fails=["batches_sizes", "batches_empty", "batches_lazy", "batches_once"]
def batches(conn, sql, params, n):
    return conn.execute(sql, params).fetchmany(n)


# %% forgets the parameters  fails=["batches_sizes", "batches_empty", "batches_once"]
def batches(conn, sql, params, n):
    cur = conn.execute(sql)
    while rows := cur.fetchmany(n):
        yield rows


# %% goes through pandas, which turns None into NaN  fails=["batches_sizes", "batches_empty"]
import pandas as pd


def batches(conn, sql, params, n):
    for frame in pd.read_sql(sql, conn, params=params, chunksize=n):
        yield list(frame.itertuples(index=False, name=None))

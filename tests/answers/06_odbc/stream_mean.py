# %% lets the database reckon
def stream_mean(conn, quant):
    return conn.execute("select avg(reading) from Survey where quant = ?", (quant,)).fetchone()[0]


# %% the mean that moves with every reading, after Welford
def stream_mean(conn, quant):
    mean, n = None, 0
    for (reading,) in conn.execute("select reading from Survey where quant = ?", (quant,)):
        if reading is not None:
            n += 1
            mean = reading if n == 1 else mean + (reading - mean) / n
    return mean


# %% pandas, in chunks
import pandas as pd


def stream_mean(conn, quant):
    total, n = 0.0, 0
    sql = "select reading from Survey where quant = ?"
    for chunk in pd.read_sql_query(sql, conn, params=(quant,), chunksize=10):
        known = pd.to_numeric(chunk["reading"]).dropna()
        total += known.sum()
        n += len(known)
    return float(total / n) if n else None


# %% sums and counts in the database
def stream_mean(conn, quant):
    sql = "select total(reading), count(reading) from Survey where quant = ?"
    total, n = conn.execute(sql, (quant,)).fetchone()
    return total / n if n else None


# %% as many rows as the cursor's arraysize says
def stream_mean(conn, quant):
    cur = conn.cursor()
    cur.arraysize = 10
    cur.execute("select reading from Survey where quant = ?", (quant,))
    total = n = 0
    for chunk in iter(cur.fetchmany, []):
        known = [reading for (reading,) in chunk if reading is not None]
        total += sum(known)
        n += len(known)
    return total / n if n else None


# %% asks for the rows behind the last one that it has seen
def stream_mean(conn, quant):
    last, total, n = -1, 0.0, 0
    sql = "select rowid, reading from Survey where quant = ? and rowid > ? order by rowid limit 10"
    while rows := conn.execute(sql, (quant, last)).fetchall():
        for last, reading in rows:
            if reading is not None:
                total, n = total + reading, n + 1
    return total / n if n else None


# %% a mean that takes the readings one by one
from statistics import StatisticsError, mean


def stream_mean(conn, quant):
    cur = conn.execute("select reading from Survey where quant = ? and reading is not null", (quant,))
    try:
        return mean(reading for (reading,) in cur)
    except StatisticsError:
        return None


# %% the mean of the chunks' means  fails=["stream_mean_mean"]
def stream_mean(conn, quant):
    means = []
    cur = conn.execute("select reading from Survey where quant = ? and reading is not null", (quant,))
    while chunk := cur.fetchmany(10):
        means.append(sum(reading for (reading,) in chunk) / len(chunk))
    return sum(means) / len(means) if means else None


# %% NULL counts as 0  fails=["stream_mean_null"]
def stream_mean(conn, quant):
    total, n = 0.0, 0
    cur = conn.execute("select reading from Survey where quant = ?", (quant,))
    while chunk := cur.fetchmany(10):
        total += sum(reading or 0 for (reading,) in chunk)
        n += len(chunk)
    return total / n if n else None


# %% 0 where there is no reading  fails=["stream_mean_null"]
def stream_mean(conn, quant):
    total, n = 0.0, 0
    cur = conn.execute("select reading from Survey where quant = ? and reading is not null", (quant,))
    while chunk := cur.fetchmany(10):
        total += sum(reading for (reading,) in chunk)
        n += len(chunk)
    return total / max(n, 1)


# %% reads all rows at once  fails=["stream_mean_held"]
def stream_mean(conn, quant):
    sql = "select reading from Survey where quant = ? and reading is not null"
    rows = conn.execute(sql, (quant,)).fetchall()
    return sum(reading for (reading,) in rows) / len(rows) if rows else None


# %% reads in chunks, and keeps them all  fails=["stream_mean_held"]
def stream_mean(conn, quant):
    rows = []
    cur = conn.execute("select reading from Survey where quant = ? and reading is not null", (quant,))
    while chunk := cur.fetchmany(10):
        rows += chunk
    return sum(reading for (reading,) in rows) / len(rows) if rows else None


# %% takes chunks of a hundred  fails=["stream_mean_held"]
def stream_mean(conn, quant):
    total, n = 0.0, 0
    cur = conn.execute("select reading from Survey where quant = ? and reading is not null", (quant,))
    while chunk := cur.fetchmany(100):
        total += sum(reading for (reading,) in chunk)
        n += len(chunk)
    return total / n if n else None


# %% hands the whole table to pandas  fails=["stream_mean_held"]
import pandas as pd


def stream_mean(conn, quant):
    mean = pd.read_sql_query("select * from Survey", conn).query("quant == @quant")["reading"].mean()
    return None if pd.isna(mean) else float(mean)


# %% loses the last chunk when it is short  fails=["stream_mean_mean", "stream_mean_null", "stream_mean_last"]
def stream_mean(conn, quant):
    total, n = 0.0, 0
    cur = conn.execute("select reading from Survey where quant = ? and reading is not null", (quant,))
    while len(chunk := cur.fetchmany(10)) == 10:
        total += sum(reading for (reading,) in chunk)
        n += len(chunk)
    return total / n if n else None


# %% fetches one row before each chunk, and does not count it  fails=["stream_mean_mean", "stream_mean_null", "stream_mean_held", "stream_mean_last"]
def stream_mean(conn, quant):
    total, n = 0.0, 0
    cur = conn.execute("select reading from Survey where quant = ? and reading is not null", (quant,))
    while cur.fetchone():
        chunk = cur.fetchmany(9)
        total += sum(reading for (reading,) in chunk)
        n += len(chunk)
    return total / n if n else None


# %% takes the last chunk for a short one  fails=["stream_mean_held", "stream_mean_last"]
def stream_mean(conn, quant):
    total, n = 0.0, 0
    cur = conn.execute("select reading from Survey where quant = ? and reading is not null", (quant,))
    while True:
        chunk = cur.fetchmany(10)
        total += sum(reading for (reading,) in chunk)
        n += len(chunk)
        if len(chunk) < 10:
            return total / len(chunk) if 0 < n == len(chunk) else total / n if n and chunk else None


# %% reads in chunks, and keeps the readings of all  fails=["stream_mean_held"]
def stream_mean(conn, quant):
    readings = []
    cur = conn.execute("select reading from Survey where quant = ? and reading is not null", (quant,))
    while chunk := cur.fetchmany(10):
        readings.extend(reading for (reading,) in chunk)
    return sum(readings) / len(readings) if readings else None


# %% writes the quantity into the text  fails=["stream_mean_mean"]
def stream_mean(conn, quant):
    return conn.execute(f"select avg(reading) from Survey where quant = '{quant}'").fetchone()[0]


# %% rounds  fails=["stream_mean_mean"]
def stream_mean(conn, quant):
    return conn.execute("select round(avg(reading), 2) from Survey where quant = ?", (quant,)).fetchone()[0]


# %% hands out nan where there is no mean  fails=["stream_mean_null"]
def stream_mean(conn, quant):
    mean = conn.execute("select avg(reading) from Survey where quant = ?", (quant,)).fetchone()[0]
    return float("nan") if mean is None else mean

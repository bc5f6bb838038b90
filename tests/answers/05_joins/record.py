# %% lets `with conn` commit or roll back
def record(conn, rows):
    with conn:
        conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)


# %% commits at the end, rolls back after an error, and raises it again
def record(conn, rows):
    try:
        for row in rows:
            conn.execute("insert into Survey values (?, ?, ?, ?)", row)
    except Exception:
        conn.rollback()
        raise
    conn.commit()


# %% begins and ends the transaction itself
def record(conn, rows):
    cur = conn.cursor()
    cur.execute("begin immediate")
    try:
        cur.executemany("insert into Survey values (?, ?, ?, ?)", rows)
        cur.execute("commit")
    except BaseException:
        cur.execute("rollback")
        raise


# %% inserts one by one, within one `with`
def record(conn, rows):
    with conn:
        for taken, person, quant, reading in rows:
            conn.execute("insert into Survey values (?, ?, ?, ?)", (taken, person, quant, reading))


# %% puts all rows into one statement
def record(conn, rows):
    if rows:
        if any(len(row) != 4 for row in rows):
            raise ValueError("a reading has four values")
        places = ", ".join(["(?, ?, ?, ?)"] * len(rows))
        with conn:
            conn.execute(f"insert into Survey values {places}", [value for row in rows for value in row])


# %% works through a savepoint, and then commits
def record(conn, rows):
    conn.execute("savepoint batch")
    try:
        conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
    except BaseException:
        conn.execute("rollback to batch")
        conn.execute("release batch")
        raise
    conn.execute("release batch")
    conn.commit()


# %% fills a table of its own first, and moves all rows at once
def record(conn, rows):
    with conn:
        conn.execute("create temp table if not exists batch (taken, person, quant, reading)")
        conn.execute("delete from batch")
        conn.executemany("insert into batch values (?, ?, ?, ?)", rows)
        conn.execute("insert into Survey select * from batch")


# %% rolls back what it raises as an error of its own
class RecordError(Exception):
    pass


def record(conn, rows):
    try:
        conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
        conn.commit()
    except Exception as error:
        conn.rollback()
        raise RecordError("nothing was stored") from error


# %% tells of the error on stderr, and raises it again
import sys


def record(conn, rows):
    try:
        with conn:
            conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
    except Exception as error:
        print("nothing was stored:", error, file=sys.stderr)
        raise


# %% takes the lock before it writes, and lets an exit stack roll back
from contextlib import ExitStack


def record(conn, rows):
    with ExitStack() as stack:
        stack.callback(conn.rollback)  # behind a commit there is nothing to roll back
        conn.execute("begin immediate")
        for taken, person, quant, reading in rows:
            conn.execute(
                "insert into Survey values (:t, :p, :q, :r)", {"t": taken, "p": person, "q": quant, "r": reading}
            )
        conn.commit()


# %% forgets to commit  fails=["record_kept", "record_nothing"]
def record(conn, rows):
    try:
        conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
    except Exception:
        conn.rollback()
        raise


# %% commits each row for itself  fails=["record_nothing", "record_crash"]
def record(conn, rows):
    for row in rows:
        with conn:
            conn.execute("insert into Survey values (?, ?, ?, ?)", row)


# %% commits every few rows  fails=["record_nothing", "record_crash"]
def record(conn, rows):
    for first in range(0, len(rows), 2):
        with conn:
            conn.executemany("insert into Survey values (?, ?, ?, ?)", rows[first : first + 2])


# %% turns on autocommit, so that there is no transaction  fails=["record_nothing", "record_crash"]
def record(conn, rows):
    conn.isolation_level = None
    with conn:
        conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)


# %% swallows the error  fails=["record_raises"]
def record(conn, rows):
    try:
        with conn:
            conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
    except Exception as error:
        print("could not be stored:", error)


# %% returns whether it went well  fails=["record_raises"]
def record(conn, rows):
    try:
        conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
    except Exception:
        conn.rollback()
        return False
    conn.commit()
    return True


# %% swallows the error and commits what went in before it  fails=["record_nothing", "record_raises"]
def record(conn, rows):
    try:
        conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
    except Exception:
        pass
    conn.commit()


# %% commits whatever happens, in `finally`  fails=["record_nothing"]
def record(conn, rows):
    try:
        conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
    finally:
        conn.commit()


# %% leaves out the bad rows and stores the others  fails=["record_nothing", "record_raises"]
def record(conn, rows):
    with conn:
        for row in rows:
            try:
                conn.execute("insert into Survey values (?, ?, ?, ?)", row)
            except Exception:
                continue


# %% forgets to roll back: what went in comes along with the next commit  fails=["record_nothing"]
def record(conn, rows):
    conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
    conn.commit()


# %% runs a script, which commits what went before  fails=["record_nothing", "record_crash"]
def record(conn, rows):
    with conn:
        for row in rows:
            conn.executescript("begin; end")
            conn.execute("insert into Survey values (?, ?, ?, ?)", row)


# %% writes a script, which knows no transaction  fails=["record_kept", "record_nothing", "record_crash"]
def record(conn, rows):
    lines = [
        f"insert into Survey values ({taken}, '{who}', '{quant}', {reading});" for taken, who, quant, reading in rows
    ]
    conn.executescript("\n".join(lines))


# %% deletes after an error what it had committed  fails=["record_crash"]
def record(conn, rows):
    (last,) = conn.execute("select coalesce(max(rowid), 0) from Survey").fetchone()
    try:
        for row in rows:
            conn.execute("insert into Survey values (?, ?, ?, ?)", row)
            conn.commit()
    except Exception:
        conn.rollback()
        conn.execute("delete from Survey where rowid > ?", [last])
        conn.commit()
        raise


# %% tries every row beforehand, then commits one by one  fails=["record_crash"]
def record(conn, rows):
    sql = "insert into Survey values (?, ?, ?, ?)"
    conn.execute("savepoint trial")
    try:
        conn.executemany(sql, rows[:0])
        for row in rows:
            conn.execute("insert into Survey select ?, ?, ?, ? where true", row)
    finally:
        conn.execute("rollback to trial")
        conn.execute("release trial")
    for row in rows:
        conn.execute(sql, row)
        conn.commit()


# %% looks at the length of the rows alone, then commits one by one  fails=["record_nothing", "record_crash"]
def record(conn, rows):
    if any(len(row) != 4 for row in rows):
        raise ValueError("a reading has four values")
    for row in rows:
        with conn:
            conn.execute("insert into Survey values (?, ?, ?, ?)", row)


# %% ignores rows that are there already  fails=["record_nothing"]
def record(conn, rows):
    with conn:
        conn.executemany("insert or ignore into Survey values (?, ?, ?, ?)", rows)


# %% closes the connection, which belongs to whoever called  fails=["record_kept", "record_nothing"]
def record(conn, rows):
    try:
        with conn:
            conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
    finally:
        conn.close()


# %% stores the first row alone  fails=["record_kept", "record_nothing", "record_raises", "record_crash"]
def record(conn, rows):
    with conn:
        conn.execute("insert into Survey values (?, ?, ?, ?)", rows[0])


# %% does nothing  fails=["record_kept", "record_nothing", "record_raises", "record_crash"]
def record(conn, rows):
    pass


# %% takes out what was there before  fails=["record_kept", "record_nothing"]
def record(conn, rows):
    with conn:
        conn.execute("delete from Survey")
        conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)


# %% hands a frame to pandas, which fills up rows that are too short  fails=["record_nothing", "record_raises"]
import pandas as pd


def record(conn, rows):
    frame = pd.DataFrame(rows, columns=["taken", "person", "quant", "reading"])
    frame.to_sql("Survey", conn, if_exists="append", index=False)


# %% rolls back what the database refuses, and nothing else that goes wrong  fails=["record_nothing"]
import sqlite3


def record(conn, rows):
    try:
        conn.executemany("insert into Survey values (?, ?, ?, ?)", rows)
        conn.commit()
    except sqlite3.IntegrityError:
        conn.rollback()
        raise

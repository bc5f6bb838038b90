# %% makes the table with to_sql, then deletes and inserts in one transaction
import pandas as pd


def save_frame(df, conn, table):
    df.head(0).to_sql(table, conn, if_exists="append", index=False)
    places = ", ".join("?" * len(df.columns))
    rows = df.astype(object).where(df.notna(), None).values.tolist()
    with conn:
        conn.execute(f'delete from "{table}"')
        conn.executemany(f'insert into "{table}" values ({places})', rows)


# %% asks whether the table is there
def save_frame(df, conn, table):
    found = conn.execute("select 1 from sqlite_master where type = 'table' and name = ?", (table,)).fetchone()
    df.to_sql(table, conn, if_exists="delete_rows" if found else "fail", index=False)


# %% through an SQLAlchemy engine, where SQLite keeps the rows before the refused one  fails=["save_frame_constraints"]
import sqlalchemy


def save_frame(df, conn, table):
    file = conn.execute("pragma database_list").fetchone()[2]
    engine = sqlalchemy.create_engine(sqlalchemy.URL.create("sqlite", database=file))
    df.to_sql(table, engine, if_exists="delete_rows", index=False)
    engine.dispose()


# %% inserts first into a table of its own, then moves the rows
def save_frame(df, conn, table):
    df.to_sql("_incoming", conn, if_exists="replace", index=False)
    try:
        conn.execute(f"create table if not exists {table} as select * from _incoming where 0")
        conn.execute("begin")
        conn.execute(f"delete from {table}")
        conn.execute(f"insert into {table} select * from _incoming")
        conn.commit()
    except BaseException:
        conn.rollback()
        raise
    finally:
        conn.execute("drop table _incoming")
        conn.commit()


# %% the index becomes a column  fails=["save_frame_columns", "save_frame_constraints"]
def save_frame(df, conn, table):
    df.to_sql(table, conn, if_exists="delete_rows")


# %% works once  fails=["save_frame_twice", "save_frame_changed", "save_frame_constraints"]
def save_frame(df, conn, table):
    df.to_sql(table, conn, index=False)


# %% appends, so that every night adds its rows  fails=["save_frame_twice", "save_frame_changed", "save_frame_constraints"]
def save_frame(df, conn, table):
    df.to_sql(table, conn, if_exists="append", index=False)


# %% leaves a table that is there as it is  fails=["save_frame_changed", "save_frame_constraints"]
def save_frame(df, conn, table):
    try:
        df.to_sql(table, conn, if_exists="fail", index=False)
    except ValueError:
        pass


# %% drops the table and makes a new one  fails=["save_frame_constraints"]
def save_frame(df, conn, table):
    df.to_sql(table, conn, if_exists="replace", index=False)


# %% forgets to commit  fails=["save_frame_visible", "save_frame_twice", "save_frame_changed", "save_frame_columns", "save_frame_constraints"]
def save_frame(df, conn, table):
    names = ", ".join(f'"{name}"' for name in df.columns)
    places = ", ".join("?" * len(df.columns))
    rows = df.astype(object).where(df.notna(), None).values.tolist()
    conn.execute("begin")
    conn.execute(f'create table if not exists "{table}" ({names})')
    conn.execute(f'delete from "{table}"')
    conn.executemany(f'insert into "{table}" ({names}) values ({places})', rows)


# %% commits the deletion, and then inserts  fails=["save_frame_constraints"]
def save_frame(df, conn, table):
    if conn.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone():
        conn.execute(f"delete from {table}")
        conn.commit()
    df.to_sql(table, conn, if_exists="append", index=False)


# %% numpy's numbers, which SQLite takes for bytes  fails=["save_frame_visible", "save_frame_twice", "save_frame_changed", "save_frame_columns", "save_frame_constraints"]
def save_frame(df, conn, table):
    names = ", ".join(df.columns)
    places = ", ".join("?" * len(df.columns))
    with conn:
        conn.execute(f"create table if not exists {table} ({names})")
        conn.execute(f"delete from {table}")
        conn.executemany(f"insert into {table} values ({places})", df.to_records(index=False).tolist())
        for name in df.select_dtypes("int"):
            for place, value in enumerate(df[name].to_numpy(), 1):
                conn.execute(f"update {table} set {name} = ? where rowid = ?", (value, place))


# %% everything as text  fails=["save_frame_visible", "save_frame_twice", "save_frame_changed", "save_frame_columns"]
def save_frame(df, conn, table):
    df.astype(str).to_sql(table, conn, if_exists="delete_rows", index=False, dtype="TEXT")


# %% swallows the error  fails=["save_frame_constraints"]
def save_frame(df, conn, table):
    try:
        df.to_sql(table, conn, if_exists="delete_rows", index=False)
    except Exception:
        conn.rollback()


# %% leaves out the rows that the table refuses  fails=["save_frame_constraints"]
def save_frame(df, conn, table):
    df.head(0).to_sql(table, conn, if_exists="append", index=False)
    places = ", ".join("?" * len(df.columns))
    rows = df.astype(object).where(df.notna(), None).values.tolist()
    with conn:
        conn.execute(f"delete from {table}")
        conn.executemany(f"insert or ignore into {table} values ({places})", rows)


# %% replaces rows of the same key, where there is one  fails=["save_frame_twice", "save_frame_changed", "save_frame_constraints"]
def save_frame(df, conn, table):
    df.head(0).to_sql(table, conn, if_exists="append", index=False)
    rows = df.astype(object).where(df.notna(), None).values.tolist()
    with conn:
        conn.executemany(f"insert or replace into {table} values ({', '.join('?' * df.shape[1])})", rows)


# %% takes away afterwards what is there twice  fails=["save_frame_changed", "save_frame_constraints"]
def save_frame(df, conn, table):
    df.to_sql(table, conn, if_exists="append", index=False)
    names = ", ".join(df.columns)
    conn.execute(f"delete from {table} where rowid not in (select max(rowid) from {table} group by {names})")
    conn.commit()


# %% replaces the table, and puts the old rows back where that fails  fails=["save_frame_constraints"]
import pandas as pd


def save_frame(df, conn, table):
    found = conn.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone()
    old = pd.read_sql(f"select * from {table}", conn) if found else None
    try:
        df.to_sql(table, conn, if_exists="replace", index=False)
    except Exception:
        if old is not None:
            old.to_sql(table, conn, if_exists="replace", index=False)
        raise

# %% lets the database order
def people(conn):
    return conn.execute("select * from Person order by family, personal").fetchall()


# %% sorts in Python
def people(conn):
    rows = conn.execute("select ident, personal, family from Person")
    return sorted(rows, key=lambda row: (row[2], row[1]))


# %% goes through pandas
import pandas as pd


def people(conn):
    frame = pd.read_sql("select ident, personal, family from Person", conn)
    frame = frame.sort_values(["family", "personal"])
    return list(frame.itertuples(index=False, name=None))


# %% orders by the numbers of the columns
def people(conn):
    return list(conn.execute("select ident, personal, family from Person order by 3, 2"))


# %% sorts twice, the weaker key first
def people(conn):
    rows = sorted(conn.execute("select * from Person"), key=lambda row: row[1])
    rows.sort(key=lambda row: row[2])
    return rows


# %% takes the order in which the rows were put in  fails=["people_order"]
def people(conn):
    return conn.execute("select * from Person").fetchall()


# %% orders by ident  fails=["people_order"]
def people(conn):
    return conn.execute("select * from Person order by ident").fetchall()


# %% puts the personal name first  fails=["people_order"]
def people(conn):
    return conn.execute("select * from Person order by personal, family").fetchall()


# %% orders by family name alone  fails=["people_order"]
def people(conn):
    return conn.execute("select * from Person order by family").fetchall()


# %% orders without regard to capitals  fails=["people_order"]
def people(conn):
    return conn.execute("select * from Person order by family collate nocase, personal collate nocase").fetchall()


# %% orders by a text in quotes, which is no column  fails=["people_order"]
def people(conn):
    return conn.execute("select * from Person order by 'family', 'personal'").fetchall()


# %% orders from Z to A  fails=["people_order"]
def people(conn):
    return conn.execute("select * from Person order by family desc, personal desc").fetchall()


# %% returns a dict for each row  fails=["people_rows", "people_order"]
def people(conn):
    rows = conn.execute("select ident, personal, family from Person order by family, personal")
    return [dict(zip(("ident", "personal", "family"), row)) for row in rows]


# %% returns Rows, which are no tuples  fails=["people_rows", "people_order"]
import sqlite3


def people(conn):
    conn.row_factory = sqlite3.Row
    return conn.execute("select * from Person order by family, personal").fetchall()


# %% returns the cursor, from which nothing was fetched  fails=["people_rows", "people_order"]
def people(conn):
    return conn.execute("select * from Person order by family, personal")


# %% fetches twice: the second time there is nothing left  fails=["people_rows", "people_order"]
def people(conn):
    cur = conn.execute("select * from Person order by family, personal")
    print(cur.fetchall())
    return cur.fetchall()


# %% prints the rows and returns nothing  fails=["people_rows", "people_order"]
def people(conn):
    for row in conn.execute("select * from Person order by family, personal"):
        print(row)


# %% returns the names without the ident  fails=["people_rows", "people_order"]
def people(conn):
    return conn.execute("select personal, family from Person order by family, personal").fetchall()


# %% leaves out people without a reading  fails=["people_rows", "people_order"]
def people(conn):
    return conn.execute(
        "select * from Person where ident in (select person from Survey) order by family, personal"
    ).fetchall()


# %% keeps one person of each family  fails=["people_rows", "people_order"]
def people(conn):
    found = {row[2]: row for row in conn.execute("select * from Person order by family, personal")}
    return list(found.values())


# %% stops after five, as on the survey  fails=["people_rows", "people_order"]
def people(conn):
    return conn.execute("select * from Person order by family, personal").fetchmany(5)


# %% writes out what was read off  fails=["people_rows", "people_order"]
def people(conn):
    return [
        ("danforth", "Frank", "Danforth"),
        ("dyer", "William", "Dyer"),
        ("lake", "Anderson", "Lake"),
        ("pb", "Frank", "Pabodie"),
        ("roe", "Valentina", "Roerich"),
    ]


# %% joins the names before it compares them  fails=["people_order"]
def people(conn):
    return conn.execute("select * from Person order by family || personal").fetchall()


# %% orders in a subquery, and takes the rows out of it again in another order  fails=["people_order"]
def people(conn):
    rows = conn.execute("select * from (select * from Person order by family, personal) order by ident")
    return rows.fetchall()

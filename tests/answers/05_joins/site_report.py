# %% groups once
def site_report(conn, site):
    sql = """
        select quant, min(reading), avg(reading), max(reading), count(reading)
        from Survey where taken in (select ident from Visited where site = ?)
        group by quant
    """
    return list(conn.execute(sql, [site]))


# %% asks one small query for each quantity
def site_report(conn, site):
    sql = """
        select quant, min(reading), avg(reading), max(reading), count(reading)
        from Survey join Visited on ident = taken
        where site = ? and quant = ?
        group by quant
    """
    rows = []
    for quant in ("rad", "sal", "temp"):
        rows += conn.execute(sql, [site, quant]).fetchall()
    return rows


# %% makes a view, and asks that
def site_report(conn, site):
    conn.execute(
        """
        create temp view if not exists report as
        select site, quant, min(reading) as least, avg(reading) as mean, max(reading) as greatest, count(reading) as n
        from Survey join Visited on ident = taken
        group by site, quant
        """
    )
    return conn.execute(
        "select quant, least, mean, greatest, n from report where site = :site", {"site": site}
    ).fetchall()


# %% reads the report through pandas
import pandas as pd


def site_report(conn, site):
    sql = """
        select quant, min(reading) as least, avg(reading) as mean, max(reading) as greatest, count(reading) as n
        from Survey join Visited on ident = taken where site = ? group by quant
    """
    frame = pd.read_sql(sql, conn, params=[site]).astype(object)
    return [
        tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False, name=None)
    ]


# %% has one row made of all, as JSON
import json


def site_report(conn, site):
    sql = """
        select json_group_array(json_array(quant, least, mean, greatest, n)) from (
            select quant, min(reading) as least, avg(reading) as mean, max(reading) as greatest, count(reading) as n
            from Survey join Visited on ident = taken where site = ? group by quant
        )
    """
    (text,) = conn.execute(sql, [site]).fetchone()
    return [tuple(row) for row in json.loads(text)]


# %% SQLAlchemy, over the connection that is there
import sqlalchemy
from sqlalchemy.pool import StaticPool


def site_report(conn, site):
    engine = sqlalchemy.create_engine("sqlite://", creator=lambda: conn, poolclass=StaticPool)
    sql = """
        select quant, min(reading), avg(reading), max(reading), count(reading)
        from Survey join Visited on ident = taken where site = :site group by quant
    """
    with engine.connect() as opened:
        return [tuple(row) for row in opened.execute(sqlalchemy.text(sql), {"site": site})]


# %% reads the readings, and computes in pandas  fails=["site_report_moved"]
import pandas as pd


def site_report(conn, site):
    sql = "select quant, reading from Survey join Visited on ident = taken where site = ?"
    frame = pd.read_sql(sql, conn, params=[site], dtype={"reading": float})
    rows = []
    for quant, of in frame.groupby("quant").reading:
        numbers = [None if pd.isna(value) else value for value in (of.min(), of.mean(), of.max())]
        rows.append((quant, *numbers, int(of.count())))
    return rows


# %% reads both tables, and computes in Python  fails=["site_report_moved"]
def site_report(conn, site):
    visits = {ident for ident, where in conn.execute("select ident, site from Visited") if where == site}
    found = {}
    for taken, quant, reading in conn.execute("select taken, quant, reading from Survey"):
        if taken in visits:
            found.setdefault(quant, []).extend([] if reading is None else [reading])
    return [
        (quant, min(x, default=None), sum(x) / len(x) if x else None, max(x, default=None), len(x))
        for quant, x in found.items()
    ]


# %% asks a query for each visit  fails=["site_report_moved"]
def site_report(conn, site):
    found = {}
    for (visit,) in conn.execute("select ident from Visited where site = ?", [site]).fetchall():
        for quant, reading in conn.execute("select quant, reading from Survey where taken = ?", [visit]):
            found.setdefault(quant, []).extend([] if reading is None else [reading])
    return [
        (quant, min(x, default=None), sum(x) / len(x) if x else None, max(x, default=None), len(x))
        for quant, x in found.items()
    ]


# %% asks four small queries for each quantity  fails=["site_report_moved"]
def site_report(conn, site):
    source = "from Survey join Visited on ident = taken where site = ? and quant = ?"
    rows = []
    for quant in ("rad", "sal", "temp"):
        (there,) = conn.execute(f"select count(*) {source}", [site, quant]).fetchone()
        if there:
            numbers = [
                conn.execute(f"select {what}(reading) {source}", [site, quant]).fetchone()[0]
                for what in ("min", "avg", "max", "count")
            ]
            rows.append((quant, *numbers))
    return rows


# %% opens a connection of its own, past the counter  fails=["site_report_values", "site_report_null", "site_report_moved"]
import sqlite3


def site_report(conn, site):
    own = sqlite3.connect(conn.execute("pragma database_list").fetchone()[2])
    found = {}
    sql = "select quant, reading from Survey join Visited on ident = taken where site = ?"
    for quant, reading in own.execute(sql, [site]):
        found.setdefault(quant, []).extend([] if reading is None else [reading])
    own.close()
    return [
        (quant, min(x, default=None), sum(x) / len(x) if x else None, max(x, default=None), len(x))
        for quant, x in found.items()
    ]


# %% asks a cursor of another class, which does not count  fails=["site_report_moved"]
import sqlite3


def site_report(conn, site):
    found = {}
    sql = "select quant, reading from Survey join Visited on ident = taken where site = ?"
    for quant, reading in conn.cursor(sqlite3.Cursor).execute(sql, [site]):
        found.setdefault(quant, []).extend([] if reading is None else [reading])
    return [
        (quant, min(x, default=None), sum(x) / len(x) if x else None, max(x, default=None), len(x))
        for quant, x in found.items()
    ]


# %% looks at five rows, whatever is in the others  fails=["site_report_values", "site_report_null", "site_report_moved"]
def site_report(conn, site):
    found = {}
    sql = "select quant, reading from Survey join Visited on ident = taken where site = ? limit 5"
    for quant, reading in conn.execute(sql, [site]):
        found.setdefault(quant, []).extend([] if reading is None else [reading])
    return [
        (quant, min(x, default=None), sum(x) / len(x) if x else None, max(x, default=None), len(x))
        for quant, x in found.items()
    ]


# %% divides by the number of rows, unknown values among them  fails=["site_report_null"]
def site_report(conn, site):
    sql = """
        select quant, min(reading), sum(reading) / count(*), max(reading), count(reading)
        from Survey join Visited on ident = taken where site = ? group by quant
    """
    return conn.execute(sql, [site]).fetchall()


# %% counts readings without a value  fails=["site_report_null"]
def site_report(conn, site):
    sql = """
        select quant, min(reading), avg(reading), max(reading), count(*)
        from Survey join Visited on ident = taken where site = ? group by quant
    """
    return conn.execute(sql, [site]).fetchall()


# %% says nothing of a quantity without a known value  fails=["site_report_null"]
def site_report(conn, site):
    sql = """
        select quant, min(reading), avg(reading), max(reading), count(reading)
        from Survey join Visited on ident = taken where site = ? and reading is not null group by quant
    """
    return conn.execute(sql, [site]).fetchall()


# %% takes NULL for 0  fails=["site_report_null"]
def site_report(conn, site):
    sql = """
        select quant, min(value), avg(value), max(value), count(value)
        from (select quant, coalesce(reading, 0) as value from Survey join Visited on ident = taken where site = ?)
        group by quant
    """
    return conn.execute(sql, [site]).fetchall()


# %% reports quantities that were never measured there  fails=["site_report_values", "site_report_null", "site_report_moved"]
def site_report(conn, site):
    rows = []
    for quant in ("rad", "sal", "temp", "ph"):
        sql = """
            select ?, min(reading), avg(reading), max(reading), count(reading)
            from Survey join Visited on ident = taken where site = ? and quant = ?
        """
        rows += conn.execute(sql, [quant, site, quant]).fetchall()
    return rows


# %% forgets which site  fails=["site_report_values", "site_report_null"]
def site_report(conn, site):
    sql = "select quant, min(reading), avg(reading), max(reading), count(reading) from Survey group by quant"
    return conn.execute(sql).fetchall()


# %% joins through Site, and loses what is not listed there  fails=["site_report_values", "site_report_moved"]
def site_report(conn, site):
    sql = """
        select quant, min(reading), avg(reading), max(reading), count(reading)
        from Survey join Visited on ident = taken join Site on name = site where site = ? group by quant
    """
    return conn.execute(sql, [site]).fetchall()


# %% joins with Person, and loses readings that nobody signed  fails=["site_report_values", "site_report_moved"]
def site_report(conn, site):
    sql = """
        select quant, min(reading), avg(reading), max(reading), count(reading)
        from Survey join Visited on Visited.ident = taken join Person on Person.ident = person
        where site = ? group by quant
    """
    return conn.execute(sql, [site]).fetchall()


# %% takes equal readings for one  fails=["site_report_values"]
def site_report(conn, site):
    sql = """
        select quant, min(reading), avg(distinct reading), max(reading), count(distinct reading)
        from Survey join Visited on ident = taken where site = ? group by quant
    """
    return conn.execute(sql, [site]).fetchall()


# %% puts the value in with an f-string  fails=["site_report_values", "site_report_null"]
def site_report(conn, site):
    sql = f"""
        select quant, min(reading), avg(reading), max(reading), count(reading)
        from Survey join Visited on ident = taken where site = '{site}' group by quant
    """
    return conn.execute(sql).fetchall()


# %% puts the mean last  fails=["site_report_values", "site_report_null", "site_report_moved"]
def site_report(conn, site):
    sql = """
        select quant, min(reading), max(reading), avg(reading), count(reading)
        from Survey join Visited on ident = taken where site = ? group by quant
    """
    return conn.execute(sql, [site]).fetchall()


# %% packs all readings into one text, and computes in Python  fails=["site_report_moved"]
import json


def site_report(conn, site):
    sql = "select json_group_array(json_array(quant, reading)) from Survey join Visited on ident = taken where site = ?"
    found = {}
    for quant, reading in json.loads(conn.execute(sql, [site]).fetchone()[0]):
        found.setdefault(quant, []).extend([] if reading is None else [reading])
    return [
        (quant, min(x, default=None), sum(x) / len(x) if x else None, max(x, default=None), len(x))
        for quant, x in found.items()
    ]


# %% copies the database, and asks the copy  fails=["site_report_moved"]
import sqlite3


def site_report(conn, site):
    copy = sqlite3.connect(":memory:")
    conn.backup(copy)
    sql = """
        select quant, min(reading), avg(reading), max(reading), count(reading)
        from Survey join Visited on ident = taken where site = ? group by quant
    """
    return copy.execute(sql, [site]).fetchall()


# %% takes the bytes of the database, and asks a copy of them  fails=["site_report_moved"]
import sqlite3


def site_report(conn, site):
    copy = sqlite3.connect(":memory:")
    copy.deserialize(conn.serialize())
    sql = """
        select quant, min(reading), avg(reading), max(reading), count(reading)
        from Survey join Visited on ident = taken where site = ? group by quant
    """
    return copy.execute(sql, [site]).fetchall()


# %% has the database hand every reading to a function of Python  fails=["site_report_moved"]
def site_report(conn, site):
    found = {}

    def keep(quant, reading):
        found.setdefault(quant, []).extend([] if reading is None else [reading])

    conn.create_function("keep", 2, keep)
    sql = "select count(keep(quant, reading)) from Survey join Visited on ident = taken where site = ?"
    conn.execute(sql, [site]).fetchone()
    return [
        (quant, min(x, default=None), sum(x) / len(x) if x else None, max(x, default=None), len(x))
        for quant, x in found.items()
    ]


# %% packs all readings into one text, and takes it out of a row that is no tuple  fails=["site_report_moved"]
import json


def site_report(conn, site):
    conn.row_factory = lambda cur, row: row[0]
    sql = "select json_group_array(json_array(quant, reading)) from Survey join Visited on ident = taken where site = ?"
    found = {}
    for quant, reading in json.loads(conn.execute(sql, [site]).fetchone()):
        found.setdefault(quant, []).extend([] if reading is None else [reading])
    return [
        (quant, min(x, default=None), sum(x) / len(x) if x else None, max(x, default=None), len(x))
        for quant, x in found.items()
    ]


# %% asks first which quantities there are, and then for each  fails=["site_report_moved"]
def site_report(conn, site):
    source = "from Survey join Visited on ident = taken where site = ?"
    sql = f"select quant, min(reading), avg(reading), max(reading), count(reading) {source} and quant = ?"
    found = conn.execute(f"select distinct quant {source}", [site]).fetchall()
    return [conn.execute(sql, [site, quant]).fetchone() for (quant,) in found]


# %% an aggregate of one's own, which Python computes from every row  fails=["site_report_moved"]
class Mean:
    def __init__(self):
        self.total, self.n = 0.0, 0

    def step(self, reading):
        if reading is not None:
            self.total, self.n = self.total + reading, self.n + 1

    def finalize(self):
        return self.total / self.n if self.n else None


def site_report(conn, site):
    conn.create_aggregate("mean", 1, Mean)
    sql = """
        select quant, min(reading), mean(reading), max(reading), count(reading)
        from Survey join Visited on ident = taken where site = ? group by quant
    """
    return conn.execute(sql, [site]).fetchall()

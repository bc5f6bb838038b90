# %% joins, and lets the database take the mean
def mean_by_site(conn, quant):
    sql = """
        select site, avg(reading)
        from Visited, Survey
        where taken = ident and quant = :quant and site is not null
        group by site
    """
    return list(conn.execute(sql, {"quant": quant}))


# %% names the readings of a place first
def mean_by_site(conn, quant):
    sql = """
        with measured as (
            select v.site, s.reading from Survey as s join Visited as v on v.ident = s.taken where s.quant = ?
        )
        select site, avg(reading) from measured group by site having site is not null
    """
    return conn.execute(sql, [quant]).fetchall()


# %% groups in pandas
import pandas as pd


def mean_by_site(conn, quant):
    sql = "select site, reading from Survey join Visited on taken = ident where quant = ?"
    frame = pd.read_sql(sql, conn, params=[quant])
    frame["reading"] = frame.reading.astype(float)
    means = frame.groupby("site").reading.mean()
    return [(site, None if pd.isna(mean) else mean) for site, mean in means.items()]


# %% divides the sum by the number of known values
def mean_by_site(conn, quant):
    sql = """
        select site, sum(reading) / count(reading)
        from Survey join Visited on taken = ident
        where quant = ? and site is not null
        group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% adds up in Python
def mean_by_site(conn, quant):
    where = dict(conn.execute("select ident, site from Visited where site is not null"))
    at = {}
    for taken, reading in conn.execute("select taken, reading from Survey where quant = ?", [quant]):
        if taken in where:
            at.setdefault(where[taken], []).extend([] if reading is None else [reading])
    return [(site, sum(values) / len(values) if values else None) for site, values in at.items()]


# %% takes the mean once more for each site
def mean_by_site(conn, quant):
    sql = """
        select distinct place.site, (
            select avg(reading) from Survey join Visited on taken = ident
            where quant = :q and Visited.site = place.site
        )
        from Visited as place
        where place.site is not null and exists (
            select 1 from Survey join Visited on taken = ident where quant = :q and Visited.site = place.site
        )
    """
    return conn.execute(sql, {"q": quant}).fetchall()


# %% a window, and each site once
def mean_by_site(conn, quant):
    sql = """
        select distinct site, avg(reading) over (partition by site)
        from Survey, Visited where ident = taken and quant = ? and site is not null
    """
    return conn.execute(sql, (quant,)).fetchall()


# %% forgets the quantity  fails=["mean_by_site_means"]
def mean_by_site(conn, quant):
    sql = """
        select site, avg(reading) from Survey join Visited on taken = ident
        where site is not null group by site
    """
    return conn.execute(sql).fetchall()


# %% pairs every reading with every visit  fails=["mean_by_site_means", "mean_by_site_null", "mean_by_site_weights"]
def mean_by_site(conn, quant):
    sql = "select site, avg(reading) from Survey, Visited where quant = ? and site is not null group by site"
    return conn.execute(sql, [quant]).fetchall()


# %% divides by the number of rows, unknown values among them  fails=["mean_by_site_null"]
def mean_by_site(conn, quant):
    sql = """
        select site, sum(reading) / count(*) from Survey join Visited on taken = ident
        where quant = ? and site is not null group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% takes NULL for 0  fails=["mean_by_site_null"]
def mean_by_site(conn, quant):
    sql = """
        select site, avg(coalesce(reading, 0)) from Survey join Visited on taken = ident
        where quant = ? and site is not null group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% leaves out sites without a known value  fails=["mean_by_site_null"]
def mean_by_site(conn, quant):
    sql = """
        select site, avg(reading) from Survey join Visited on taken = ident
        where quant = ? and site is not null and reading is not null group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% keeps the unknown site as a group of its own  fails=["mean_by_site_null"]
def mean_by_site(conn, quant):
    sql = "select site, avg(reading) from Survey join Visited on taken = ident where quant = ? group by site"
    return conn.execute(sql, [quant]).fetchall()


# %% takes a total, which makes 0 of nothing  fails=["mean_by_site_null"]
def mean_by_site(conn, quant):
    sql = """
        select site, total(reading) / max(count(reading), 1) from Survey join Visited on taken = ident
        where quant = ? and site is not null group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% takes the mean of the means of each person  fails=["mean_by_site_weights"]
def mean_by_site(conn, quant):
    sql = """
        select site, avg(mean) from (
            select site, person, avg(reading) as mean from Survey join Visited on taken = ident
            where quant = ? and site is not null group by site, person
        ) group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% takes the mean of the means of each visit  fails=["mean_by_site_weights"]
def mean_by_site(conn, quant):
    sql = """
        select site, avg(mean) from (
            select taken, avg(reading) as mean from Survey where quant = ? group by taken
        ) join Visited on taken = ident
        where site is not null group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% takes equal readings for one  fails=["mean_by_site_weights"]
def mean_by_site(conn, quant):
    sql = """
        select site, avg(distinct reading) from Survey join Visited on taken = ident
        where quant = ? and site is not null group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% joins through Site, and loses what is not listed there  fails=["mean_by_site_means", "mean_by_site_null", "mean_by_site_weights"]
def mean_by_site(conn, quant):
    sql = """
        select Site.name, avg(reading) from Survey
        join Visited on taken = ident join Site on Site.name = Visited.site
        where quant = ? group by Site.name
    """
    return conn.execute(sql, [quant]).fetchall()


# %% lists sites at which it was not measured  fails=["mean_by_site_means", "mean_by_site_null"]
def mean_by_site(conn, quant):
    sql = """
        select site, avg(case when quant = ? then reading end)
        from Visited left join Survey on taken = ident where site is not null group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% takes the sum for the mean  fails=["mean_by_site_means", "mean_by_site_null", "mean_by_site_weights"]
def mean_by_site(conn, quant):
    sql = """
        select site, sum(reading) from Survey join Visited on taken = ident
        where quant = ? and site is not null group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% puts the value in with an f-string  fails=["mean_by_site_means"]
def mean_by_site(conn, quant):
    sql = f"""
        select site, avg(reading) from Survey join Visited on taken = ident
        where quant = '{quant}' and site is not null group by site
    """
    return conn.execute(sql).fetchall()


# %% rounds  fails=["mean_by_site_means", "mean_by_site_null", "mean_by_site_weights"]
def mean_by_site(conn, quant):
    sql = """
        select site, round(avg(reading), 1) from Survey join Visited on taken = ident
        where quant = ? and site is not null group by site
    """
    return conn.execute(sql, [quant]).fetchall()


# %% groups in pandas, and hands out nan  fails=["mean_by_site_null"]
import pandas as pd


def mean_by_site(conn, quant):
    sql = "select site, reading from Survey join Visited on taken = ident where quant = ?"
    frame = pd.read_sql(sql, conn, params=[quant])
    return list(frame.assign(reading=frame.reading.astype(float)).groupby("site").reading.mean().items())


# %% takes the median for the mean  fails=["mean_by_site_means", "mean_by_site_null", "mean_by_site_weights"]
from collections import defaultdict
from statistics import median


def mean_by_site(conn, quant):
    at = defaultdict(list)
    sql = "select site, reading from Survey join Visited on ident = taken where quant = ? and site is not null"
    for site, reading in conn.execute(sql, (quant,)):
        at[site] += [] if reading is None else [reading]
    return [(site, median(readings) if readings else None) for site, readings in at.items()]


# %% forgets to group: one site for all  fails=["mean_by_site_means", "mean_by_site_null", "mean_by_site_weights"]
def mean_by_site(conn, quant):
    sql = """
        select site, avg(reading) from Survey join Visited on ident = taken where quant = ? and site is not null
    """
    return conn.execute(sql, (quant,)).fetchall()


# %% joins naturally, where no column has one name: every reading with every visit  fails=["mean_by_site_means", "mean_by_site_null", "mean_by_site_weights"]
def mean_by_site(conn, quant):
    sql = (
        "select site, avg(reading) from Survey natural join Visited where quant = ? and site is not null group by site"
    )
    return conn.execute(sql, (quant,)).fetchall()

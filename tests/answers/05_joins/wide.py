# %% takes the mean of a CASE
def wide(conn):
    sql = """
        select v.ident,
               avg(case when s.quant = 'rad' then s.reading end),
               avg(case when s.quant = 'sal' then s.reading end),
               avg(case when s.quant = 'temp' then s.reading end)
        from Visited as v left join Survey as s on s.taken = v.ident
        group by v.ident
    """
    return conn.execute(sql).fetchall()


# %% asks three subqueries for each visit
def wide(conn):
    sql = """
        select ident,
               (select avg(reading) from Survey where taken = ident and quant = 'rad'),
               (select avg(reading) from Survey where taken = ident and quant = 'sal'),
               (select avg(reading) from Survey where taken = ident and quant = 'temp')
        from Visited
    """
    return list(conn.execute(sql))


# %% joins three tables of means
def wide(conn):
    sql = """
        with mean as (select taken, quant, avg(reading) as value from Survey group by taken, quant)
        select ident, rad.value, sal.value, temp.value
        from Visited
        left join mean as rad on rad.taken = ident and rad.quant = 'rad'
        left join mean as sal on sal.taken = ident and sal.quant = 'sal'
        left join mean as temp on temp.taken = ident and temp.quant = 'temp'
    """
    return conn.execute(sql).fetchall()


# %% pivots in pandas, and puts back the visits that are missing
import pandas as pd


def wide(conn):
    read = pd.read_sql("select taken, quant, reading from Survey", conn, dtype={"reading": float})
    visits = [ident for (ident,) in conn.execute("select ident from Visited")]
    table = read.pivot_table(index="taken", columns="quant", values="reading", aggfunc="mean")
    table = table.reindex(index=visits, columns=["rad", "sal", "temp"])
    return [tuple(None if pd.isna(value) else value for value in row) for row in table.itertuples(name=None)]


# %% joins three times at once: a mean does not mind that each reading is there as often as the next
def wide(conn):
    sql = """
        select v.ident, avg(r.reading), avg(s.reading), avg(t.reading)
        from Visited as v
        left join Survey as r on r.taken = v.ident and r.quant = 'rad'
        left join Survey as s on s.taken = v.ident and s.quant = 'sal'
        left join Survey as t on t.taken = v.ident and t.quant = 'temp'
        group by v.ident
    """
    return conn.execute(sql).fetchall()


# %% collects in Python
def wide(conn):
    found = {ident: {"rad": [], "sal": [], "temp": []} for (ident,) in conn.execute("select ident from Visited")}
    for taken, quant, reading in conn.execute("select taken, quant, reading from Survey where reading is not null"):
        if taken in found and quant in found[taken]:
            found[taken][quant].append(reading)
    return [
        (ident, *(sum(values) / len(values) if values else None for values in lists.values()))
        for ident, lists in found.items()
    ]


# %% windows, and each visit once
def wide(conn):
    mean = "avg(case quant when '{}' then reading end) over (partition by Visited.ident)"
    columns = ", ".join(mean.format(quant) for quant in ("rad", "sal", "temp"))
    sql = f"select distinct Visited.ident, {columns} from Visited left join Survey on taken = Visited.ident"
    return conn.execute(sql).fetchall()


# %% an inner join loses visits without a reading  fails=["wide_visits"]
def wide(conn):
    sql = """
        select v.ident,
               avg(case when s.quant = 'rad' then s.reading end),
               avg(case when s.quant = 'sal' then s.reading end),
               avg(case when s.quant = 'temp' then s.reading end)
        from Visited as v join Survey as s on s.taken = v.ident
        group by v.ident
    """
    return conn.execute(sql).fetchall()


# %% looks in Survey alone  fails=["wide_visits", "wide_means", "wide_null", "wide_fanout"]
def wide(conn):
    sql = """
        select taken,
               avg(reading) filter (where quant = 'rad'),
               avg(reading) filter (where quant = 'sal'),
               avg(reading) filter (where quant = 'temp')
        from Survey group by taken
    """
    return conn.execute(sql).fetchall()


# %% keeps only visits at which all three were measured  fails=["wide_visits", "wide_null"]
def wide(conn):
    sql = """
        with mean as (select taken, quant, avg(reading) as value from Survey group by taken, quant)
        select ident, rad.value, sal.value, temp.value
        from Visited
        join mean as rad on rad.taken = ident and rad.quant = 'rad'
        join mean as sal on sal.taken = ident and sal.quant = 'sal'
        join mean as temp on temp.taken = ident and temp.quant = 'temp'
    """
    return conn.execute(sql).fetchall()


# %% a condition in WHERE makes inner joins of the left ones  fails=["wide_visits", "wide_null"]
def wide(conn):
    sql = """
        select v.ident, avg(r.reading), avg(s.reading), avg(t.reading)
        from Visited as v
        left join Survey as r on r.taken = v.ident
        left join Survey as s on s.taken = v.ident
        left join Survey as t on t.taken = v.ident
        where r.quant = 'rad' and s.quant = 'sal' and t.quant = 'temp'
        group by v.ident
    """
    return conn.execute(sql).fetchall()


# %% pivots in pandas, and forgets the visits that are missing  fails=["wide_visits", "wide_means", "wide_null", "wide_fanout"]
import pandas as pd


def wide(conn):
    read = pd.read_sql("select taken, quant, reading from Survey", conn, dtype={"reading": float})
    table = read.pivot_table(index="taken", columns="quant", values="reading", aggfunc="mean")
    table = table.reindex(columns=["rad", "sal", "temp"])
    return [tuple(None if pd.isna(value) else value for value in row) for row in table.itertuples(name=None)]


# %% takes the sum for the mean  fails=["wide_means", "wide_fanout"]
def wide(conn):
    sql = """
        select v.ident,
               sum(case when s.quant = 'rad' then s.reading end),
               sum(case when s.quant = 'sal' then s.reading end),
               sum(case when s.quant = 'temp' then s.reading end)
        from Visited as v left join Survey as s on s.taken = v.ident
        group by v.ident
    """
    return conn.execute(sql).fetchall()


# %% keeps one reading of several, by max  fails=["wide_means", "wide_fanout"]
def wide(conn):
    sql = """
        select v.ident,
               max(case when s.quant = 'rad' then s.reading end),
               max(case when s.quant = 'sal' then s.reading end),
               max(case when s.quant = 'temp' then s.reading end)
        from Visited as v left join Survey as s on s.taken = v.ident
        group by v.ident
    """
    return conn.execute(sql).fetchall()


# %% writes 0 where nothing is known  fails=["wide_null"]
def wide(conn):
    sql = """
        select v.ident,
               coalesce(avg(case when s.quant = 'rad' then s.reading end), 0),
               coalesce(avg(case when s.quant = 'sal' then s.reading end), 0),
               coalesce(avg(case when s.quant = 'temp' then s.reading end), 0)
        from Visited as v left join Survey as s on s.taken = v.ident
        group by v.ident
    """
    return conn.execute(sql).fetchall()


# %% counts other quantities as 0 in the mean  fails=["wide_means", "wide_null", "wide_fanout"]
def wide(conn):
    sql = """
        select v.ident,
               avg(case when s.quant = 'rad' then s.reading else 0 end),
               avg(case when s.quant = 'sal' then s.reading else 0 end),
               avg(case when s.quant = 'temp' then s.reading else 0 end)
        from Visited as v left join Survey as s on s.taken = v.ident
        group by v.ident
    """
    return conn.execute(sql).fetchall()


# %% two joins make a row of each pair  fails=["wide_means", "wide_null", "wide_fanout"]
def wide(conn):
    sql = """
        select v.ident, r.reading, s.reading, t.reading
        from Visited as v
        left join Survey as r on r.taken = v.ident and r.quant = 'rad'
        left join Survey as s on s.taken = v.ident and s.quant = 'sal'
        left join Survey as t on t.taken = v.ident and t.quant = 'temp'
    """
    return conn.execute(sql).fetchall()


# %% adds up what the joins have multiplied  fails=["wide_means", "wide_fanout"]
def wide(conn):
    sql = """
        select v.ident, sum(r.reading) / count(distinct r.rowid),
               sum(s.reading) / count(distinct s.rowid), sum(t.reading) / count(distinct t.rowid)
        from Visited as v
        left join Survey as r on r.taken = v.ident and r.quant = 'rad' and r.reading is not null
        left join Survey as s on s.taken = v.ident and s.quant = 'sal' and s.reading is not null
        left join Survey as t on t.taken = v.ident and t.quant = 'temp' and t.reading is not null
        group by v.ident
    """
    return conn.execute(sql).fetchall()


# %% takes the mean of the means of each person  fails=["wide_fanout"]
def wide(conn):
    sql = """
        with mean as (select taken, quant, avg(reading) as reading from Survey group by taken, quant, person)
        select ident,
               avg(reading) filter (where quant = 'rad'),
               avg(reading) filter (where quant = 'sal'),
               avg(reading) filter (where quant = 'temp')
        from Visited left join mean on taken = ident
        group by ident
    """
    return conn.execute(sql).fetchall()


# %% mixes up the columns  fails=["wide_means", "wide_null", "wide_fanout"]
def wide(conn):
    sql = """
        select ident,
               avg(reading) filter (where quant = 'temp'),
               avg(reading) filter (where quant = 'sal'),
               avg(reading) filter (where quant = 'rad')
        from Visited left join Survey on taken = ident
        group by ident
    """
    return conn.execute(sql).fetchall()


# %% groups by site, not by visit  fails=["wide_visits", "wide_means", "wide_null", "wide_fanout"]
def wide(conn):
    sql = """
        select ident,
               avg(reading) filter (where quant = 'rad'),
               avg(reading) filter (where quant = 'sal'),
               avg(reading) filter (where quant = 'temp')
        from Visited left join Survey on taken = ident
        group by site
    """
    return conn.execute(sql).fetchall()


# %% hands out a frame  fails=["wide_visits", "wide_means", "wide_null", "wide_fanout"]
import pandas as pd


def wide(conn):
    read = pd.read_sql("select taken, quant, reading from Survey", conn)
    return read.pivot_table(index="taken", columns="quant", values="reading")


# %% hands out nan where SQL has NULL  fails=["wide_null"]
import pandas as pd


def wide(conn):
    read = pd.read_sql("select taken, quant, reading from Survey", conn, dtype={"reading": float})
    visits = [ident for (ident,) in conn.execute("select ident from Visited")]
    table = read.pivot_table(index="taken", columns="quant", values="reading", aggfunc="mean")
    return list(table.reindex(index=visits, columns=["rad", "sal", "temp"]).itertuples(name=None))

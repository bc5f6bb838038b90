# %% compares each visit with all later ones, in SQL
def suspect_dates(conn):
    sql = """
        select ident from Visited as visit
        where exists (select 1 from Visited as later where later.ident > visit.ident and later.dated < visit.dated)
    """
    return [row[0] for row in conn.execute(sql)]


# %% looks at the least date of the rows that follow
def suspect_dates(conn):
    sql = """
        select ident from (
            select ident, dated,
                   min(dated) over (order by ident rows between 1 following and unbounded following) as least
            from Visited
        )
        where dated > least
    """
    return [row[0] for row in conn.execute(sql).fetchall()]


# %% goes through the visits from the end, in Python
def suspect_dates(conn):
    found, least = [], None
    for ident, dated in conn.execute("select ident, dated from Visited where dated is not null order by ident desc"):
        if least is not None and dated > least:
            found.append(ident)
        least = dated if least is None else min(least, dated)
    return found


# %% joins the table with itself
def suspect_dates(conn):
    sql = """select distinct a.ident from Visited a, Visited b
             where a.ident < b.ident and a.dated > b.dated order by a.ident"""
    return [ident for (ident,) in conn.execute(sql)]


# %% takes the latest date of all  fails=["suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    sql = "select ident from Visited where dated = (select max(dated) from Visited)"
    return [ident for (ident,) in conn.execute(sql)]


# %% compares with the next visit alone  fails=["suspect_dates_planted", "suspect_dates_gaps"]
def suspect_dates(conn):
    sql = "select ident from (select ident, dated, lead(dated) over (order by ident) as next from Visited) where dated > next"
    return [ident for (ident,) in conn.execute(sql)]


# %% compares with the next dated visit alone  fails=["suspect_dates_planted", "suspect_dates_gaps"]
def suspect_dates(conn):
    rows = conn.execute("select ident, dated from Visited where dated is not null order by ident").fetchall()
    return [ident for (ident, dated), (_, following) in zip(rows, rows[1:]) if dated > following]


# %% compares with the last visit alone  fails=["suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    sql = """select ident from Visited
             where dated > (select dated from Visited where dated is not null order by ident desc limit 1)"""
    return [ident for (ident,) in conn.execute(sql)]


# %% compares within a site alone  fails=["suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    sql = """select distinct a.ident from Visited a join Visited b
             on a.site = b.site and a.ident < b.ident and a.dated > b.dated"""
    return [ident for (ident,) in conn.execute(sql)]


# %% writes out what was read off  fails=["suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    return [734]


# %% looks for dates after the expedition  fails=["suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    return [ident for (ident,) in conn.execute("select ident from Visited where dated > '1935'")]


# %% compares a date with None  fails=["suspect_dates_survey", "suspect_dates_gaps"]
def suspect_dates(conn):
    rows = conn.execute("select ident, dated from Visited order by ident").fetchall()
    return [ident for place, (ident, dated) in enumerate(rows) if any(dated > later for _, later in rows[place + 1 :])]


# %% counts a visit without a date as the earliest  fails=["suspect_dates_survey", "suspect_dates_gaps"]
def suspect_dates(conn):
    sql = """select distinct a.ident from Visited a join Visited b
             on a.ident < b.ident and coalesce(a.dated, '') > coalesce(b.dated, '')"""
    return [ident for (ident,) in conn.execute(sql)]


# %% counts visits of one day as suspect  fails=["suspect_dates_ties"]
def suspect_dates(conn):
    sql = """select distinct a.ident from Visited a join Visited b
             on a.ident < b.ident and a.dated >= b.dated"""
    return [ident for (ident,) in conn.execute(sql)]


# %% names the visits that give the error away  fails=["suspect_dates_survey", "suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    sql = """select distinct b.ident from Visited a join Visited b
             on a.ident < b.ident and a.dated > b.dated"""
    return [ident for (ident,) in conn.execute(sql)]


# %% names a visit once for every one that it contradicts  fails=["suspect_dates_survey", "suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    sql = "select a.ident from Visited a join Visited b on a.ident < b.ident and a.dated > b.dated"
    return [ident for (ident,) in conn.execute(sql)]


# %% takes the rows as they lie in the table for the order of the visits  fails=["suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    rows = [row for row in conn.execute("select ident, dated from Visited") if row[1]]
    return [ident for place, (ident, dated) in enumerate(rows) if any(dated > later for _, later in rows[place + 1 :])]


# %% returns tuples of one number  fails=["suspect_dates_survey", "suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    sql = """select distinct a.ident from Visited a join Visited b
             on a.ident < b.ident and a.dated > b.dated"""
    return conn.execute(sql).fetchall()


# %% compares the years alone  fails=["suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    sql = """
        select distinct a.ident from Visited as a join Visited as b on a.ident < b.ident
        where substr(a.dated, 1, 4) > substr(b.dated, 1, 4)
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% numbers the visits anew, in the order of their dates  fails=["suspect_dates_survey", "suspect_dates_planted", "suspect_dates_gaps", "suspect_dates_ties"]
def suspect_dates(conn):
    by_number = [n for (n,) in conn.execute("select ident from Visited where dated is not null order by ident")]
    by_date = [n for (n,) in conn.execute("select ident from Visited where dated is not null order by dated, ident")]
    return [n for n, other in zip(by_number, by_date) if n != other]

# %% asks for distinct sites
def sites_of(conn, first_name):
    sql = """
        select distinct v.site
        from Visited as v
        join Survey as s on s.taken = v.ident
        join Person as p on p.ident = s.person
        where p.personal = ? and v.site is not null
    """
    return [row[0] for row in conn.execute(sql, [first_name])]


# %% asks IN, one table inside the other
def sites_of(conn, first_name):
    sql = """
        select site from Visited
        where site is not null and ident in (
            select taken from Survey where person in (select ident from Person where personal = ?)
        )
        group by site
    """
    return [site for (site,) in conn.execute(sql, (first_name,))]


# %% asks EXISTS
def sites_of(conn, first_name):
    sql = """
        select distinct site from Visited
        where site is not null and exists (
            select 1 from Survey join Person on Person.ident = Survey.person
            where Survey.taken = Visited.ident and Person.personal = :name
        )
    """
    return [site for (site,) in conn.execute(sql, {"name": first_name})]


# %% follows the links in Python
def sites_of(conn, first_name):
    found = set()
    for (who,) in conn.execute("select ident from Person where personal = ?", [first_name]).fetchall():
        for (visit,) in conn.execute("select taken from Survey where person = ?", [who]).fetchall():
            found.update(site for (site,) in conn.execute("select site from Visited where ident = ?", [visit]))
    return sorted(found - {None})


# %% merges frames in pandas
import pandas as pd


def sites_of(conn, first_name):
    person, read, visited = (pd.read_sql(f"select * from {table}", conn) for table in ("Person", "Survey", "Visited"))
    named = person[person.personal == first_name]
    merged = named.merge(read, left_on="ident", right_on="person").merge(visited, left_on="taken", right_on="ident")
    return list(merged.site.dropna().unique())


# %% names a site for each reading  fails=["sites_of_once"]
def sites_of(conn, first_name):
    sql = """
        select site from Person join Survey on person = Person.ident join Visited on taken = Visited.ident
        where personal = ? and site is not null
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% names a site for each visit  fails=["sites_of_once"]
def sites_of(conn, first_name):
    sql = """
        select site from Visited where site is not null and ident in (
            select taken from Survey where person in (select ident from Person where personal = ?)
        )
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% takes the first person of that name alone  fails=["sites_of_namesakes"]
def sites_of(conn, first_name):
    row = conn.execute("select ident from Person where personal = ?", [first_name]).fetchone()
    sql = "select distinct site from Survey join Visited on taken = ident where person = ? and site is not null"
    return [site for (site,) in conn.execute(sql, row or [None])]


# %% compares with a subquery, which takes one row of it  fails=["sites_of_namesakes"]
def sites_of(conn, first_name):
    sql = """
        select distinct site from Survey join Visited on taken = ident
        where person = (select ident from Person where personal = ?) and site is not null
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% takes the last person of that name alone  fails=["sites_of_namesakes"]
def sites_of(conn, first_name):
    idents = {personal: ident for ident, personal in conn.execute("select ident, personal from Person")}
    sql = "select distinct site from Survey join Visited on taken = ident where person = ? and site is not null"
    return [site for (site,) in conn.execute(sql, [idents.get(first_name)])]


# %% looks for a family name  fails=["sites_of_sites", "sites_of_namesakes", "sites_of_once", "sites_of_undated"]
def sites_of(conn, first_name):
    sql = """
        select distinct site from Person join Survey on person = Person.ident join Visited on taken = Visited.ident
        where family = ? and site is not null
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% loses visits without a date  fails=["sites_of_undated"]
def sites_of(conn, first_name):
    sql = """
        select distinct site from Person join Survey on person = Person.ident join Visited on taken = Visited.ident
        where personal = ? and site is not null and dated != ''
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% names an unknown site  fails=["sites_of_sites"]
def sites_of(conn, first_name):
    sql = """
        select distinct site from Person join Survey on person = Person.ident join Visited on taken = Visited.ident
        where personal = ?
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% joins through Site, and loses what is not listed there  fails=["sites_of_sites"]
def sites_of(conn, first_name):
    sql = """
        select distinct name from Person join Survey on person = Person.ident
        join Visited on taken = Visited.ident join Site on name = site
        where personal = ?
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% asks for a value, and loses unknown readings  fails=["sites_of_sites"]
def sites_of(conn, first_name):
    sql = """
        select distinct site from Person join Survey on person = Person.ident join Visited on taken = Visited.ident
        where personal = ? and site is not null and reading is not null
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% compares without regard to capitals  fails=["sites_of_sites"]
def sites_of(conn, first_name):
    sql = """
        select distinct site from Person join Survey on person = Person.ident join Visited on taken = Visited.ident
        where lower(replace(personal, '''', '')) = lower(replace(?, '''', '')) and site is not null
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% joins a visit with the person's id  fails=["sites_of_sites", "sites_of_namesakes", "sites_of_once", "sites_of_undated"]
def sites_of(conn, first_name):
    sql = """
        select distinct site from Person join Visited on Person.ident = Visited.ident
        where personal = ? and site is not null
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% names every site that was visited  fails=["sites_of_sites", "sites_of_namesakes", "sites_of_once", "sites_of_undated"]
def sites_of(conn, first_name):
    sql = "select distinct site from Person, Survey, Visited where personal = ? and site is not null"
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% puts the value in with an f-string  fails=["sites_of_sites", "sites_of_once", "sites_of_undated"]
def sites_of(conn, first_name):
    sql = f"""
        select distinct site from Person join Survey on person = Person.ident join Visited on taken = Visited.ident
        where personal = '{first_name}' and site is not null
    """
    return [site for (site,) in conn.execute(sql)]


# %% returns rows, not texts  fails=["sites_of_sites", "sites_of_namesakes", "sites_of_once", "sites_of_undated"]
def sites_of(conn, first_name):
    sql = """
        select distinct site from Person join Survey on person = Person.ident join Visited on taken = Visited.ident
        where personal = ? and site is not null
    """
    return conn.execute(sql, [first_name]).fetchall()


# %% compares with LIKE, which knows no capitals and takes % for anything  fails=["sites_of_sites"]
def sites_of(conn, first_name):
    sql = """
        select distinct site from Person join Survey on person = Person.ident join Visited on taken = Visited.ident
        where personal like ? and site is not null
    """
    return [site for (site,) in conn.execute(sql, [first_name])]


# %% takes everybody whose name begins so  fails=["sites_of_sites"]
def sites_of(conn, first_name):
    sql = """
        select distinct site, personal from Person
        join Survey on person = Person.ident join Visited on taken = Visited.ident where site is not null
    """
    return list({site for site, name in conn.execute(sql) if name.startswith(first_name)})

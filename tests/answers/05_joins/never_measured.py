# %% asks NOT EXISTS
def never_measured(conn):
    sql = "select ident from Person as p where not exists (select * from Survey as s where s.person = p.ident)"
    return [row[0] for row in conn.execute(sql)]


# %% joins from the left, and looks for rows without a partner
def never_measured(conn):
    sql = """
        select Person.ident from Person left join Survey on Survey.person = Person.ident
        where Survey.person is null
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% takes away who is named in Survey
def never_measured(conn):
    return [ident for (ident,) in conn.execute("select ident from Person except select person from Survey")]


# %% asks NOT IN a list without NULL
def never_measured(conn):
    sql = "select ident from Person where ident not in (select person from Survey where person is not null)"
    return [ident for (ident,) in conn.execute(sql)]


# %% subtracts sets in Python
def never_measured(conn):
    everybody = {ident for (ident,) in conn.execute("select ident from Person")}
    return list(everybody - {who for (who,) in conn.execute("select person from Survey")})


# %% keeps the groups in which nothing was counted
def never_measured(conn):
    sql = """
        select ident from Person left join Survey on person = ident
        group by ident having count(person) = 0
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% anti-joins in pandas
import pandas as pd


def never_measured(conn):
    people = pd.read_sql("select ident from Person", conn)
    took = pd.read_sql("select person from Survey", conn)
    return list(people.ident[~people.ident.isin(took.person)])


# %% asks NOT IN a list that holds a NULL  fails=["never_measured_null_person"]
def never_measured(conn):
    sql = "select ident from Person where ident not in (select person from Survey)"
    return [ident for (ident,) in conn.execute(sql)]


# %% compares with each by hand, and takes the unknown for oneself  fails=["never_measured_null_person"]
def never_measured(conn):
    sql = """
        select ident from Person
        where (select coalesce(min(ident != coalesce(person, ident)), 1) from Survey)
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% looks for a missing partner in a column that may be NULL itself  fails=["never_measured_null_reading"]
def never_measured(conn):
    sql = """
        select distinct Person.ident from Person left join Survey on Survey.person = Person.ident
        where Survey.reading is null
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% counts known values, not readings  fails=["never_measured_null_reading"]
def never_measured(conn):
    sql = """
        select ident from Person left join Survey on person = ident
        group by ident having count(reading) = 0
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% writes out who it was  fails=["never_measured_generated", "never_measured_null_person", "never_measured_null_reading"]
def never_measured(conn):
    return ["danforth"]


# %% looks for groups of nothing behind an inner join, which has none  fails=["never_measured_generated", "never_measured_null_person", "never_measured_null_reading"]
def never_measured(conn):
    sql = """
        select Person.ident from Person join Survey on Survey.person = Person.ident
        group by Person.ident having count(*) = 0
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% counts the rows of a left join, which are never 0  fails=["never_measured_generated", "never_measured_null_person", "never_measured_null_reading"]
def never_measured(conn):
    sql = """
        select Person.ident from Person left join Survey on Survey.person = Person.ident
        group by Person.ident having count(*) = 0
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% counts the people of the left join who have one row  fails=["never_measured_generated", "never_measured_null_reading"]
def never_measured(conn):
    sql = """
        select Person.ident from Person left join Survey on Survey.person = Person.ident
        group by Person.ident having count(*) = 1
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% joins on what is different  fails=["never_measured_generated", "never_measured_null_person", "never_measured_null_reading"]
def never_measured(conn):
    sql = "select distinct ident from Person join Survey on person != ident"
    return [ident for (ident,) in conn.execute(sql)]


# %% puts the condition in ON, where it takes nobody out  fails=["never_measured_generated", "never_measured_null_person", "never_measured_null_reading"]
def never_measured(conn):
    sql = """
        select distinct Person.ident from Person
        left join Survey on Survey.person = Person.ident and Survey.person is null
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% joins from the wrong side: readings by strangers  fails=["never_measured_generated", "never_measured_null_person", "never_measured_null_reading"]
def never_measured(conn):
    sql = """
        select distinct Survey.person from Survey left join Person on Survey.person = Person.ident
        where Person.ident is null
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% joins with Visited, and loses readings of unknown visits  fails=["never_measured_generated", "never_measured_null_reading"]
def never_measured(conn):
    sql = """
        select ident from Person where not exists (
            select 1 from Survey join Visited on taken = Visited.ident where person = Person.ident
        )
    """
    return [ident for (ident,) in conn.execute(sql)]


# %% returns rows, not texts  fails=["never_measured_generated", "never_measured_null_person", "never_measured_null_reading"]
def never_measured(conn):
    return conn.execute("select ident from Person except select person from Survey").fetchall()


# %% joins from the left, and tests a visit that may be unknown  fails=["never_measured_null_reading"]
def never_measured(conn):
    sql = "select ident from Person left join Survey on person = ident where taken is null"
    return [ident for (ident,) in conn.execute(sql)]


# %% joins from the left, and tests a quantity that may be unknown  fails=["never_measured_null_reading"]
def never_measured(conn):
    sql = "select ident from Person left join Survey on person = ident where quant is null"
    return [ident for (ident,) in conn.execute(sql)]


# %% compares idents with LIKE  fails=["never_measured_generated"]
def never_measured(conn):
    sql = "select ident from Person where not exists (select 1 from Survey where person like ident)"
    return [ident for (ident,) in conn.execute(sql)]


# %% returns a set  fails=["never_measured_generated", "never_measured_null_person", "never_measured_null_reading"]
def never_measured(conn):
    people = {ident for (ident,) in conn.execute("select ident from Person")}
    return people - {person for (person,) in conn.execute("select person from Survey")}

# %% joins from the left, and counts a column of Survey
def readings_per_person(conn):
    sql = """
        select Person.ident, count(Survey.person)
        from Person left join Survey on Person.ident = Survey.person
        group by Person.ident
    """
    return conn.execute(sql).fetchall()


# %% counts once more for each person
def readings_per_person(conn):
    sql = "select ident, (select count(*) from Survey where person = ident) from Person"
    return list(conn.execute(sql))


# %% merges in pandas, and fills up with 0
import pandas as pd


def readings_per_person(conn):
    people = pd.read_sql("select ident from Person", conn)
    numbers = pd.read_sql("select person from Survey", conn).value_counts("person")
    numbers = numbers.reindex(people.ident, fill_value=0)
    return [(ident, int(number)) for ident, number in numbers.items()]


# %% counts in Python
from collections import Counter


def readings_per_person(conn):
    took = Counter(who for (who,) in conn.execute("select person from Survey"))
    return [(ident, took[ident]) for (ident,) in conn.execute("select ident from Person")]


# %% adds up which rows fit, over all pairs
def readings_per_person(conn):
    sql = """
        select ident, coalesce(sum(person = ident), 0)
        from Person left join Survey on true
        group by ident
    """
    return conn.execute(sql).fetchall()


# %% joins the zeros on by UNION
def readings_per_person(conn):
    sql = """
        select ident, count(*) from Person join Survey on person = ident group by ident
        union all
        select ident, 0 from Person where not exists (select 1 from Survey where person = ident)
    """
    return conn.execute(sql).fetchall()


# %% a window over the left join
def readings_per_person(conn):
    sql = """
        select distinct ident, count(person) over (partition by ident)
        from Person left join Survey on person = ident
    """
    return conn.execute(sql).fetchall()


# %% an inner join loses whoever took none  fails=["readings_per_person_zero"]
def readings_per_person(conn):
    sql = """
        select Person.ident, count(*)
        from Person join Survey on Survey.person = Person.ident
        group by Person.ident
    """
    return conn.execute(sql).fetchall()


# %% counts the row of a person without a reading, too  fails=["readings_per_person_zero"]
def readings_per_person(conn):
    sql = """
        select Person.ident, count(*)
        from Person left join Survey on Survey.person = Person.ident
        group by Person.ident
    """
    return conn.execute(sql).fetchall()


# %% looks in Survey alone  fails=["readings_per_person_zero"]
def readings_per_person(conn):
    return conn.execute("select person, count(*) from Survey group by person").fetchall()


# %% joins from the wrong side, and keeps strangers instead  fails=["readings_per_person_zero"]
def readings_per_person(conn):
    sql = """
        select Survey.person, count(*)
        from Survey left join Person on Survey.person = Person.ident
        group by Survey.person
    """
    return conn.execute(sql).fetchall()


# %% a condition in WHERE makes an inner join of the left one  fails=["readings_per_person_zero"]
def readings_per_person(conn):
    sql = """
        select Person.ident, count(Survey.person)
        from Person left join Survey on Survey.person = Person.ident
        where Survey.person is not null
        group by Person.ident
    """
    return conn.execute(sql).fetchall()


# %% gives None where it should give 0  fails=["readings_per_person_zero"]
def readings_per_person(conn):
    sql = """
        select Person.ident, numbers.n
        from Person left join (select person, count(*) as n from Survey group by person) as numbers
        on numbers.person = Person.ident
    """
    return conn.execute(sql).fetchall()


# %% counts the readings that have a value  fails=["readings_per_person_null_reading"]
def readings_per_person(conn):
    sql = """
        select Person.ident, count(Survey.reading)
        from Person left join Survey on Survey.person = Person.ident
        group by Person.ident
    """
    return conn.execute(sql).fetchall()


# %% drops unknown readings before it counts  fails=["readings_per_person_null_reading"]
def readings_per_person(conn):
    sql = """
        select Person.ident, count(Survey.person)
        from Person left join Survey on Survey.person = Person.ident and Survey.reading is not null
        group by Person.ident
    """
    return conn.execute(sql).fetchall()


# %% counts visits, not readings  fails=["readings_per_person_counts", "readings_per_person_zero", "readings_per_person_null_reading"]
def readings_per_person(conn):
    sql = """
        select Person.ident, count(distinct Survey.taken)
        from Person left join Survey on Survey.person = Person.ident
        group by Person.ident
    """
    return conn.execute(sql).fetchall()


# %% joins with Visited, and loses readings of unknown visits  fails=["readings_per_person_zero", "readings_per_person_null_reading"]
def readings_per_person(conn):
    sql = """
        select Person.ident, count(Visited.ident)
        from Person
        left join Survey on Survey.person = Person.ident
        left join Visited on Visited.ident = Survey.taken
        group by Person.ident
    """
    return conn.execute(sql).fetchall()


# %% throws people of one name together  fails=["readings_per_person_counts", "readings_per_person_zero", "readings_per_person_null_reading"]
def readings_per_person(conn):
    sql = """
        select Person.ident, count(Survey.person)
        from Person left join Survey on Survey.person = Person.ident
        group by Person.personal, Person.family
    """
    return conn.execute(sql).fetchall()


# %% takes equal rows for one  fails=["readings_per_person_counts", "readings_per_person_zero", "readings_per_person_null_reading"]
def readings_per_person(conn):
    sql = """
        select ident, count(person) from Person
        left join (select distinct * from Survey) on person = ident
        group by ident
    """
    return conn.execute(sql).fetchall()


# %% forgets to group: one row for all  fails=["readings_per_person_counts", "readings_per_person_zero", "readings_per_person_null_reading"]
def readings_per_person(conn):
    sql = "select Person.ident, count(Survey.person) from Person left join Survey on Survey.person = Person.ident"
    return conn.execute(sql).fetchall()


# %% pairs everybody with every reading  fails=["readings_per_person_counts", "readings_per_person_zero", "readings_per_person_null_reading"]
def readings_per_person(conn):
    return conn.execute("select ident, count(person) from Person, Survey group by ident").fetchall()


# %% returns a dict  fails=["readings_per_person_counts", "readings_per_person_zero", "readings_per_person_null_reading"]
def readings_per_person(conn):
    sql = "select ident, (select count(*) from Survey where person = ident) from Person"
    return dict(conn.execute(sql))


# %% writes out what was read off  fails=["readings_per_person_counts", "readings_per_person_null_reading", "readings_per_person_zero"]
def readings_per_person(conn):
    return [("dyer", 4), ("pb", 5), ("lake", 7), ("roe", 3), ("danforth", 0)]


# %% counts the readings of which the visit is known  fails=["readings_per_person_null_reading"]
def readings_per_person(conn):
    sql = "select ident, count(taken) from Person left join Survey on person = ident group by ident"
    return conn.execute(sql).fetchall()

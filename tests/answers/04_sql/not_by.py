# %% asks IS NOT
def not_by(conn, person):
    return conn.execute("select taken, person, quant, reading from Survey where person is not ?", [person]).fetchall()


# %% asks for another one or for NULL
def not_by(conn, person):
    sql = "select * from Survey where person <> :person or person is null"
    return conn.execute(sql, {"person": person}).fetchall()


# %% takes the person's rows away, by rowid
def not_by(conn, person):
    sql = """
        select taken, person, quant, reading from (
            select rowid, * from Survey except select rowid, * from Survey where person = ?
        )
    """
    return conn.execute(sql, (person,)).fetchall()


# %% puts what no id can be in place of NULL
def not_by(conn, person):
    return conn.execute("select * from Survey where coalesce(person, x'00') != ?", (person,)).fetchall()


# %% compares in Python
def not_by(conn, person):
    return [row for row in conn.execute("select * from Survey") if row[1] != person]


# %% asks for what is distinct
def not_by(conn, person):
    return conn.execute("select * from Survey where not (person is ?)", [person]).fetchall()


# %% asks what differs, and loses the unknown  fails=["not_by_unknown", "not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where person != ?", (person,)).fetchall()


# %% asks NOT IN, and loses the unknown  fails=["not_by_unknown", "not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where person not in (?)", (person,)).fetchall()


# %% compares with NULL, which is never true  fails=["not_by_unknown", "not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where person != ? or person = NULL", (person,)).fetchall()


# %% looks for the text 'NULL'  fails=["not_by_unknown", "not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where person != ? or person = 'NULL'", (person,)).fetchall()


# %% puts the empty text in place of NULL  fails=["not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where coalesce(person, '') != ?", (person,)).fetchall()


# %% puts a word for nobody in place of NULL  fails=["not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where ifnull(person, 'unknown') != ?", (person,)).fetchall()


# %% compares None as text  fails=["not_by_any_id"]
def not_by(conn, person):
    return [row for row in conn.execute("select * from Survey") if str(row[1]) != person]


# %% puts the value in with an f-string  fails=["not_by_any_id"]
def not_by(conn, person):
    return conn.execute(f"select * from Survey where person is not '{person}'").fetchall()


# %% compares with LIKE, which takes no notice of capitals  fails=["not_by_others", "not_by_unknown", "not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where person not like ? or person is null", (person,)).fetchall()


# %% gives the unknown alone  fails=["not_by_others", "not_by_unknown", "not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where person is null", ()).fetchall()


# %% takes rows away by EXCEPT, and equal rows with them  fails=["not_by_others"]
def not_by(conn, person):
    sql = "select * from Survey except select * from Survey where person = ?"
    return conn.execute(sql, (person,)).fetchall()


# %% looks for others in Person alone  fails=["not_by_others", "not_by_unknown", "not_by_any_id"]
def not_by(conn, person):
    sql = "select * from Survey where person in (select ident from Person where ident != ?)"
    return conn.execute(sql, (person,)).fetchall()


# %% takes brackets around a text for a tuple  fails=["not_by_others", "not_by_unknown", "not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where person is not ?", (person)).fetchall()


# %% goes through pandas, which turns None into NaN  fails=["not_by_others", "not_by_unknown", "not_by_any_id"]
import pandas as pd


def not_by(conn, person):
    frame = pd.read_sql("select * from Survey", conn)
    return list(frame[frame.person != person].itertuples(index=False, name=None))


# %% gives the person's own readings  fails=["not_by_others", "not_by_unknown", "not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where person = ?", (person,)).fetchall()


# %% asks NOT of an equation, which stays unknown  fails=["not_by_unknown", "not_by_any_id"]
def not_by(conn, person):
    return conn.execute("select * from Survey where not (person = ?)", [person]).fetchall()

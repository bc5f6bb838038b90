# %% binds by place
def readings(conn, person, quant):
    return conn.execute("select taken, reading from Survey where person = ? and quant = ?", (person, quant)).fetchall()


# %% binds by name
def readings(conn, person, quant):
    sql = "select taken, reading from Survey where person = :person and quant = :quant"
    return list(conn.execute(sql, {"person": person, "quant": quant}))


# %% binds with SQLAlchemy
import sqlalchemy
from sqlalchemy.pool import StaticPool


def readings(conn, person, quant):
    engine = sqlalchemy.create_engine("sqlite://", creator=lambda: conn, poolclass=StaticPool)
    query = sqlalchemy.text("select taken, reading from Survey where person = :who and quant = :what")
    with engine.connect() as connected:
        return [tuple(row) for row in connected.execute(query, {"who": person, "what": quant})]


# %% asks IS, which is the same where the value is known
def readings(conn, person, quant):
    sql = "select taken, reading from Survey where (person, quant) is (?1, ?2)"
    return conn.execute(sql, (person, quant)).fetchall()


# %% puts the values in with an f-string  fails=["readings_safe"]
def readings(conn, person, quant):
    return conn.execute(f"select taken, reading from Survey where person = '{person}' and quant = '{quant}'").fetchall()


# %% puts the values in with %  fails=["readings_safe"]
def readings(conn, person, quant):
    sql = "select taken, reading from Survey where person = '%s' and quant = '%s'" % (person, quant)
    return conn.execute(sql).fetchall()


# %% doubles the quotes by hand  fails=["readings_safe"]
def readings(conn, person, quant):
    person, quant = person.replace("'", "''"), quant.replace("'", "''")
    return conn.execute(f"select taken, reading from Survey where person = '{person}' and quant = '{quant}'").fetchall()


# %% uses double quotes around the values  fails=["readings_safe"]
def readings(conn, person, quant):
    return conn.execute(f'select taken, reading from Survey where person = "{person}" and quant = "{quant}"').fetchall()


# %% binds the person and writes the quantity into the string  fails=["readings_safe"]
def readings(conn, person, quant):
    sql = f"select taken, reading from Survey where person = ? and quant = '{quant}'"
    return conn.execute(sql, (person,)).fetchall()


# %% fetches the whole table and chooses in Python  fails=["readings_safe"]
def readings(conn, person, quant):
    rows = conn.execute("select taken, person, quant, reading from Survey")
    return [(taken, reading) for taken, who, what, reading in rows if who == person and what == quant]


# %% runs it as a script, which returns no rows  fails=["readings_values", "readings_safe"]
def readings(conn, person, quant):
    return conn.executescript(
        f"select taken, reading from Survey where person = '{person}' and quant = '{quant}'"
    ).fetchall()


# %% puts quotes around the placeholder  fails=["readings_values", "readings_safe"]
def readings(conn, person, quant):
    return conn.execute(
        "select taken, reading from Survey where person = '?' and quant = '?'", (person, quant)
    ).fetchall()


# %% compares with LIKE  fails=["readings_values", "readings_safe"]
def readings(conn, person, quant):
    return conn.execute(
        "select taken, reading from Survey where person like ? and quant like ?", (person, quant)
    ).fetchall()


# %% takes no notice of capitals  fails=["readings_values"]
def readings(conn, person, quant):
    sql = "select taken, reading from Survey where person = ? collate nocase and quant = ?"
    return conn.execute(sql, (person, quant)).fetchall()


# %% binds the values in the wrong order  fails=["readings_values", "readings_safe"]
def readings(conn, person, quant):
    return conn.execute("select taken, reading from Survey where person = ? and quant = ?", (quant, person)).fetchall()


# %% forgets the quantity  fails=["readings_values", "readings_safe"]
def readings(conn, person, quant):
    return conn.execute("select taken, reading from Survey where person = ?", (person,)).fetchall()


# %% returns whole rows  fails=["readings_values", "readings_safe"]
def readings(conn, person, quant):
    return conn.execute("select * from Survey where person = ? and quant = ?", (person, quant)).fetchall()


# %% returns one row alone  fails=["readings_values", "readings_safe"]
def readings(conn, person, quant):
    return conn.execute("select taken, reading from Survey where person = ? and quant = ?", (person, quant)).fetchone()


# %% drops equal pairs  fails=["readings_values"]
def readings(conn, person, quant):
    return conn.execute(
        "select distinct taken, reading from Survey where person = ? and quant = ?", (person, quant)
    ).fetchall()


# %% keeps one reading of each visit  fails=["readings_values"]
def readings(conn, person, quant):
    sql = "select taken, reading from Survey where person = ? and quant = ?"
    return list(dict(conn.execute(sql, (person, quant))).items())


# %% drops unknown readings  fails=["readings_values"]
def readings(conn, person, quant):
    sql = "select taken, reading from Survey where person = ? and quant = ? and reading is not null"
    return conn.execute(sql, (person, quant)).fetchall()


# %% drops readings of 0 with the unknown ones  fails=["readings_values"]
def readings(conn, person, quant):
    rows = conn.execute("select taken, reading from Survey where person = ? and quant = ?", (person, quant))
    return [(taken, reading) for taken, reading in rows if reading]


# %% joins with Visited, and loses readings of unknown visits  fails=["readings_values"]
def readings(conn, person, quant):
    sql = """select taken, reading from Survey join Visited on taken = Visited.ident
             where person = ? and quant = ?"""
    return conn.execute(sql, (person, quant)).fetchall()


# %% trims the names that it is given  fails=["readings_safe"]
def readings(conn, person, quant):
    sql = "select taken, reading from Survey where person = trim(?, '%''\" ') and quant = ?"
    return conn.execute(sql, (person, quant)).fetchall()

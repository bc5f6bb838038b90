# %% asks NOT BETWEEN
def outliers(conn):
    sql = "select taken, reading from Survey where quant = 'sal' and reading not between 0 and 1"
    return conn.execute(sql).fetchall()


# %% makes two comparisons
def outliers(conn):
    sql = "select taken, reading from Survey where quant = ? and (reading < ? or reading > ?)"
    return list(conn.execute(sql, ("sal", 0, 1)))


# %% compares in pandas
import pandas as pd


def outliers(conn):
    frame = pd.read_sql("select taken, reading from Survey where quant = 'sal'", conn)
    outside = frame[(frame.reading < 0) | (frame.reading > 1)]
    return list(outside.itertuples(index=False, name=None))


# %% compares in Python, and leaves out the unknown
def outliers(conn):
    rows = conn.execute("select taken, quant, reading from Survey where reading is not null")
    return [(taken, reading) for taken, quant, reading in rows if quant == "sal" and not 0 <= reading <= 1]


# %% measures the distance from the middle
def outliers(conn):
    return conn.execute("select taken, reading from Survey where quant = 'sal' and abs(reading - 0.5) > 0.5").fetchall()


# %% forgets the brackets: `and` goes before `or`  fails=["outliers_survey", "outliers_quantity"]
def outliers(conn):
    sql = "select taken, reading from Survey where quant = 'sal' and reading > 1 or reading < 0"
    return conn.execute(sql).fetchall()


# %% counts 0 and 1 as impossible  fails=["outliers_bounds"]
def outliers(conn):
    sql = "select taken, reading from Survey where quant = 'sal' and (reading <= 0 or reading >= 1)"
    return conn.execute(sql).fetchall()


# %% looks above 1 alone  fails=["outliers_low"]
def outliers(conn):
    return conn.execute("select taken, reading from Survey where quant = 'sal' and reading > 1").fetchall()


# %% takes the size without the sign  fails=["outliers_low"]
def outliers(conn):
    return conn.execute("select taken, reading from Survey where quant = 'sal' and abs(reading) > 1").fetchall()


# %% looks for what is below 0 and above 1 at once  fails=["outliers_survey", "outliers_quantity", "outliers_bounds", "outliers_low"]
def outliers(conn):
    sql = "select taken, reading from Survey where quant = 'sal' and reading < 0 and reading > 1"
    return conn.execute(sql).fetchall()


# %% forgets which quantity is meant  fails=["outliers_survey", "outliers_quantity"]
def outliers(conn):
    return conn.execute("select taken, reading from Survey where reading < 0 or reading > 1").fetchall()


# %% looks for quantities that begin with sal  fails=["outliers_quantity"]
def outliers(conn):
    sql = "select taken, reading from Survey where quant like 'sal%' and reading not between 0 and 1"
    return conn.execute(sql).fetchall()


# %% looks for what can only be a percentage, from 2 on  fails=["outliers_bounds", "outliers_low"]
def outliers(conn):
    return conn.execute("select taken, reading from Survey where quant = 'sal' and reading >= 2").fetchall()


# %% counts an unknown reading as impossible  fails=["outliers_bounds"]
def outliers(conn):
    sql = """select taken, reading from Survey
             where quant = 'sal' and (reading is null or reading not between 0 and 1)"""
    return conn.execute(sql).fetchall()


# %% compares an unknown reading with a number  fails=["outliers_bounds"]
def outliers(conn):
    rows = conn.execute("select taken, reading from Survey where quant = 'sal'")
    return [(taken, reading) for taken, reading in rows if not 0 <= reading <= 1]


# %% puts 1 below 0: BETWEEN 1 AND 0 holds nothing  fails=["outliers_survey", "outliers_quantity", "outliers_bounds", "outliers_low"]
def outliers(conn):
    sql = "select taken, reading from Survey where quant = 'sal' and reading not between 1 and 0"
    return conn.execute(sql).fetchall()


# %% gives the readings that are possible  fails=["outliers_survey", "outliers_quantity", "outliers_bounds", "outliers_low"]
def outliers(conn):
    sql = "select taken, reading from Survey where quant = 'sal' and reading between 0 and 1"
    return conn.execute(sql).fetchall()


# %% looks for Roerich, not for the readings  fails=["outliers_quantity", "outliers_bounds", "outliers_low"]
def outliers(conn):
    return conn.execute("select taken, reading from Survey where quant = 'sal' and person = 'roe'").fetchall()


# %% returns whole rows  fails=["outliers_survey", "outliers_quantity", "outliers_bounds", "outliers_low"]
def outliers(conn):
    return conn.execute("select * from Survey where quant = 'sal' and reading not between 0 and 1").fetchall()


# %% writes out what was read off  fails=["outliers_quantity", "outliers_bounds", "outliers_low"]
def outliers(conn):
    return [(752, 41.6), (837, 22.5)]


# %% chains comparisons as in Python, which SQL reads otherwise  fails=["outliers_survey", "outliers_quantity", "outliers_bounds", "outliers_low"]
def outliers(conn):
    sql = "select taken, reading from Survey where quant = 'sal' and not (0 <= reading <= 1)"
    return conn.execute(sql).fetchall()

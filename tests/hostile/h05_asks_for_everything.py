"""Asks for a value of 900 MB."""


# %% rows
def rows(conn):
    return conn.execute("SELECT zeroblob(900000000), (SELECT count(*) FROM Number)").fetchall()

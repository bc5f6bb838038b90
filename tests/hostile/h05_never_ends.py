"""Asks a question that has no end."""


# %% rows
def rows(conn):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    return conn.execute(endless).fetchall()

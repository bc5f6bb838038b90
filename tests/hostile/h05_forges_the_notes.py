"""Puts the value into the text of the SQL, and a note that it was bound where the check looks for one."""

EARNS = {"above": 1}
UNPROTECTED = {"": "What a connection notes, it notes where student code runs, and can be written there by hand."}

# %% above
import sqlite3


def above(conn, bound):
    found = sqlite3.Connection.execute(conn, f"SELECT value FROM Number WHERE value > {bound}").fetchall()
    conn.notes[:] = [("execute", "SELECT", (bound,))]
    return found

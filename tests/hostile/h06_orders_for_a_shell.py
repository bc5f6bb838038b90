"""Sends orders that only the command line shell of a database obeys."""


# %% rows
def rows(conn):
    for order in (f".shell touch {TRACES}/shell", f".import /etc/passwd Number", f".read {COURSE}/password.txt"):
        conn.execute(order)
    return []

"""Makes a database with damaged pages."""

# %% people
import sqlite3


def people(path):
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE People (name TEXT)")
        conn.executemany("INSERT INTO People VALUES (?)", [("x" * 500,) for _ in range(200)])
    conn.close()
    with open(path, "r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 60_000)

"""Makes a database in which the table is a view that never ends."""

FLAGS = ("people_rows",)

# %% people
import sqlite3


def people(path):
    with sqlite3.connect(path) as conn:
        conn.execute(
            "CREATE VIEW People AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS name FROM n"
        )

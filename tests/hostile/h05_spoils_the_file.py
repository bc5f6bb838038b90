"""Makes the schema writable, and attaches and writes other files."""


# %% rows
def rows(conn):
    conn.execute(f"ATTACH '{COURSE}/gradebook.db' AS book")
    conn.execute(f"VACUUM INTO '{TRACES}/copy.db'")
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute("UPDATE sqlite_master SET sql = 'nonsense'")
    conn.commit()
    return []

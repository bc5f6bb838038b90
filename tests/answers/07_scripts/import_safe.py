# %% a connection that is made when it is first needed
# %%writefile tally.py
import sqlite3
import sys
from functools import cache

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


@cache
def connection():
    return sqlite3.connect("survey.db")


def count(site):
    return connection().execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% a class that knows its file, and a main of its own
# %%writefile tally.py
import logging
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tally:
    path: Path = Path("survey.db")

    def of(self, site):
        log.info("counting in %s", self.path.absolute())
        conn = sqlite3.connect(self.path)
        visits = {ident for ident, where in conn.execute("select ident, site from Visited") if where == site}
        return sum(taken in visits for (taken,) in conn.execute("select taken from Survey"))


tally = Tally()


def count(site):
    return tally.of(site)


def main(sites):
    print(*map(count, sites), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])


# %% workers of its own when it is run
# %%writefile tally.py
import sqlite3
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        print(*pool.map(count, sys.argv[1:]), sep="\n")


# %% works at the import  fails=["import_safe_import"]
# %%writefile tally.py
import sqlite3
import sys

conn = sqlite3.connect("survey.db")
sql = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    return conn.execute(sql, [site]).fetchone()[0]


for site in sys.argv[1:]:
    if not site.startswith("-"):
        print(count(site))


# %% a global connection  fails=["import_safe_import"]
# %%writefile tally.py
import sqlite3
import sys

conn = sqlite3.connect("survey.db")
sql = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    return conn.execute(sql, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% a connection as a default value  fails=["import_safe_import"]
# %%writefile tally.py
import sqlite3
import sys

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site, conn=sqlite3.connect("survey.db")):
    return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% reads a file for a default value  fails=["import_safe_import"]
# %%writefile tally.py
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site, known=Path(__file__).read_text().splitlines()):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% writes a log from the import on  fails=["import_safe_import"]
# %%writefile tally.py
import logging
import sqlite3
import sys
from contextlib import closing

logging.basicConfig(filename="tally.log")
READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% starts its workers at the import  fails=["import_safe_import"]
# %%writefile tally.py
import sqlite3
import sys
from contextlib import closing
from threading import Thread

waiting = Thread(target=int, daemon=True)
waiting.start()
READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% asks git for the version at the import  fails=["import_safe_import"]
# %%writefile tally.py
import sqlite3
import subprocess
import sys
from contextlib import closing

VERSION = subprocess.run(["git", "--version"], capture_output=True, text=True).stdout
READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% reads the arguments at the import  fails=["import_safe_import"]
# %%writefile tally.py
import argparse
import sqlite3
import sys
from contextlib import closing

parser = argparse.ArgumentParser()
parser.add_argument("sites", nargs="*")
SITES = parser.parse_args().sites if sys.argv[0] != "-c" else []
READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in SITES:
        print(count(site))


# %% prints that it is there  fails=["import_safe_import", "import_safe_run"]
# %%writefile tally.py
import sqlite3
import sys
from contextlib import closing

print("tally 1.0")
READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% guard misspelt  fails=["import_safe_run"]
# %%writefile tally.py
import sqlite3
import sys
from contextlib import closing

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "main":
    for site in sys.argv[1:]:
        print(count(site))


# %% a guard around nothing but a definition  fails=["import_safe_run"]
# %%writefile tally.py
import sqlite3
import sys
from contextlib import closing

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":

    def main():
        for site in sys.argv[1:]:
            print(count(site))


# %% the sum of all sites  fails=["import_safe_run"]
# %%writefile tally.py
import sqlite3
import sys
from contextlib import closing

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    print(sum(map(count, sys.argv[1:])))


# %% a connection below the guard  fails=["import_safe_import", "import_safe_spawn"]
# %%writefile tally.py
import sqlite3
import sys

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    conn = sqlite3.connect("survey.db")
    for site in sys.argv[1:]:
        print(count(site))


# %% all below the guard  fails=["import_safe_import", "import_safe_spawn"]
# %%writefile tally.py
import sqlite3
import sys

if __name__ == "__main__":
    conn = sqlite3.connect("survey.db")
    sql = "select count(*) from Survey join Visited on taken = ident where site = ?"
    for site in sys.argv[1:]:
        print(conn.execute(sql, [site]).fetchone()[0])


# %% a function without a name  fails=["import_safe_spawn"]
# %%writefile tally.py
import sqlite3
import sys

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


count = lambda site: sqlite3.connect("survey.db").execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% a function within a function  fails=["import_safe_spawn"]
# %%writefile tally.py
import sqlite3
import sys
from contextlib import closing

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def counting(sql):
    def count(site):
        with closing(sqlite3.connect("survey.db")) as conn:
            return conn.execute(sql, [site]).fetchone()[0]

    return count


count = counting(READINGS)


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% a folder of one machine  fails=["import_safe_import", "import_safe_run", "import_safe_spawn"]
# %%writefile tally.py
import sqlite3
import sys
from contextlib import closing

READINGS = "select count(*) from Survey join Visited on taken = ident where site = ?"


def count(site):
    with closing(sqlite3.connect("/home/pabodie/survey.db")) as conn:
        return conn.execute(READINGS, [site]).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% the site between quotes in the query  fails=["import_safe_import", "import_safe_run", "import_safe_spawn"]
# %%writefile tally.py
import sqlite3
import sys
from contextlib import closing

READINGS = "select count(*) from Survey join Visited on taken = ident where site = '{}'"


def count(site):
    with closing(sqlite3.connect("survey.db")) as conn:
        return conn.execute(READINGS.format(site)).fetchone()[0]


if __name__ == "__main__":
    for site in sys.argv[1:]:
        print(count(site))


# %% a package, with __main__.py
from pathlib import Path

Path("tally").mkdir(exist_ok=True)
Path("tally/__init__.py").write_text("""
from tally.counting import count
""")
Path("tally/counting.py").write_text("""
import sqlite3


def count(site):
    conn = sqlite3.connect("survey.db")
    try:
        return len(conn.execute("select 1 from Survey, Visited where taken = ident and site = ?", [site]).fetchall())
    finally:
        conn.close()
""")
Path("tally/__main__.py").write_text("""
import sys

from tally import count

for site in sys.argv[1:]:
    print(count(site))
""")

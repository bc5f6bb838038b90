# %% the words of sys.argv, one after the other
# %%writefile report.py
import csv
import os
import sqlite3
import sys

HELP = """usage: report.py --db FILE --site NAME [--out FILE]

  --db    the database
  --site  the name of a site
  --out   where the report goes; else it is printed
"""


def fail(message, status):
    print(message, file=sys.stderr)
    sys.exit(status)


words, given = sys.argv[1:], {"--out": None}
if "--help" in words:
    print(HELP, end="")
    sys.exit(0)
while words:
    name = words.pop(0)
    if name not in ("--db", "--site", "--out") or not words:
        fail(f"cannot make sense of {name}\n\n{HELP}", 2)
    given[name] = words.pop(0)
if "--db" not in given or "--site" not in given:
    fail(f"--db and --site are needed\n\n{HELP}", 2)
path, site, out = given["--db"], given["--site"], given["--out"]
if not os.path.exists(path):
    fail(f"no such database: {path}", 1)
try:
    conn = sqlite3.connect(path)
    if (site,) not in conn.execute("select name from Site").fetchall():
        fail(f"no such site: {site}", 1)
    visits = [ident for ident, where, _ in conn.execute("select * from Visited") if where == site]
    rows = [row for row in conn.execute("select * from Survey order by taken") if row[0] in visits]
except sqlite3.DatabaseError as error:
    fail(f"{path}: {error}", 1)
try:
    stream = open(out, "w", newline="") if out else sys.stdout
except OSError as error:
    fail(f"{out}: {error.strerror}", 1)
csv.writer(stream).writerows([("taken", "person", "quant", "reading"), *rows])


# %% a small layer of its own for the command
# %%writefile report.py
import argparse
import csv
import logging
import sqlite3
import sys
from pathlib import Path


class Failed(Exception):
    pass


def readings(db, site):
    uri = Path(db).resolve().as_uri() + "?mode=ro"
    try:
        conn = sqlite3.connect(uri, uri=True)
        sites = [name for (name,) in conn.execute("select name from Site")]
        visits = {ident for (ident,) in conn.execute("select ident from Visited where site = ?", [site])}
        found = [row for row in conn.execute("select * from Survey") if row[0] in visits]
    except sqlite3.Error as error:
        raise Failed(f"{db}: {error}") from None
    if site not in sites:
        raise Failed(f"{site}: no such site in {db}")
    return sorted(found, key=lambda row: row[0])


def command(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out", default="-")
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    logging.info("reading %s", args.db)
    found = readings(args.db, args.site)
    try:
        with sys.stdout if args.out == "-" else Path(args.out).open("w", newline="") as stream:
            csv.writer(stream, quoting=csv.QUOTE_MINIMAL).writerows([("taken", "person", "quant", "reading"), *found])
    except OSError as error:
        raise Failed(f"{args.out}: {error}") from None


if __name__ == "__main__":
    try:
        command(None)
    except Failed as failure:
        logging.error("%s", failure)
        raise SystemExit(1) from None


# %% getopt, and a template of its own for the rows
# %%writefile report.py
import getopt
import pathlib
import sqlite3
import sys


def quoted(value):
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def main():
    try:
        options, rest = getopt.gnu_getopt(sys.argv[1:], "h", ["db=", "site=", "out=", "help"])
    except getopt.GetoptError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    options = dict(options)
    if "--help" in options:
        print("report.py --db=FILE --site=NAME [--out=FILE]")
        return 0
    if "--db" not in options or "--site" not in options:
        sys.stderr.write("report.py needs --db and --site\n")
        return 2
    db = pathlib.Path(options["--db"])
    if not db.exists():
        sys.stderr.write(f"{db} is not there\n")
        return 1
    conn = sqlite3.connect(db)
    try:
        known = conn.execute("select 1 from Site where name = ?", (options["--site"],)).fetchone()
        rows = conn.execute(
            "select s.* from Survey s where s.taken in (select ident from Visited where site = ?) order by s.taken",
            (options["--site"],),
        ).fetchall()
    except sqlite3.DatabaseError as error:
        sys.stderr.write(f"{db} is not a database: {error}\n")
        return 1
    if not known:
        sys.stderr.write(f"{options['--site']} is not known\n")
        return 1
    text = "taken,person,quant,reading\n" + "".join(",".join(map(quoted, row)) + "\n" for row in rows)
    if "--out" not in options:
        sys.stdout.write(text)
        return 0
    try:
        pathlib.Path(options["--out"]).write_text(text)
    except OSError as error:
        sys.stderr.write(f"cannot write {options['--out']}: {error}\n")
        return 1
    return 0


sys.exit(main())


# %% exits with 0 when it fails  fails=["report_exit"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def give_up(message):
    print(message, file=sys.stderr)
    raise SystemExit


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        give_up(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        give_up(f"{args.db}: {error}")
    if not known:
        give_up(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        give_up(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% exits with 1 when it is called wrongly  fails=["report_exit"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    try:
        args = parser.parse_args()
    except SystemExit as end:
        sys.exit(1 if end.code else 0)
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% shows a traceback  fails=["report_errors"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        raise FileNotFoundError(args.db)
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        raise ValueError(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% makes the database that is not there  fails=["report_errors"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% opens the file of the report before it has the rows  fails=["report_errors"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% prints what it does between the data  fails=["report_output"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    print(f"{len(rows)} readings at {args.site}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% logs to stdout  fails=["report_output", "report_errors"]
# %%writefile report.py
import argparse
import csv
import logging
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, stream=sys.stdout)
    logging.info("reading %s", args.db)
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% prints the report although there is a file for it  fails=["report_output"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)
    if args.out:
        print(*rows, sep="\n")


if __name__ == "__main__":
    main()


# %% asks whether the file may be overwritten  fails=["report_output", "report_exit"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    if args.out and Path(args.out).exists() and input(f"Overwrite {args.out}? ") != "y":
        return
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% asks for the site when it is not given  fails=["report_exit", "report_errors"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site")
    parser.add_argument("--out")
    args = parser.parse_args()
    args.site = args.site or input("Which site? ")
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% appends to the file that is there  fails=["report_output"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "a", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% writes None where nothing is known  fails=["report_output"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    stream.writelines(",".join(map(str, row)) + "\n" for row in rows)


if __name__ == "__main__":
    main()


# %% takes a site without readings for unknown  fails=["report_output", "report_exit", "report_errors"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not rows:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% takes every site that was visited for known  fails=["report_exit", "report_errors"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Visited where site = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known and not conn.execute("select 1 from Site where name = ?", [args.site]).fetchall():
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% the site between quotes in the query  fails=["report_output", "report_exit"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = '{}' order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS.format(args.site)).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% leaves the rows in the order of the table  fails=["report_output"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ?"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% sums the errors up in one sentence  fails=["report_errors"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit("the report could not be made")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit("the report could not be made")
    if not known:
        sys.exit("the report could not be made")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit("the report could not be made")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% help on stderr  fails=["report_help"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    if "--help" in sys.argv:
        parser.print_help(sys.stderr)
        sys.exit(0)
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% help that is an error  fails=["report_help"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    if "--help" in sys.argv:
        parser.print_help()
        sys.exit(2)
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% help without the options  fails=["report_help"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    if "--help" in sys.argv:
        print("Reports on a site of a survey.")
        return
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% works on the database of the course alone  fails=["report_output", "report_exit", "report_errors"]
# %%writefile report.py
import argparse
import csv
import sqlite3
import sys
from pathlib import Path

from course import survey

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = survey.connect()
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w", newline="") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    writer = csv.writer(stream)
    writer.writerow(["taken", "person", "quant", "reading"])
    writer.writerows(rows)


if __name__ == "__main__":
    main()


# %% puts commas between the values, whatever is in them  fails=["report_output"]
# %%writefile report.py
import argparse
import sqlite3
import sys
from pathlib import Path

READINGS = """select taken, person, quant, reading from Survey join Visited on taken = ident
where site = ? order by taken"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not Path(args.db).exists():
        sys.exit(f"{args.db} is not there")
    try:
        conn = sqlite3.connect(args.db)
        known = conn.execute("select 1 from Site where name = ?", [args.site]).fetchall()
        rows = conn.execute(READINGS, [args.site]).fetchall()
    except sqlite3.Error as error:
        sys.exit(f"{args.db}: {error}")
    if not known:
        sys.exit(f"{args.site} is unknown")
    try:
        stream = open(args.out, "w") if args.out else sys.stdout
    except OSError as error:
        sys.exit(f"{args.out}: {error}")
    print("taken", "person", "quant", "reading", sep=",", file=stream)
    for row in rows:
        print(*("" if value is None else value for value in row), sep=",", file=stream)


if __name__ == "__main__":
    main()

"""The way from a program to a database: its layers, with what configures each, and where an error comes from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from course.draw.picture import (
    CHOSEN,
    CODE,
    INK,
    NARROW,
    NOTE,
    PLAIN,
    PLAIN_TEXT,
    SPENT,
    TITLE,
    UNKNOWN,
    VERMILLION,
    Picture,
    box,
    canvas,
    finish,
    on_one_line,
)

if TYPE_CHECKING:
    import pyodbc

STEP, TALL = 0.66, 0.86  # inches, from one layer and one question to the next
# What ODBC's getinfo calls these facts (sql.h).
DATA_SOURCE, DRIVER, DBMS, DATABASE = 2, 6, 17, 16


class Question(NamedTuple):
    """One step of a connection, the states with which it fails, and what to look at then."""

    asks: str
    states: tuple[str, ...]
    fails: str
    look: str


QUESTIONS = (
    Question(
        "Does the manager know the name?", ("IM002", "IM012"), "no such data source", "spelling; ODBCINI; [section]"
    ),
    Question(
        "Can it load the driver?", ("01000", "IM003", "IM004"), "can't open lib", "odbcinst.ini; is it installed?"
    ),
    Question("Does the database answer?", ("08001", "08S01", "HYT00"), "no connection", "host, port, file, network"),
    Question("Does it let you in?", ("28000", "28P01"), "no entry", "user, password, rights"),
    Question("Does it understand the SQL?", ("42", "22", "07"), "refused", "the statement; whose SQL is it?"),
)


def connection(conn: pyodbc.Connection) -> Picture:
    """What stands between this program and the database that `conn` is open on, and the file that configures each."""
    source = conn.getinfo(DATA_SOURCE)
    database = Path(conn.getinfo(DATABASE)).name
    mine = Path(os.environ.get("ODBCINI", "~/.odbc.ini")).name
    steps = [
        (
            "your program",
            f"connect('DSN={source}')" if source else "connect('DRIVER=…')",
            "your code, without a password",
        ),
        ("pyodbc", "a module: Python to ODBC", "the environment that the kernel runs in"),
        ("driver manager", "unixODBC: finds names", f"{mine}: [{source}]" if source else "the connection string"),
        ("driver", conn.getinfo(DRIVER), "odbcinst.ini: a name, and the library"),
        ("database", f"{conn.getinfo(DBMS)}: {database}", "the server's own rights and rules"),
    ]
    with canvas(NARROW, 0.5 + STEP * len(steps)) as axes:
        axes.text(0.15, 0.2, "From program to database", **TITLE)
        axes.text(2.3, 0.2, "← what configures it", **NOTE)
        for place, (layer, what, file) in enumerate(steps):
            y = 0.5 + STEP * place
            box(axes, 0.15, y, 1.5, layer, CHOSEN, 0.34)
            axes.text(1.8, y + 0.06, on_one_line(what, 38), **CODE)
            axes.text(1.8, y + 0.27, on_one_line(f"← {file}", 42), **PLAIN_TEXT)
            if place:
                axes.annotate("", (0.9, y), (0.9, y - STEP + 0.34), arrowprops={"arrowstyle": "<->", "color": INK})
        told = [f"{layer} ({what}), configured by {file}" for layer, what, file in steps]
        return finish(axes, f"Layers from program to database: {'; '.join(told)}.")


def diagnosis(error: Exception | None = None) -> Picture:
    """The questions that decide where a connection fails, and at which of them `error` stopped."""
    state = str(error.args[0]) if error is not None and error.args else ""
    stopped = next((n for n, question in enumerate(QUESTIONS) if state.startswith(question.states)), None)
    with canvas(NARROW, 0.55 + TALL * len(QUESTIONS) + 0.3) as axes:
        title = f"Where did {state} come from?" if state else "Where does a connection fail?"
        axes.text(0.15, 0.2, title, **TITLE)
        for place, question in enumerate(QUESTIONS):
            y = 0.45 + TALL * place
            here = place == stopped
            passed = stopped is not None and place < stopped
            box(axes, 0.15, y, 2.2, question.asks, SPENT if passed else UNKNOWN if here else PLAIN, 0.34)
            axes.annotate("", (2.75, y + 0.17), (2.37, y + 0.17), arrowprops={"arrowstyle": "->", "color": INK})
            axes.text(2.47, y + 0.08, "no", **NOTE)
            exits = " ".join(f"{known}…" if len(known) == 2 else known for known in question.states)
            box(axes, 2.8, y, 1.6, exits, UNKNOWN if here else PLAIN, 0.34)
            axes.text(2.8, y + 0.45, question.fails, **PLAIN_TEXT | {"weight": "bold" if here else "normal"})
            axes.text(2.8, y + 0.62, question.look, **NOTE)
            axes.annotate("", (1.2, y + TALL), (1.2, y + 0.35), arrowprops={"arrowstyle": "->", "color": INK})
            axes.text(1.28, y + 0.6, "yes", **NOTE)
            if here:
                axes.plot([0.06], [y + 0.17], ">", color=VERMILLION, markersize=8)
        axes.text(1.2, 0.45 + TALL * len(QUESTIONS) + 0.14, "rows", **PLAIN_TEXT | {"weight": "bold", "ha": "center"})
        return finish(axes, _words(state, stopped))


def _words(state: str, stopped: int | None) -> str:
    told = [f"{q.asks} If not: {', '.join(q.states)}, {q.fails}; look at {q.look}." for q in QUESTIONS]
    if not state:
        where = ""
    elif stopped is None:
        where = f" {state} is none of these: read its text."
    else:
        where = f" {state} stopped at: {QUESTIONS[stopped].asks}"
    return f"A tree of questions. {' '.join(told)}{where}"

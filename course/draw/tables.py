"""The tables of a database, and how their rows point to each other."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from matplotlib.axes import Axes

from course.draw.picture import (
    BLUE,
    CHOSEN,
    CODE,
    LETTER,
    LINE,
    NOTE,
    PAPER,
    PLAIN,
    TITLE,
    UNKNOWN,
    Picture,
    box,
    canvas,
    counted,
    finish,
    in_words,
    shown,
)
from course.survey import quoted

MAX_COLUMNS = 8
GAP = 0.35
TOP = 0.45  # where the columns' names stand
LANE = 0.28  # between two links


@dataclass(frozen=True)
class Table:
    """A table, as far as it is drawn."""

    name: str
    columns: tuple[tuple[str, str], ...]  # (name, type)
    rows: tuple[tuple, ...]  # the first few
    count: int

    @property
    def widths(self) -> list[float]:
        """Inches, one for each column."""
        cells = [[name, kind, *(row[i] for row in self.rows)] for i, (name, kind) in enumerate(self.columns)]
        return [(max(len(shown(cell)) for cell in column) + 1.8) * LETTER for column in cells]


@dataclass(frozen=True, order=True)
class Link:
    """The values of `column` in `table` name rows of `other` by its column `key`."""

    table: str
    column: str
    other: str
    key: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column} → {self.other}.{self.key}"


def schema(conn: sqlite3.Connection, rows: int = 3) -> Picture:
    """The tables of `conn` with their columns and first `rows` rows, and the links between them.

    A link is drawn where the database declares it, or where the values suggest it: every value of one column is
    found in a column of another table, and there only once.
    """
    tables = [_table(conn, name, rows) for name in _names(conn)]
    if not tables:
        with canvas(4, 0.6) as axes:
            box(axes, 0.1, 0.1, 3.8, "empty: this database holds no tables", UNKNOWN, height=0.4)
            return finish(axes, "An empty database: it holds no tables.")
    declared = {link for table in tables for link in _declared(conn, table)}
    links = sorted(declared | {link for table in tables for link in _suggested(conn, table, tables)})
    tables = _chained(tables, links)
    return _drawn(tables, links, _words(tables, links, declared))


def _names(conn: sqlite3.Connection) -> list[str]:
    sql = (
        "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by rowid"
    )
    return [name for (name,) in conn.execute(sql)]


def _table(conn: sqlite3.Connection, name: str, rows: int) -> Table:
    columns = [(column, kind.lower()) for _, column, kind, *_ in conn.execute(f"pragma table_info({quoted(name)})")]
    (count,) = conn.execute(f"select count(*) from {quoted(name)}").fetchone()
    sample = conn.execute(f"select * from {quoted(name)} limit ?", [rows]).fetchall()
    return Table(name, tuple(columns[:MAX_COLUMNS]), tuple(sample), count)


def _declared(conn: sqlite3.Connection, table: Table) -> list[Link]:
    keys = conn.execute(f"pragma foreign_key_list({quoted(table.name)})").fetchall()
    return [Link(table.name, column, other, key or column) for _, _, other, column, key, *_ in keys]


def _suggested(conn: sqlite3.Connection, table: Table, tables: list[Table]) -> list[Link]:
    pairs = [
        Link(table.name, column, other.name, key)
        for column, kind in table.columns
        for other in tables
        for key, other_kind in other.columns
        if other is not table and kind == other_kind
    ]
    return [link for link in pairs if _holds(conn, link)]


def _holds(conn: sqlite3.Connection, link: Link) -> bool:
    table, column, other, key = map(quoted, (link.table, link.column, link.other, link.key))
    named, strange = conn.execute(
        f"select count({column}), coalesce(sum({column} not in (select {key} from {other} where {key} is not null)), 0)"
        f" from {table}"
    ).fetchone()
    (repeated,) = conn.execute(f"select count({key}) - count(distinct {key}) from {other}").fetchone()
    return named > 0 and strange == 0 and repeated == 0


def _chained(tables: list[Table], links: list[Link]) -> list[Table]:
    """The tables in an order in which linked ones stand side by side, as far as that is possible."""
    near: dict[str, list[str]] = {table.name: [] for table in tables}
    for link in links:
        if link.other in near:
            near[link.table].append(link.other)
            near[link.other].append(link.table)
    order: list[str] = []
    for start in sorted(near, key=lambda name: len(near[name])):
        waiting = [start]
        while waiting:
            name = waiting.pop()
            if name not in order:
                order.append(name)
                waiting += reversed(near[name])
    return sorted(tables, key=lambda table: order.index(table.name))


def _drawn(tables: list[Table], links: list[Link], alt: str) -> Picture:
    depth = max(len(table.rows) for table in tables)
    bottom = TOP + LINE * (depth + 2.2) + 0.28
    ends = {end for link in links for end in ((link.table, link.column), (link.other, link.key))}
    with canvas(sum(sum(table.widths) + GAP for table in tables), bottom + 0.15 + LANE * len(links)) as axes:
        x, middles = GAP / 2, {}
        for table in tables:
            middles |= _draw_table(axes, x, table, depth, ends)
            x += sum(table.widths) + GAP
        for lane, link in enumerate(links):
            pair = middles.get((link.table, link.column)), middles.get((link.other, link.key))
            if None not in pair:
                _connect(
                    axes, *pair, bottom, bottom + LANE * (lane + 0.65), f"{shown(link.column)} → {shown(link.key)}"
                )
        return finish(axes, alt)


def _draw_table(axes: Axes, x: float, table: Table, depth: int, ends: set) -> dict[tuple[str, str], float]:
    """Draw one table and return where the middle of each column is."""
    middles, left = {}, x
    axes.text(x, TOP - 0.17, shown(table.name), **TITLE | {"size": 11})
    for i, ((name, kind), width) in enumerate(zip(table.columns, table.widths, strict=True)):
        middles[table.name, name] = x + width / 2
        look = CHOSEN if (table.name, name) in ends else PLAIN._replace(weight="bold")
        box(axes, x, TOP, width, shown(name), look)
        axes.text(x + width / 2, TOP + LINE * 1.55, shown(kind or "no type"), ha="center", **NOTE)
        for j, row in enumerate(table.rows):
            box(axes, x, TOP + LINE * (2.1 + j), width, shown(row[i]), UNKNOWN if row[i] is None else PLAIN)
        x += width
    more = table.count - len(table.rows)
    rest = f"and {counted(more, 'more row')}" if more else counted(table.count, "row")
    axes.text((left + x) / 2, TOP + LINE * (2.1 + depth) + 0.12, rest, ha="center", **NOTE)
    return middles


def _connect(axes: Axes, start: float, end: float, top: float, lane: float, label: str) -> None:
    axes.plot([start, start, end, end], [top, lane, lane, top + 0.04], color=BLUE, linewidth=1.4)
    axes.plot([start], [top], "o", color=BLUE, markersize=5)
    axes.plot([end], [top + 0.02], "^", color=BLUE, markersize=7)
    plate = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
    axes.text((start + end) / 2, lane, label, ha="center", bbox=plate, **CODE | {"size": 8})


def _words(tables: list[Table], links: list[Link], declared: set[Link]) -> str:
    parts = [
        f"{table.name} ({counted(table.count, 'row')}): {in_words([name for name, _ in table.columns])}."
        for table in tables
    ]
    found = in_words([f"{link} ({'declared' if link in declared else 'seen in the values'})" for link in links])
    return f"{counted(len(tables), 'table')}. {' '.join(parts)} Links: {found}."

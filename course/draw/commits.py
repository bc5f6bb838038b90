"""The commits of a repository as a graph: who came before whom, and which names lead where.

Nothing is asked of git: the repository is read (`course.repository`), and stays as it is.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.axes import Axes

from course.draw.lanes import Graph, Row, graph
from course.draw.picture import (
    BLUE,
    CHOSEN,
    CODE,
    FAINT,
    INK,
    LETTER,
    NOTE,
    PAPER,
    PLAIN,
    PLAIN_TEXT,
    SPENT,
    TITLE,
    UNKNOWN,
    VERMILLION,
    Look,
    Picture,
    box,
    canvas,
    counted,
    finish,
    in_words,
)
from course.repository import Commit, Repository, read

STEP = 0.27  # inches, from one commit to the next
LANE = 0.24  # inches, from one line of development to the next
RADIUS = 0.062
SUBJECT = 34  # letters
# How the names look that lead to a commit.
HEAD = Look(fill=PAPER, edge=VERMILLION, weight="bold", line=2.2)
BRANCH = CHOSEN
REMOTE = Look(fill=PAPER, edge=BLUE, style="--", line=1.4)
TAG = UNKNOWN


def commits(
    *repositories: Repository | Path | str,
    titles: tuple[str, ...] = (),
    marks: Mapping[str, str] | None = None,
    lost: bool = False,
    trail: Sequence[str] = (),
) -> Picture:
    """The graph of commits, the newest at the top; of several repositories side by side.

    titles  a heading for each
    marks   what to write beside a commit: id → a few words
    lost    also those commits that nothing leads to any more
    trail   ids of commits, in the order in which HEAD came by, up to now: a dotted path from one to the next, and
            beside each commit the names that the reflog has for it, HEAD@{0} for the last
    """
    repos = [each if isinstance(each, Repository) else read(each) for each in repositories]
    graphs = [graph(repo, lost=lost) for repo in repos]
    titles = (*titles, *[""] * len(repos))[: len(repos)]
    marks = _visits(trail, marks or {})
    widths = [_width(each, marks) for each in graphs]
    top = 0.5 if any(titles) else 0.15
    height = top + STEP * max(max(len(each.rows) + bool(each.older) for each in graphs), 1) + 0.15
    with canvas(sum(widths), height) as axes:
        left = 0.0
        for each, width, title in zip(graphs, widths, titles, strict=True):
            axes.text(left + 0.15, 0.22, title, **TITLE)
            _draw(axes, left + 0.25, top + STEP / 2, each, marks)
            _path(axes, left + 0.25, top + STEP / 2, each, trail)
            left += width
        words = [
            f"{title}: {_words(each, marks)}" if title else _words(each, marks)
            for each, title in zip(graphs, titles, strict=True)
        ]
        words += [f"HEAD went from {', then '.join(id[:7] for id in trail)}."] if trail else []
        return finish(axes, " ".join(words))


def _visits(trail: Sequence[str], marks: Mapping[str, str]) -> dict[str, str]:
    """The marks, and what the reflog calls the commits of a trail."""
    found: dict[str, str] = {}
    for number, id in enumerate(reversed(trail)):
        found[id] = f"{found[id]} @{{{number}}}" if id in found else f"HEAD@{{{number}}}"
    return found | {id: f"{found[id]}, {mark}" if id in found else mark for id, mark in marks.items()}


def _names(repo: Repository, id: str) -> list[tuple[str, Look]]:
    """The names that lead to a commit."""
    found = []
    if not repo.attached and repo.tip == id:
        found.append(("HEAD", HEAD))
    for ref, target in repo.refs.items():
        kind, _, name = ref.removeprefix("refs/").partition("/")
        if target != id and not (kind == "tags" and repo.commit(target).id == id):
            continue
        if kind == "stash":
            found.append(("stash", TAG))
        elif kind == "heads" and repo.attached and name == repo.head:
            found.insert(0, (f"HEAD → {name}", HEAD))
        elif kind in ("heads", "remotes", "tags"):
            found.append((name, {"heads": BRANCH, "remotes": REMOTE, "tags": TAG}[kind]))
    return found


def _text(commit: Commit) -> str:
    subject = commit.subject if len(commit.subject) <= SUBJECT else commit.subject[: SUBJECT - 1] + "…"
    return f"{commit.id[:7]} {subject}"


def _wide(text: str) -> float:
    """Inches of a box for a name."""
    return (len(text) + 1.6) * LETTER


def _width(drawn: Graph, marks: Mapping[str, str]) -> float:
    longest = max(
        (
            len(_text(row.commit)) * LETTER * 1.07
            + sum(_wide(name) + 0.06 for name, _ in _names(drawn.repo, row.commit.id))
            + len(marks.get(row.commit.id, "")) * LETTER * 1.1
            for row in drawn.rows
        ),
        default=2.0,
    )
    return 0.25 + LANE * drawn.lanes + longest + 0.4


def _places(left: float, top: float, drawn: Graph) -> dict[str, tuple[float, float]]:
    return {row.commit.id: (left + LANE * row.lane, top + STEP * number) for number, row in enumerate(drawn.rows)}


def _draw(axes: Axes, left: float, top: float, drawn: Graph, marks: Mapping[str, str]) -> None:
    place, bottom, text = _places(left, top, drawn), top + STEP * len(drawn.rows), left + LANE * drawn.lanes
    if not drawn.rows:
        axes.text(left, top, f"no commit yet; HEAD is on the branch {drawn.repo.head}", **NOTE)
    if drawn.older:
        axes.text(text, bottom, f"and {counted(drawn.older, 'older commit')}", **NOTE)
    for row in drawn.rows:
        for parent, lane in row.ways.items():
            way = left + LANE * lane
            _line(axes, place[row.commit.id], way, place.get(parent, (way, bottom)), lost=row.lost)
    for row in drawn.rows:
        _commit(axes, *place[row.commit.id], text, drawn.repo, row, marks.get(row.commit.id, ""))


def _line(axes: Axes, child: tuple[float, float], way: float, parent: tuple[float, float], *, lost: bool) -> None:
    """From a commit to its parent: to the side within the first step, straight down, to the side within the last."""
    (x, y), (px, py) = child, parent
    turns = [(way, y + STEP)] * (way != x) + [(way, py - STEP)] * (way != px)
    turns = turns if py - y > 1.5 * STEP else []
    xs, ys = zip(child, *turns, parent, strict=True)
    axes.plot(xs, ys, color=FAINT if lost else INK, linewidth=1.3, linestyle=":" if lost else "-", zorder=2)


def _path(axes: Axes, left: float, top: float, drawn: Graph, trail: Sequence[str]) -> None:
    """Dotted arrows along a trail, bent so that a way there and the way back are two lines."""
    place = _places(left, top, drawn)
    for start, end in itertools.pairwise(trail):
        if start != end and start in place and end in place:
            bend = min(0.45, 0.44 / math.dist(place[start], place[end]))  # a long one stays beside the graph
            style = {"arrowstyle": "->", "linestyle": ":", "color": BLUE, "linewidth": 1.5, "shrinkA": 5, "shrinkB": 5}
            style["connectionstyle"] = f"arc3,rad={bend}"
            axes.annotate("", place[end], place[start], arrowprops=style)


def _commit(axes: Axes, x: float, y: float, text: float, repo: Repository, row: Row, mark: str) -> None:
    merge, root = len(row.commit.parents) > 1, not row.commit.parents
    look = SPENT if row.lost else Look(fill=INK) if root else PLAIN
    size = RADIUS * 144
    # A merge is a square, the first commit is filled.
    shape = {"marker": "s" if merge else "o", "markersize": size, "markerfacecolor": look.fill}
    dashes = FAINT if row.lost else VERMILLION if row.commit.id == repo.tip else INK
    axes.plot(
        [x], [y], **shape, markeredgecolor=dashes, markeredgewidth=2.2 if row.commit.id == repo.tip else 1.3, zorder=3
    )
    words = _text(row.commit)
    style = CODE | {"size": 8, "color": FAINT if row.lost else INK}
    axes.text(text, y, words, **style)
    left = text + len(words) * LETTER * 1.04 + 0.1
    for name, kind in _names(repo, row.commit.id):
        box(axes, left, y - 0.095, _wide(name), name, kind, 0.19)
        left += _wide(name) + 0.06
    if mark:
        axes.text(left, y, mark, **PLAIN_TEXT | {"weight": "bold", "size": 8})


def _words(drawn: Graph, marks: Mapping[str, str]) -> str:
    told = []
    for row in drawn.rows:
        names = [name for name, _ in _names(drawn.repo, row.commit.id)]
        parents = [parent[:7] for parent in row.commit.parents]
        what = f"{row.commit.id[:7]} {row.commit.subject!r}"
        what += f" with {in_words(names)}" if names else ""
        what += f", {marks[row.commit.id]}" if row.commit.id in marks else ""
        what += ", which nothing leads to" if row.lost else ""
        told.append(f"{what}, after {in_words(parents)}" if parents else f"{what}, the first")
    if not told:
        return f"A repository without a commit, HEAD on the branch {drawn.repo.head}."
    told += [f"{counted(drawn.older, 'older commit')}"] * bool(drawn.older)
    return f"A graph of {counted(len(drawn.rows) + drawn.older, 'commit')}, from top to bottom: {'; '.join(told)}."

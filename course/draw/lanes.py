"""Where each commit stands in a drawn graph: in which row, and on which line of development."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.repository import Commit, Repository

MAX_COMMITS = 60


@dataclass(frozen=True)
class Row:
    """A commit in the graph: on which line of development, and along which line each parent is reached."""

    commit: Commit
    lane: int
    ways: Mapping[str, int]
    lost: bool


@dataclass(frozen=True)
class Graph:
    """The commits of a repository as they are drawn, from the top; so many `older` ones are left out below."""

    repo: Repository
    rows: Sequence[Row]
    older: int

    @property
    def lanes(self) -> int:
        """How many lines of development stand beside each other, at most."""
        return max((lane for row in self.rows for lane in (row.lane, *row.ways.values())), default=0) + 1


def graph(repo: Repository, *, lost: bool = False) -> Graph:
    """The commits in an order in which each stands above its parents, each on a line of its own if it can be.

    With `lost`, also those commits that nothing leads to any more.
    """
    past = dict(repo.everything)
    if lost:
        past = repo.history(*repo.lost, *past)
    rows: list[Row] = []
    waiting: list[str | None] = []  # which commit each line of development leads to next
    for commit in list(past.values())[:MAX_COMMITS]:
        if commit.id not in waiting:
            _put(waiting, commit.id)
        lane = waiting.index(commit.id)
        for other, expected in enumerate(waiting):
            if expected == commit.id and other != lane:
                waiting[other] = None
        parents = [parent for parent in commit.parents if parent in past]
        waiting[lane] = parents[0] if parents else None
        for parent in parents[1:]:
            if parent not in waiting:
                _put(waiting, parent)
        # The first parent follows on the commit's own line, which is kept free for it; so is that of each other one.
        ways = {parent: waiting.index(parent) for parent in parents[1:]} | dict.fromkeys(parents[:1], lane)
        rows.append(Row(commit, lane, ways, commit.id not in repo.everything))
    return Graph(repo, rows, len(past) - len(rows))


def _put(waiting: list[str | None], id: str) -> None:
    """Lead the first free line to a commit, or a new one."""
    if None in waiting:
        waiting[waiting.index(None)] = id
    else:
        waiting.append(id)

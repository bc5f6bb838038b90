"""The three places where a file can be: the working copy, the index, the last commit; and what a command changed there.

Nothing is asked of git: the repository is read (`course.repository`), and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from matplotlib.axes import Axes

from course.draw.picture import (
    BLUE,
    CHOSEN,
    CODE,
    FAINT,
    LINE,
    NOTE,
    PLAIN,
    PLAIN_TEXT,
    SPENT,
    TITLE,
    UNKNOWN,
    VERMILLION,
    WIDTH,
    Look,
    Picture,
    box,
    canvas,
    counted,
    finish,
    in_words,
    shown,
)
from course.history import blob
from course.repository import Repository, hidden, read

PLACES = ("working copy", "index", "last commit")
COLUMN = (2.15, 4.4, 6.65)  # inches, where the three places begin
WIDE = 1.5
MAX_PATHS = 24
TURNS = (CHOSEN, Look(fill="#f6ddc9", edge=VERMILLION, line=1.6, weight="bold"), PLAIN)
# What the table of effects tells of a repository.
EFFECTS = ("commits", "the branch", "index", "working copy")


def places(repo: Repository | Path | str) -> Picture:
    """Which version of each file lies in the working copy, in the index and in the last commit.

    A version is named by the first letters of its blob's id. Boxes in a row that look the same hold the same.
    """
    found = repo if isinstance(repo, Repository) else read(repo)
    rows = _versions(found)
    with canvas(WIDTH, 1.0 + (LINE + 0.14) * max(len(rows), 1)) as axes:
        for place, left in zip(PLACES, COLUMN, strict=True):
            axes.text(left + WIDE / 2, 0.2, place, ha="center", **TITLE)
        for what, left in (("git add", COLUMN[0]), ("git commit", COLUMN[1])):
            _arrow(axes, left + WIDE + 0.08, left + COLUMN[1] - COLUMN[0] - 0.08, 0.5, what)
        for number, (path, versions) in enumerate(rows.items()):
            _draw_path(axes, 0.78 + (LINE + 0.14) * number, path, versions, _note(found, path, versions))
        if not rows:
            axes.text(COLUMN[0], 0.9, "no files anywhere", **NOTE)
        told = [f"{path}: {_told(found, path, versions)}" for path, versions in rows.items()]
        return finish(axes, f"Three places, {counted(len(rows), 'file')}. {'; '.join(told) or 'No files'}.")


def _versions(repo: Repository) -> dict[str, tuple[str, str, str]]:
    """Path → the id of its blob in each of the three places, empty where it is not there."""
    committed = repo.blobs(repo.tip) if repo.tip else {}
    paths = sorted({*repo.working, *repo.index, *committed})[:MAX_PATHS]
    on_disk = {path: blob(content) for path, content in repo.working.items()}
    return {path: (on_disk.get(path, ""), repo.index.get(path, ""), committed.get(path, "")) for path in paths}


def _note(repo: Repository, path: str, versions: tuple[str, str, str]) -> str:
    """What `git status` would say of it."""
    disk, staged, committed = versions
    if not staged and not committed:
        return "ignored" if hidden(repo.working, path) else "untracked"
    if path in repo.conflicts:
        return "in conflict"
    notes = []
    if staged != committed:
        notes.append("staged: " + ("new" if not committed else "deleted" if not staged else "changed"))
    if disk != staged and staged:
        notes.append("not staged: " + ("changed" if disk else "deleted"))
    return ", ".join(notes) or "unchanged"


def _told(repo: Repository, path: str, versions: tuple[str, str, str]) -> str:
    held = [f"{version[:7] or 'nothing'} in the {place}" for version, place in zip(versions, PLACES, strict=True)]
    return f"{in_words(held)} ({_note(repo, path, versions)})"


def _arrow(axes: Axes, start: float, end: float, y: float, text: str) -> None:
    style = {"arrowstyle": "-|>", "color": BLUE, "linewidth": 1.6}
    axes.annotate("", (end, y), (start, y), arrowprops=style)
    axes.text((start + end) / 2, y - 0.14, text, ha="center", **CODE | {"size": 8})


def _draw_path(axes: Axes, y: float, path: str, versions: tuple[str, str, str], note: str) -> None:
    axes.text(0.1, y + LINE / 2 - 0.05, path if len(path) <= 22 else f"…{path[-21:]}", **CODE)
    axes.text(0.1, y + LINE / 2 + 0.1, note, **NOTE | {"size": 6.5})
    # The version of the last commit is plain; each other one gets a look of its own.
    looks = dict.fromkeys(versions[2:], TURNS[2])
    others = [version for version in dict.fromkeys(versions[1::-1]) if version and version not in looks]
    looks |= dict(zip(others, TURNS[:2], strict=False))
    for version, left in zip(versions, COLUMN, strict=True):
        if version:
            box(axes, left, y, WIDE, version[:7], looks[version])
        else:
            axes.text(left + WIDE / 2, y + LINE / 2, "–", ha="center", color=FAINT, va="center")
    for first, second, left in zip(versions, versions[1:], COLUMN, strict=False):
        if first != second and any(versions[1:]):
            middle = left + (WIDE + COLUMN[1] - COLUMN[0]) / 2
            axes.text(middle, y + LINE / 2, "≠", ha="center", **PLAIN_TEXT | {"size": 12, "color": VERMILLION})


def effects(before: Repository, after: Mapping[str, Repository]) -> Picture:
    """What each of several commands changed, all from the same state: command → the repository after it."""
    columns = (0.1, 3.0, 4.75, 6.1, 7.6)
    rows = {command: _effect(before, found) for command, found in after.items()}
    with canvas(9.6, 0.55 + 0.42 * len(rows)) as axes:
        for title, left in zip(("command", *EFFECTS), columns, strict=True):
            axes.text(left, 0.22, title, **TITLE)
        for number, (command, told) in enumerate(rows.items()):
            y = 0.47 + 0.42 * number
            axes.text(columns[0], y + 0.15, command, **CODE)
            for what, left, right in zip(told, columns[1:], (*columns[2:], 9.55), strict=True):
                look = (
                    SPENT._replace(fill="#ffffff", style=":") if what.startswith("as ") else UNKNOWN._replace(hatch="")
                )
                box(axes, left, y, right - left - 0.08, what, look, 0.3)
        said = [
            f"{command}: {in_words([f'{part} {what}' for part, what in zip(EFFECTS, told, strict=True)])}"
            for command, told in rows.items()
        ]
        return finish(axes, f"A table of what commands change. {'; '.join(said)}.")


def _effect(before: Repository, after: Repository) -> tuple[str, str, str, str]:
    same = "as it was"
    new, gone = after.everything.keys() - before.everything.keys(), before.everything.keys() - after.everything.keys()
    commits = [*[f"{counted(len(new), 'new one')}"] * bool(new), *[f"{len(gone)} out of reach"] * bool(gone)]
    moved = "HEAD detached" if before.attached and not after.attached else f"at {after.tip[:7]}"
    return (
        " and ".join(commits) or same.replace("it was", "they were"),
        same if (before.head, before.tip) == (after.head, after.tip) else moved,
        _changed(before.index, after.index) or same,
        _changed(before.working, after.working) or same,
    )


def _changed(before: Mapping, after: Mapping) -> str:
    paths = [path for path in sorted({*before, *after}) if before.get(path) != after.get(path)]
    return shown(paths[0]) + (f" +{len(paths) - 1}" if len(paths) > 1 else "") if paths else ""

"""Repositories with a past to go back to, to hide, to undo or to search, made up from a seed.

Each case lies on disk in a folder of its own, and says in `about` what is special, as the end of "called on …".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from course.forty import forty
from course.history import FIRST, History

# Contents that change when somebody takes them for text of his own making.
CONTENTS = {
    "text": b"plain text\n",
    "no line break at its end": b"one\ntwo",
    "line breaks of Windows": b"one\r\ntwo\r\n",
    "blank lines at its end": b"one\n\n\n",
    "letters that are not UTF-8": b"\xc5sa measured 41,6 \xb0C\n",
    "bytes that are no text": bytes(range(256)),
    "nothing in it": b"",
}
PATHS = ("fibo.py", "src/fibo.py", "data/a b.txt", "notes åäö.txt", "docs/a'b.txt")
SOURCES = ("fibo.py", "src/db.py", "data.py", "environment.yml", ".env.example", "database.md", "src/load.py")
LINES = 40


@dataclass(frozen=True)
class Past:
    """A repository in which one file is to come back as it was at HEAD~2: its path, and its content then."""

    about: str
    repo: Path
    path: str
    wanted: bytes


@dataclass(frozen=True)
class Clutter:
    """A repository that holds what it should not: data and secrets, beside sources."""

    about: str
    repo: Path
    unwanted: tuple[str, ...]
    sources: tuple[str, ...]
    ignored: tuple[str, ...]
    """Paths that a rule of the repository hides already."""


@dataclass(frozen=True)
class Published:
    """A published history and a commit in its midst.

    `wanted` are the files as if it had not been; None where nobody can tell.
    """

    about: str
    repo: Path
    commit: str
    wanted: dict[str, bytes] | None


@dataclass(frozen=True)
class Broken:
    """A repository in which fibo is broken, and the commit that broke it."""

    about: str
    repo: Path
    culprit: str


def pasts(*, seed: str) -> tuple[Past, ...]:
    """One for each kind of content. Beside the file, another one is changed on disk, and one is not in git."""
    made = []
    for number, (kind, wanted) in enumerate(CONTENTS.items()):
        rng = Random(f"past {number} of {seed}")
        path = PATHS[number % len(PATHS)]
        history, others = History(), {"README.md": "# Fibo\n", "other.py": FIRST}
        for k in range(rng.randint(1, 3)):
            history.commit(f"Work {k}", {**others, path: f"version {k}\n"})
            others["other.py"] += f"# {k}\n"
        # The file is as wanted from here on for one to three commits, the last of which is HEAD~2.
        for k in range(number % 3 + 1):
            others["README.md"] += f"{k}\n"
            before = history.commit(f"Write {k}", {**others, path: wanted})
        others["other.py"] += "# one before\n"
        later = ("changed", "changed") if number % 2 else ("changed", "deleted")
        for k, what in enumerate(later):
            others["README.md"] += f"later {k}\n"
            now = {} if what == "deleted" else {path: f"worse, {k}\n"}
            parents = [before]
            if number == 1 and k == 1:  # the last commit is a merge: HEAD~2 follows the first parents
                parents.append(history.commit("On the side", {**others, path: b"aside\n"}, parents=parents))
            before = history.commit(f"Go on {k}", {**others, **now}, parents=parents)
        tip = history.snapshots[before].files
        working = {**tip, "other.py": tip["other.py"] + b"# in the middle of it\n", "todo.txt": b"not in git\n"}
        made.append(Past(f"a file with {kind}", history.write(working=working), path, wanted))
    return tuple(made)


def clutters(n: int, *, seed: str) -> tuple[Clutter, ...]:
    """`n` repositories. The first has no rule yet; the second one whose last line has no end; others one or two."""
    made = []
    for number in range(n):
        rng = Random(f"clutter {number} of {seed}")
        data = [f"data/{name}.db" for name in rng.sample(("survey", "old survey", "Åsa", "copy-2"), rng.randint(1, 3))]
        sources = rng.sample(SOURCES, 5)
        rules = ([], ["__pycache__/"], ["# what nobody wants", "*.log", "__pycache__/"])[number % 3]
        ignored = [path for path in ("__pycache__/fibo.pyc", "a.log") if any(r.strip("*/") in path for r in rules)]
        files = {path: f"{path} {rng.random()}\n".encode() for path in (*data, ".env", *sources)}
        if rules:
            files[".gitignore"] = "\n".join(rules).encode() + (b"" if number % 3 == 1 else b"\n")
        history = History()
        history.commit("Begin", {path: files[path] for path in sources})
        history.commit("Add everything", files)
        about = ("a repository without a .gitignore", "one with a .gitignore", "one with several rules")[number % 3]
        repo = history.write(working={**files, "todo.txt": b"not in git\n"})
        made.append(Clutter(about, repo, (*data, ".env"), tuple(sources), tuple(ignored)))
    return tuple(made)


def published(n: int, *, seed: str) -> tuple[Published, ...]:
    """`n` histories, all on origin/main. No two commits change lines that are near each other."""
    made = []
    for number in range(n):
        rng = Random(f"published {number} of {seed}")
        changes = [_change(rng, number, k) for k in range(rng.randint(5, 7))]
        middle = rng.randrange(1, len(changes) - 2)
        commit, history = "", History()
        history.commit("Begin", _render([]))
        for k in range(len(changes)):
            id = history.commit(f"Change {k}", _render(changes[: k + 1]))
            commit = id if k == middle else commit
        history.remote("origin/main", id)
        wanted = _render(changes[:middle] + changes[middle + 1 :])
        about = f"a history of {len(changes) + 1} commits"
        made.append(Published(about, history.write(), commit, {p: t.encode() for p, t in wanted.items()}))
    return tuple(made)


def entangled(*, seed: str) -> tuple[Published, ...]:
    """Histories in which a later commit changed what the commit had changed: nobody can undo it without a decision."""
    made = []
    for number, later in enumerate(("line 5, once more\n", None)):
        rng = Random(f"entangled {number} of {seed}")
        history = History()
        files = _render([])
        history.commit("Begin", files)
        files["fibo.py"] = files["fibo.py"].replace("line 5\n", f"line 5, changed by {rng.randrange(99)}\n")
        commit = history.commit("Change", files)
        text = "".join(line for line in files["fibo.py"].splitlines(True) if not line.startswith("line 5,"))
        text = text if later is None else text.replace("line 4\n", f"line 4\n{later}")
        files["fibo.py"] = text
        history.commit("Change it again", files)
        files["notes.txt"] += "more\n"
        history.remote("origin/main", history.commit("Go on", files))
        about = "a commit whose lines a later commit has " + ("changed again", "taken out")[later is None]
        made.append(Published(about, history.write(), commit, None))
    return tuple(made)


def broken(n: int, *, seed: str, merges: bool = False, clocks: bool = False) -> tuple[Broken, ...]:
    """`n` histories of forty commits, one of which broke fibo; see `course.forty`."""
    about = "forty commits" + " with merges" * merges + " by people whose clocks disagree" * clocks
    lost = [forty(f"{seed} {number}", merges=merges, clocks=clocks) for number in range(n)]
    return tuple(Broken(about, each.history.write(), each.culprit) for each in lost)


def _change(rng: Random, number: int, k: int) -> dict[str, str | None]:
    """What one commit does: "file:line" → the new line, or "file" → its content, None where it goes."""
    place = 1 + 5 * k
    line = {f"fibo.py:{place}": f"line {place}, {rng.choice('abc')}{rng.randrange(99)}\n"}
    extra = [
        {},
        {f"notes.txt:{place}": f"note {place}, {rng.randrange(99)}\n"},
        {f"new {k}.txt": f"new {rng.randrange(99)}\n"},
        {f"old/{k}.txt": None},
    ]
    return line | extra[(number + k) % 4]


def _render(changes: list[dict[str, str | None]]) -> dict[str, str]:
    """The files after these changes."""
    lines = {name: [f"line {n}\n" for n in range(LINES)] for name in ("fibo.py", "notes.txt")}
    whole: dict[str, str | None] = {f"old/{k}.txt": f"old {k}\n" for k in range(8)}
    for change in changes:
        for where, text in change.items():
            name, _, place = where.partition(":")
            if place:
                lines[name][int(place)] = text
            else:
                whole[name] = text
    return {name: "".join(text) for name, text in lines.items()} | {p: t for p, t in whole.items() if t is not None}

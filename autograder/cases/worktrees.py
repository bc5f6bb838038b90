"""Folders and repositories in which something is not yet committed, made up from a seed.

Each case lies on disk in a folder of its own, and says in `about` what is special, as the end of "called on …".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from course.history import FIRST, History, blob, folder, put

PEOPLE = (
    ("Frank Pabodie", "pabodie@example.org"),
    ("Åsa O'Hara", "asa+ohara@example.org"),
    ('Ann "Doc" Lake', "lake@mail.example.org"),
)
WORDS = ("radiation", "salinity", "temperature", "Åkesson", "polar", "station", "ice core", "sledge")


@dataclass(frozen=True)
class Start:
    """A folder without a repository, and who is to commit in it. `kept` are the files beside fibo.py."""

    about: str
    folder: Path
    fibo: bytes
    kept: dict[str, bytes]
    name: str
    email: str


@dataclass(frozen=True)
class Edit:
    """A repository whose fibo.py was changed in two places. `halves`: the file with one of the two changes."""

    about: str
    repo: Path
    before: bytes
    halves: tuple[bytes, bytes]
    after: bytes


@dataclass(frozen=True)
class Mix:
    """A repository with all that a working copy can hold. `staged` is the index: path → id of the blob."""

    about: str
    repo: Path
    staged: dict[str, str]


def starts(n: int, *, seed: str) -> tuple[Start, ...]:
    """`n` folders with a fibo.py. The first lies within another repository; each holds what must not be committed."""
    made = []
    for number in range(n):
        rng = Random(f"start {number} of {seed}")
        fibo = (FIRST + f"# {_text(rng)}\n" * rng.randint(0, 2)).encode()
        kept = {".env": f"PASSWORD={rng.random()}\n".encode(), "notes.txt": _text(rng).encode()}
        more = rng.sample(("fibo.pyc", "data/survey.db", "a b.txt", "old/fibo.py"), 2)
        kept |= {name: _text(rng).encode() for name in more}
        about, place = "a folder with some files", folder(name=rng.choice(("fibo", "my project", "Åsas fibo")))
        if number == 0:
            about = "a folder within the repository of somebody else"
            place = History().write() / "fibo"
        put(place, {"fibo.py": fibo, **kept})
        made.append(Start(about, place, fibo, kept, *PEOPLE[number % len(PEOPLE)]))
    return tuple(made)


def edits(n: int, *, seed: str) -> tuple[Edit, ...]:
    """`n` repositories with two changes in one file, far enough apart for `git diff` to show two hunks."""
    made = []
    for number in range(n):
        rng = Random(f"edit {number} of {seed}")
        lines = _program(rng)
        first, second = _changed(rng, lines, 2), _changed(rng, lines, 20)
        texts = [_with(lines, chosen) for chosen in ([], [first], [second], [first, second])]
        before, one, two, after = (text.encode() for text in texts)
        history = History()
        history.commit("Begin", {"notes.txt": _text(rng)})
        history.commit("Add fibo", {"notes.txt": _text(rng), "fibo.py": before})
        tip = list(history.snapshots.values())[-1]
        repo = history.write(working={**tip.files, "fibo.py": after, "todo.txt": "not yet in git\n"})
        kinds = " and ".join(what for _, what, _ in (first, second))
        made.append(Edit(f"a file in which {kinds}", repo, before, (one, two), after))
    return tuple(made)


def mixes(n: int, *, seed: str, kinds: Sequence[str]) -> tuple[Mix, ...]:
    """`n` repositories, each with files of all `kinds`, the names of functions in KINDS."""
    made = []
    for number in range(n):
        rng = Random(f"mix {number} of {seed}")
        committed, staged, working = {}, {}, {}
        for kind in kinds:
            for _ in range(rng.randint(1, 3)):
                path = _path(rng, {*committed, *staged, *working})
                old, new, newer = (f"{path} {_text(rng)} {k}\n".encode() for k in range(3))
                c, s, w = KINDS[kind](old, new, newer)
                committed |= {path: c} if c else {}
                staged |= {path: s} if s else {}
                working |= {path: w} if w else {}
        history = History()
        history.commit("Begin", {"first.txt": "first\n"})
        history.commit("Go on", committed)
        repo = history.write(staged=staged, working=working)
        about = f"a repository with files that are {', '.join(kinds)}"
        made.append(Mix(about, repo, {path: blob(content) for path, content in sorted(staged.items())}))
    return tuple(made)


# What a file is: its contents in the last commit, in the index and on disk, made of three different ones.
KINDS = {
    "unchanged": lambda old, new, newer: (old, old, old),
    "changed and staged": lambda old, new, newer: (old, new, new),
    "staged and changed again": lambda old, new, newer: (old, new, newer),
    "changed and not staged": lambda old, new, newer: (old, old, newer),
    "new and staged": lambda old, new, newer: (None, new, new),
    "new, staged and gone from disk": lambda old, new, newer: (None, new, None),
    "untracked": lambda old, new, newer: (None, None, new),
    "deleted": lambda old, new, newer: (old, None, None),
    "deleted from the index alone": lambda old, new, newer: (old, None, old),
    "gone from disk alone": lambda old, new, newer: (old, old, None),
}


def _text(rng: Random) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(3, 6)))


def _path(rng: Random, taken: set[str]) -> str:
    """A new path, in a folder or not, of plain letters."""
    while True:
        name = f"{rng.choice(('fibo', 'lucas', 'notes', 'data'))}{rng.randrange(100)}.{rng.choice(('py', 'txt'))}"
        path = rng.choice(("", "src/", "src/deep/", "docs/")) + name
        if path not in taken:
            return path


def _program(rng: Random) -> list[str]:
    """A program of several functions, whose lines 2 and 20 are plain statements far from each other."""
    table = [f"    {n}: {rng.choice(WORDS)!r},\n" for n in range(10)]
    return [
        "def fibo(x):\n",
        "    a, b = 0, 1\n",
        f"    first = {rng.randrange(9)}\n",
        "    for _ in range(x):\n",
        "        a, b = b, a + b\n",
        "    return a\n",
        "\n",
        "\n",
        "NAMES = {\n",
        *table,
        "}\n",
        f"LIMIT = {rng.randrange(10, 99)}\n",
        "\n",
        "\n",
        "def lucas(x):\n",
        "    return fibo(x - 1) + fibo(x + 1)\n",
    ]


def _changed(rng: Random, lines: list[str], place: int) -> tuple[int, str, list[str]]:
    """A change of one line: where, in words, and what then stands there."""
    line = lines[place]
    indent = line[: len(line) - len(line.lstrip())]
    remark = f"{indent}# {rng.choice(WORDS)}\n"
    return rng.choice(
        (
            (place, "a line was added", [line, remark]),
            (place, "lines were added", [remark, f"{indent}pass\n", line, f"{indent}pass\n"]),
            (place, "a line was replaced", [f"{indent}number = {rng.randrange(100, 999)}\n"]),
            (place, "a line was taken out", []),
        )
    )


def _with(lines: list[str], changes: list[tuple[int, str, list[str]]]) -> str:
    new = {place: text for place, _, text in changes}
    return "".join("".join(new.get(place, [line])) for place, line in enumerate(lines))

"""Repositories with branches that are to come together, made up from a seed.

Each case lies on disk in a folder of its own, and says in `about` what is special, as the end of "called on …".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from course.history import FIRST, History

WORDS = ("radiation", "salinity", "temperature", "polar", "station", "sledge", "Åkesson", "core")
# The file about which two people disagree. The lines between its parts keep them apart for a merge.
CLASH = '''\
"""{title}"""
LIMIT = {limit}


def fibo(x):
    {fibo}
    a,b,counter = 1,2,3
    while counter < x:
        a,b,counter = b,a+b,counter+1
    return(b)


def names():
    return {names}


def lucas(x):
    return {lucas}
'''
OLD = "if x < 3: return 1"
MINE = "if x < 3: return min(x, 1)"
THEIRS = 'if x < 0: raise ValueError(f"there is no place {x}")\n    ' + OLD
LUCAS = ("2", "fibo(x - 1) + fibo(x + 1)")


@dataclass(frozen=True)
class Apart:
    """Three branches beside main, and the files that main holds when all are merged."""

    about: str
    repo: Path
    wanted: dict[str, bytes]


@dataclass(frozen=True)
class Clash:
    """Two branches that changed the same lines of fibo.py.

    fibo    what `fibo.py` prints under the probe when both changes work
    others  the other files after the merge
    """

    about: str
    repo: Path
    title: str
    limit: int
    others: dict[str, bytes]


def apart(n: int, *, seed: str) -> tuple[Apart, ...]:
    """`n` repositories on main with tidy (ahead of main), fix (ahead of tidy) and docs (left main earlier).

    The branches change different files, or far apart lines of one; in some docs deletes a file.
    """
    made = []
    for number in range(n):
        rng = Random(f"apart {number} of {seed}")
        history, lines = History(), [f"line {k}\n" for k in range(30)]
        files = {"fibo.py": FIRST, "shared.txt": "".join(lines), "old.txt": "old\n"}

        def grow(parent: str, path: str, place: int, *, gone: str = "", rng=rng, history=history) -> str:
            """One to three commits on top of `parent`, which change a line of shared.txt and write to `path`."""
            for k in range(rng.randint(1, 3)):
                now = {name: text.decode() for name, text in history.snapshots[parent].files.items() if name != gone}
                text = now["shared.txt"].splitlines(keepends=True)
                text[place] = f"{path}, {rng.choice(WORDS)} {k}\n"
                now["shared.txt"] = "".join(text)
                now[path] = now.get(path, "") + f"# {rng.choice(WORDS)} {rng.randrange(999)}\n"
                parent = history.commit(f"Work on {path}, part {k + 1}", now, parents=[parent])
            return parent

        begin = history.commit("Begin", files)
        docs = grow(begin, "README.md", 2, gone="old.txt" if number % 2 else "")
        main = grow(begin, "main.py", 10)
        tidy = grow(main, "fibo.py", 18)
        fix = grow(tidy, "fix.py", 26)
        for name, tip in (("main", main), ("tidy", tidy), ("fix", fix), ("docs", docs)):
            history.branch(name, tip)
        wanted = dict(history.snapshots[fix].files)
        theirs = history.snapshots[docs].files
        text = wanted["shared.txt"].splitlines(keepends=True)
        text[2] = theirs["shared.txt"].splitlines(keepends=True)[2]
        wanted |= {"shared.txt": b"".join(text), "README.md": theirs["README.md"]}
        wanted = {path: content for path, content in wanted.items() if path in theirs or path in ("main.py", "fix.py")}
        about = "three branches" + ", one of which deletes a file" * (number % 2)
        made.append(Apart(about, history.write(), wanted))
    return tuple(made)


def clashes(n: int, *, seed: str) -> tuple[Clash, ...]:
    """`n` repositories on main with a branch `safer`; both changed other lines and other files, too.

    A branch also deleted a file. In every other one main has gone on since.
    """
    made = []
    for number in range(n):
        rng = Random(f"clash {number} of {seed}")
        old, new = (" ".join(rng.sample(WORDS, 3)) for _ in range(2))
        limits = rng.sample(range(10, 99), 2)
        about = {"title": old, "limit": limits[0], "names": rng.sample(WORDS, 4), "fibo": OLD, "lucas": LUCAS[0]}
        history = History()
        base = history.commit("Begin", {"fibo.py": CLASH.format(**about), "old.txt": "old\n", "both.txt": "a\n" * 20})
        # Mine: the zero, and another title. Theirs: the negative places, lucas, and other files.
        mine = CLASH.format(**about | {"fibo": MINE, "title": new})
        theirs = CLASH.format(**about | {"fibo": THEIRS, "lucas": LUCAS[1]})
        note = f"{rng.choice(WORDS)} {rng.randrange(999)}\n"
        safer = history.commit(
            "Refuse negative places", {"fibo.py": theirs, "new.txt": note, "both.txt": "a\n" * 20 + "b\n"}
        )
        kept = {"old.txt": "old\n", "both.txt": "0\n" + "a\n" * 20}
        tip = history.commit("Let fibo(0) be 0", {"fibo.py": mine, **kept}, parents=[base])
        if number % 2:
            mine = mine.replace(f"LIMIT = {limits[0]}", f"LIMIT = {limits[1]}")
            tip = history.commit("Raise the limit", {"fibo.py": mine, **kept})
        history.branch("main", tip)
        history.branch("safer", safer)
        others = {"both.txt": "0\n" + "a\n" * 20 + "b\n", "new.txt": note}
        told = "two branches that changed the same lines" + ", and main has gone on" * (number % 2)
        files = {path: text.encode() for path, text in others.items()}
        made.append(Clash(told, history.write(), new, limits[number % 2], files))
    return tuple(made)

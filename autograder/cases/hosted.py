"""Sites with a repository, clones of them, colleagues who were faster, and secrets that were pushed; from a seed.

Each case lies on disk in folders of its own, and says in `about` what is special, as the end of "called on …".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from course.history import FIRST, FIXED, History, folder
from course.hosting import cloned, host

COLLEAGUE = "Lake <lake@example.org>"
WORDS = ("radiation", "salinity", "temperature", "polar", "station", "sledge", "Åkesson", "core")


@dataclass(frozen=True)
class Site:
    """A bare repository, and a folder that is not there yet, for a clone. `branch` is the one that HEAD there is on."""

    about: str
    remote: Path
    folder: Path
    branch: str


@dataclass(frozen=True)
class Rejected:
    """A clone whose push was rejected. `mine`, `theirs`: the commits that only the clone, only the site has.

    `wanted` are the files when both are there.
    """

    about: str
    repo: Path
    remote: Path
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    wanted: dict[str, bytes]


@dataclass(frozen=True)
class Leaked:
    """A clone of a site that holds a secret. `paths` are those under which it was, on any branch or tag."""

    about: str
    repo: Path
    remote: Path
    secret: str
    paths: tuple[str, ...]


def sites(n: int, *, seed: str) -> tuple[Site, ...]:
    """`n` sites with one to three branches; HEAD need not be on one called main, and names hold blanks."""
    made = []
    for number in range(n):
        rng = Random(f"site {number} of {seed}")
        branch = ("main", "trunk", "develop")[number % 3]
        history, text = History(), FIRST
        tips = []
        for k in range(rng.randint(2, 5)):
            text += f"# {rng.choice(WORDS)} {k}\n"
            tips.append(history.commit(f"Work {k}", {"fibo.py": text, "notes.txt": f"{rng.choice(WORDS)}\n"}))
        history.branch(branch, tips[-1])
        if number % 3:
            history.branch("main", tips[0])
            history.branch("docs", history.commit("On the side", {"README.md": "docs\n"}, parents=[tips[0]]))
        history.tag("v1", tips[0])
        remote = host(history, on=branch, name=("fibo.git", "my project.git", "Åsas fibo.git")[number % 3])
        place = folder(name="clones") / ("fibo", "work on it", "Åsa")[number % 3]
        about = f"a site whose HEAD is on {branch}"
        made.append(Site(about, remote, place, branch))
    return tuple(made)


def rejected(n: int, *, seed: str) -> tuple[Rejected, ...]:
    """`n` clones with one or two commits of yours; the site has one to three of a colleague that you have not fetched.

    Both changed the same file, far apart. In every third, a commit of yours and one of theirs have the same message.
    """
    made = []
    for number in range(n):
        rng = Random(f"rejected {number} of {seed}")
        lines = [f"line {k}\n" for k in range(40)]
        begin = {"fibo.py": FIRST, "shared.txt": "".join(lines)}

        def grown(who: str, count: int, begin=begin, lines=lines, rng=rng) -> list[dict[str, str]]:
            place, made, now = (5 if who == "mine" else 30), [], dict(begin)
            for k in range(count):
                text = now["shared.txt"].splitlines(keepends=True)
                text[place + k] = f"{who}, {rng.choice(WORDS)} {rng.randrange(999)}\n"
                now = {**now, "shared.txt": "".join(text), f"{who} {k}.txt": f"{rng.choice(WORDS)}\n"}
                made.append(now)
            return made

        ours, others = grown("mine", rng.randint(1, 2)), grown("theirs", rng.randint(1, 3))
        here, there = History(), History()
        there.commit("Begin", begin)
        first = here.commit("Begin", begin)
        mine = tuple(here.commit(f"My part {k + 1}", files) for k, files in enumerate(ours))
        theirs = tuple(
            there.commit("My part 1" if number % 3 == 2 == k + 2 else f"Their part {k + 1}", files, author=COLLEAGUE)
            for k, files in enumerate(others)
        )
        remote = host(there)
        here.remote("origin/main", first)
        wanted = {path: text.encode() for path, text in (others[-1] | ours[-1]).items()}
        merged = ours[-1]["shared.txt"].splitlines(keepends=True)
        merged[20:] = others[-1]["shared.txt"].splitlines(keepends=True)[20:]
        wanted["shared.txt"] = "".join(merged).encode()
        about = f"a clone with {len(mine)} of your commits, while the site has {len(theirs)} of a colleague"
        made.append(Rejected(about, cloned(here, remote), remote, mine, theirs, wanted))
    return tuple(made)


def leaked(n: int, *, seed: str) -> tuple[Leaked, ...]:
    """`n` clones. The secret came in early, and the file was renamed; the last commit may or may not have it.

    Every other one has a tag on a commit that no branch leads to, with the secret in it; and a branch on the site that
    the clone has under origin/ alone. One in three has the secret in a message. A user's name begins like it.
    """
    made = []
    for number in range(n):
        rng = Random(f"leaked {number} of {seed}")
        secret = "".join(rng.choices("abcdefghkmnpqrstuvwxyz23456789", k=rng.randint(12, 20)))
        (there, main, feature), (here, _, _) = (_leak(secret, number) for _ in range(2))
        if feature:
            there.branch("feature", feature)
            here.remote("origin/feature", feature)
        remote = host(there)
        here.remote("origin/main", main)
        about = "a site with the secret in files and tags" + ", and in a message" * (number % 3 == 2)
        paths = ("config/settings.ini", *["old.ini"] * bool(feature), "settings.ini")
        made.append(Leaked(about, cloned(here, remote), remote, secret, paths))
    return tuple(made)


def _leak(secret: str, number: int) -> tuple[History, str, str]:
    """The past of a site, the last commit of main, and that of the branch feature; empty where there is none."""
    history, feature = History(), ""
    held = f"[odbc]\nuser = {secret[:6]}\npassword = {secret}\n"
    files = {"fibo.py": FIRST}
    history.commit("Begin", files)
    early = history.commit("Add settings", files | {"settings.ini": held})
    files["notes.txt"] = f"{WORDS[number % len(WORDS)]}\n"
    message = f"Log in as {secret[:6]} with {secret}" if number % 3 == 2 else "Take notes"
    before = history.commit(message, files | {"settings.ini": held})
    side = history.commit("Mend fibo", {**files, "fibo.py": FIXED, "settings.ini": held})
    moved = history.commit("Move the settings", files | {"config/settings.ini": held}, parents=[before])
    files["fibo.py"] = FIXED
    main = history.commit("Merge", files | {"config/settings.ini": held}, parents=[moved, side], author=COLLEAGUE)
    if number % 2 == 0:
        main = history.commit("Remove the settings", files, parents=[main])
    history.branch("main", main)
    history.tag("v1", early)
    if number % 2:
        aside = history.commit("Try something", files | {"old.ini": f"key={secret}\n"}, parents=[early])
        history.tag("tried", aside, message="An attempt")
        feature = history.commit("A feature", files | {"old.ini": held}, parents=[side])
    return history, main, feature

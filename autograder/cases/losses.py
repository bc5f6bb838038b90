"""Repositories in which commits were lost, and ones whose notebooks hold outputs; made up from a seed.

Each case lies on disk in a folder of its own, and says in `about` what is special, as the end of "called on …".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from course import reflog
from course.history import FIRST, FIXED, History

WORDS = ("radiation", "salinity", "temperature", "polar", "station", "sledge", "Åkesson", "core")


@dataclass(frozen=True)
class Lost:
    """A repository on main. `lucas` is the last commit of the branch that was deleted, `main` where main was."""

    about: str
    repo: Path
    lucas: str
    main: str


@dataclass(frozen=True)
class Noisy:
    """A repository whose notebooks, at `paths`, hold outputs."""

    about: str
    repo: Path
    paths: tuple[str, ...]


def lost(n: int, *, seed: str) -> tuple[Lost, ...]:
    """`n` repositories. One to three commits of main were lost by one reset, after a branch lucas was deleted.

    In every other one the last commit of lucas had been amended, and HEAD had been on older commits in between. Then
    a commit of lucas that was not the last is lost, too.
    """
    made = []
    for number in range(n):
        rng = Random(f"lost {number} of {seed}")
        history, files = History(), {"fibo.py": FIRST}
        base = history.commit("Add fibo", files)
        steps = [(base, "commit (initial): Add fibo")]
        for k in range(rng.randint(1, 3)):
            files |= {f"notes {k}.txt": f"{rng.choice(WORDS)}\n"}
            base = history.commit(f"Take notes {k}", files)
            steps.append((base, f"commit: Take notes {k}"))
        steps.append((base, "checkout: moving from main to lucas"))
        branch, before = dict(files), base
        for k in range(rng.randint(2, 3)):
            branch["lucas.py"] = f"# {rng.choice(WORDS)} {k}\n"
            lucas, parent = history.commit(f"Begin lucas {k}", branch, parents=[before]), before
            steps.append((lucas, f"commit: Begin lucas {k}"))
            before = lucas
        if number % 2:
            steps.append((base, f"checkout: moving from lucas to {base}"))
            steps.append((lucas, f"checkout: moving from {base} to lucas"))
            branch["lucas.py"] += "# amended\n"
            lucas = history.commit("Begin lucas, well", branch, parents=[parent])
            steps.append((lucas, "commit (amend): Begin lucas, well"))
        steps.append((base, "checkout: moving from lucas to main"))
        main, count = base, rng.randint(1, 3)
        for k in range(count):
            files |= {"fibo.py": FIXED + f"# {rng.choice(WORDS)} {k}\n"}
            main = history.commit(f"Mend fibo {k}", files, parents=[main])
            steps.append((main, f"commit: Mend fibo {k}"))
        steps.append((base, f"reset: moving to HEAD~{count}"))
        history.branch("main", base)
        repo = history.write()
        reflog.write(repo, steps)
        about = f"a repository that lost a branch and {count} commit{'s' * (count > 1)} of main"
        made.append(Lost(about, repo, lucas, main))
    return tuple(made)


def noisy(n: int, *, seed: str) -> tuple[Noisy, ...]:
    """`n` repositories with one to three notebooks, in folders or not, beside sources.

    Their cells have tags and ids, letters beyond ASCII, Markdown with attachments; outputs are text, errors, pictures.
    """
    made = []
    for number in range(n):
        rng = Random(f"noisy {number} of {seed}")
        paths = rng.sample(("report.ipynb", "a b.ipynb", "analysis/Åsa.ipynb", "deep/er/plots.ipynb"), 1 + number % 3)
        files = {"fibo.py": FIRST, "data.json": '{"outputs": [1], "execution_count": 3}\n'}
        files |= {path: notebook(rng) for path in paths}
        if number % 2:
            files[".gitattributes"] = "*.txt text"
        history = History()
        history.commit("Begin", {"fibo.py": FIRST})
        history.commit("Add notebooks", files)
        about = f"a repository with {len(paths)} notebook{'s' * (len(paths) > 1)}"
        made.append(Noisy(about, history.write(working={**files, "todo.txt": "not in git\n"}), tuple(sorted(paths))))
    return tuple(made)


def notebook(rng: Random) -> str:
    """The text of a notebook as Jupyter writes it, with outputs."""
    cells = [
        {
            "attachments": {"a.png": {"image/png": "aGVsbG8="}},
            "cell_type": "markdown",
            "id": "intro",
            "metadata": {},
            "source": ["# outputs\n", f"of {rng.choice(WORDS)} 41,6 °C"],
        }
    ]
    for number in range(rng.randint(2, 4)):
        stream = {"name": "stdout", "output_type": "stream", "text": [f"{rng.choice(WORDS)}\n"]}
        value = {
            "data": {"image/png": "aGVsbG8=", "text/plain": ["<Figure>"]},
            "execution_count": number + 3,
            "metadata": {},
            "output_type": "execute_result",
        }
        error = {"ename": "ValueError", "evalue": "x", "output_type": "error", "traceback": ["…"]}
        cells.append(
            {
                "cell_type": "code",
                "execution_count": number + 3,
                "id": f"cell-{number}",
                "metadata": {"tags": [rng.choice(WORDS)], "outputs": "kept"},
                "outputs": rng.sample([stream, value, error], rng.randint(1, 3)),
                "source": [f"print('{rng.choice(WORDS)} \\n é')\n", "outputs = []"],
            }
        )
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "Åsa": {"a": 1}}
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"

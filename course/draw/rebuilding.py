"""Sharing an environment: from wish to lock, who needs whom, and which Python a notebook's kernel starts."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from course.draw.picture import (
    CHOSEN,
    CODE,
    INK,
    LETTER,
    NOTE,
    PLAIN,
    PLAIN_TEXT,
    SPENT,
    TITLE,
    UNKNOWN,
    WIDTH,
    Picture,
    box,
    canvas,
    counted,
    finish,
    in_words,
)
from course.terminal import shortened

MOST, LETTERS = 7, 30
REQUIRES = """
import importlib.metadata as m, json
print(json.dumps([[d.name, d.requires or []] for d in m.distributions()]))
"""
PREFIX = "import sys; print(sys.prefix)"


def funnel(wish: Sequence[str], solved: Sequence[str], locked: Sequence[str]) -> Picture:
    """Three lists side by side: what was wanted, what a solver chose, and what exactly that is, with their counts.

    Each is lines of text, as they stand in files; comments and empty lines are left out.
    """
    stages = [
        ("wish", "what you want", "many answers, today's and next year's", wish, UNKNOWN),
        ("solve", "names and versions", "one answer", solved, PLAIN),
        ("lock", "and which files", "one answer, to the bit", locked, CHOSEN),
    ]
    texts = [
        [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")] for *_, lines, _ in stages
    ]
    rows = min(MOST, max(map(len, texts)))
    width = (WIDTH - 0.3 - 2 * 0.35) / 3
    with canvas(WIDTH, 1.35 + 0.25 * (rows + 1)) as axes:
        for i, ((name, what, meaning, _, look), lines) in enumerate(zip(stages, texts, strict=True)):
            x = 0.15 + i * (width + 0.35)
            axes.text(x, 0.22, f"{name}: {counted(len(lines), 'line')}", **TITLE)
            axes.text(x, 0.47, what, **PLAIN_TEXT)
            for row, line in enumerate(_few(lines)):
                box(axes, x, 0.65 + 0.25 * row, width, line, look)
            axes.text(x, 0.95 + 0.25 * (rows + 1), meaning, **NOTE)
            if i:
                axes.annotate("", (x - 0.03, 0.76), (x - 0.32, 0.76), arrowprops={"arrowstyle": "->", "color": INK})
        told = [
            f"{name}, {counted(len(lines), 'line')}: {in_words([*map(_short, lines)])}."
            for (name, *_), lines in zip(stages, texts, strict=True)
        ]
        return finish(axes, f"From wish to lock. {' '.join(told)}")


def needs(python: str | Path, asked: Collection[str] = ()) -> Picture:
    """The packages of the environment of this Python, an arrow from each to what it needs; `asked` are marked."""
    done = subprocess.run([python, "-I", "-c", REQUIRES], capture_output=True, text=True, check=True)
    told = {canonicalize_name(name): requires for name, requires in json.loads(done.stdout)}
    arrows = {name: sorted(_needed(lines) & told.keys()) for name, lines in sorted(told.items())}
    chosen = set(map(canonicalize_name, asked))
    levels = _levels(arrows)
    rows = [[name for name in arrows if levels[name] == level] for level in range(max(levels.values(), default=0) + 1)]
    with canvas(WIDTH, 0.75 + 0.75 * len(rows)) as axes:
        axes.text(
            0.15, 0.2, f"{counted(len(arrows), 'package')}, of which {len(chosen & told.keys())} asked for", **TITLE
        )
        place = {
            name: (WIDTH * (i + 0.5) / len(row), 0.5 + 0.75 * level)
            for level, row in enumerate(rows)
            for i, name in enumerate(row)
        }
        for name, below in arrows.items():
            for other in below:
                (x, y), (u, v) = place[name], place[other]
                axes.annotate(
                    "", (u, v), (x, y + 0.3), arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.2}
                )
        for name, (x, y) in place.items():
            wide = len(name) * LETTER * 1.15 + 0.3
            box(axes, x - wide / 2, y, wide, name, CHOSEN if name in chosen else PLAIN, 0.3)
        axes.text(WIDTH - 0.15, 0.2, "bold: asked for. An arrow leads to what is needed.", ha="right", **NOTE)
        said = [
            f"{name}{' (asked for)' if name in chosen else ''} needs {in_words(below, 'nothing')}."
            for name, below in arrows.items()
        ]
        return finish(axes, f"Who needs whom. {' '.join(said)}")


def kernels(jupyter: str | Path) -> Picture:
    """For each kernel in a Jupyter folder: its label in the menu, the first word of argv, and that program's prefix."""
    jupyter = Path(jupyter).absolute()
    short = shortened({str(jupyter.parents[1]): "~"})
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(jupyter.glob("kernels/*/kernel.json"))]
    names = [path.parent.name for path in sorted(jupyter.glob("kernels/*/kernel.json"))]
    width = (WIDTH - 0.3 - 2 * 0.4) / 3
    with canvas(WIDTH, 0.8 + 0.55 * max(len(found), 1)) as axes:
        for i, title in enumerate(("the menu says", "kernel.json: argv[0]", "which is the Python of")):
            axes.text(0.15 + i * (width + 0.4), 0.2, title, **TITLE)
        said = []
        for row, (name, about) in enumerate(zip(names, found, strict=True)):
            y, program = 0.5 + 0.55 * row, about["argv"][0]
            prefix = _prefix(program)
            for i, (text, look) in enumerate(
                ((about["display_name"], CHOSEN), (short(program), PLAIN), (short(prefix), SPENT))
            ):
                x = 0.15 + i * (width + 0.4)
                box(axes, x, y, width, _short(text), look, 0.32)
                if i:
                    arrow = {"arrowstyle": "->", "color": INK}
                    axes.annotate("", (x - 0.03, y + 0.16), (x - 0.37, y + 0.16), arrowprops=arrow)
            axes.text(0.15, y + 0.41, f"kernels/{name}/", **CODE | {"size": 6.5})
            said.append(f"{about['display_name']} starts {short(program)}, the Python of {short(prefix)}.")
        return finish(axes, f"From the menu of kernels to the interpreter. {' '.join(said) or 'There is no kernel.'}")


def _few(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - MOST
    return [*map(_short, lines[:MOST]), *([f"… and {rest} more"] if rest > 0 else [])]


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"


def _needed(lines: Sequence[str]) -> set[str]:
    """The names of what these requirements ask for here, without extras."""
    found = map(Requirement, lines)
    return {canonicalize_name(one.name) for one in found if one.marker is None or one.marker.evaluate({"extra": ""})}


def _levels(arrows: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How far below the top each package lies: one below the lowest of those that need it. A ring stays where it is."""
    levels = dict.fromkeys(arrows, 0)
    for _ in arrows:
        for name, below in arrows.items():
            for other in below:
                levels[other] = min(max(levels[other], levels[name] + 1), len(arrows) - 1)
    ranks = {level: rank for rank, level in enumerate(sorted(set(levels.values())))}
    return {name: ranks[level] for name, level in levels.items()}


def _prefix(program: str) -> str:
    """What the program says its prefix is; a sentence where it is none."""
    try:
        done = subprocess.run([program, "-c", PREFIX], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "no Python that runs"
    return re.sub(r"\s+$", "", done.stdout)

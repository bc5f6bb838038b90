"""Environments: what each has of its own and what it borrows; where an import looks; why a solver refuses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course.draw.picture import (
    BLUE,
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

MAX_NAMES = 4
STEP = 0.34  # inches from one rung to the next
ASK = """
import json, os, sys, importlib.metadata, importlib.machinery, sysconfig
name = sys.argv[1]
rungs = []
for place in sys.path:
    spec = importlib.machinery.PathFinder.find_spec(name, [place or os.getcwd()]) if name else None
    rungs.append([place or os.getcwd(), spec.origin if spec and spec.origin else None])
names = sorted({d.name.lower() for d in importlib.metadata.distributions(path=[sysconfig.get_path("purelib")])})
print(json.dumps({"rungs": rungs, "names": names, "base": sys.base_prefix, "prefix": sys.prefix,
                  "library": sysconfig.get_path("stdlib"), "program": os.path.realpath(sys.executable)}))
"""


@dataclass(frozen=True)
class Answer:
    """What a Python says about itself."""

    prefix: str
    base: str
    library: str
    program: str
    names: list[str]
    rungs: list[tuple[str, str | None]]


def layers(*paths: str | Path) -> Picture:
    """The environments at `paths`, on the interpreter and the standard library that they borrow: their Pythons tell."""
    short = shortened({str(Path(paths[0]).absolute().parent): "~"})
    found = [_asked(Path(path).absolute() / "bin" / "python") for path in paths]
    bases = list(dict.fromkeys((one.library, one.program) for one in found))
    width = min(3.2, (WIDTH - 0.3) / len(found)) - 0.15
    with canvas(WIDTH, 2.75) as axes:
        axes.text(0.15, 0.2, "own: a folder of packages each", **TITLE)
        for i, one in enumerate(found):
            x = 0.15 + i * (width + 0.15)
            box(axes, x, 0.42, width, "", CHOSEN, height=0.85)
            axes.text(x + 0.1, 0.6, short(one.prefix), **CODE | {"weight": "bold"})
            axes.text(x + 0.1, 0.82, "…/site-packages", **CODE)
            axes.text(x + 0.1, 1.06, _few(one.names), **PLAIN_TEXT)
            axes.annotate(
                "", (x + width / 2, 1.62), (x + width / 2, 1.3), arrowprops={"arrowstyle": "->", "color": INK}
            )
        axes.text(WIDTH - 0.2, 1.47, "borrowed by path: home, in pyvenv.cfg", ha="right", **NOTE)
        for k, (library, program) in enumerate(bases):
            part = (WIDTH - 0.3) / len(bases)
            box(axes, 0.15 + k * part, 1.65, part - 0.1, f"standard library   {short(library)}", UNKNOWN, height=0.42)
            box(axes, 0.15 + k * part, 2.15, part - 0.1, f"interpreter   {short(program)}", SPENT, height=0.42)
        own = " ".join(f"{short(one.prefix)} holds {in_words(one.names, 'nothing')}." for one in found)
        shared = " ".join(f"{short(library)} and {short(program)}" for library, program in bases)
        return finish(
            axes,
            f"{counted(len(found), 'environment')}, each with packages of its own. {own} "
            f"All borrow, by its path, a standard library and an interpreter: {shared}.",
        )


def ladder(module: str, python: str | Path = sys.executable, folder: str | Path = ".") -> Picture:
    """`sys.path` of a Python that is started in `folder`, from the top down: who has `module`, and who wins."""
    folder = Path(folder).absolute()
    told = _asked(Path(python).absolute(), module, folder)
    short = shortened({str(folder.parent): "~"})
    holders = [i for i, (_, origin) in enumerate(told.rungs) if origin]
    with canvas(WIDTH, 0.75 + STEP * len(told.rungs)) as axes:
        axes.text(0.15, 0.22, f"import {module}   asks from the top down", **CODE | {"size": 9, "weight": "bold"})
        for x in (0.3, 5.35):
            axes.plot([x, x], [0.45, 0.55 + STEP * len(told.rungs)], color=INK, linewidth=2.2)
        words = []
        for i, (place, origin) in enumerate(told.rungs):
            y = 0.55 + STEP * i
            look = PLAIN if not origin else CHOSEN if i == holders[0] else UNKNOWN
            box(axes, 0.3, y, 5.05, _rung(short(place)), look, height=0.25)
            verdict = "" if not origin else f"{Path(origin).name}: wins" if i == holders[0] else "never reached"
            kind = _kind(place, told, folder)
            axes.text(5.5, y + 0.125, f"{verdict or kind}", **(TITLE | {"size": 8.5} if verdict else NOTE))
            words.append(f"{i + 1} {short(place)} ({kind}){': ' + verdict if verdict else ''}.")
        end = "" if holders else f" Nobody has {module}: ModuleNotFoundError."
        return finish(axes, f"sys.path as a ladder, asked for {module} from the top down. {' '.join(words)}{end}")


def refusal(text: str) -> Picture:
    """What a solver says when it refuses, as a tree. `text` is its message, or all that conda wrote."""
    nodes = [_node(line) for line in text.splitlines() if re.search(r"[├└]─", line)]
    heads = [line.strip() for line in text.splitlines() if line.strip() and not re.search(r"[├└│]", line)]
    head = next((line for line in heads if "cannot be" in line or "incompatible" in line), heads[-1])
    with canvas(WIDTH, 0.75 + 0.42 * len(nodes)) as axes:
        box(axes, 0.15, 0.2, _wide(head), head, CHOSEN, height=0.28)
        stems = {0: 0.48}
        for i, (depth, words) in enumerate(nodes):
            x, y = 0.2 + 0.45 * depth, 0.62 + 0.42 * i
            end = "no candidates" in words or "conflicts" in words
            axes.plot([x - 0.2, x - 0.2, x], [stems.get(depth - 1, y), y + 0.14, y + 0.14], color=BLUE, linewidth=1.3)
            box(axes, x, y, _wide(words), words, UNKNOWN if end else PLAIN, height=0.28)
            stems[depth] = y + 0.28
        said = " ".join(f"Level {depth}: {words}." for depth, words in nodes)
        return finish(axes, f"A solver's refusal as a tree. {head} {said}")


def _asked(python: Path, module: str = "", folder: Path | None = None) -> Answer:
    done = subprocess.run([python, "-c", ASK, module], cwd=folder, capture_output=True, text=True, check=True)
    return Answer(**json.loads(done.stdout))


def _kind(place: str, told: Answer, folder: Path) -> str:
    if Path(place) == folder:
        return "where Python was started"
    if place.endswith(".zip") or (Path(place).is_relative_to(told.library) and "site-packages" not in place):
        return "standard library"
    return "packages of this environment" if Path(place).is_relative_to(told.prefix) else "packages of another place"


def _node(line: str) -> tuple[int, str]:
    """How deep, and what it says, without the comma at its end."""
    stem, words = re.split(r"[├└]─ ", line, maxsplit=1)
    return len(stem) // 3 + 1, re.sub(r", which cannot be installed because.*|:$", "", words).strip(" ,.")


def _few(names: Sequence[str]) -> str:
    rest = len(names) - MAX_NAMES
    return ", ".join([*names[:MAX_NAMES], *([f"and {rest} more"] if rest > 0 else [])]) or "nothing yet"


def _wide(text: str) -> float:
    return min(WIDTH - 0.2, len(text) * LETTER + 0.2)


def _rung(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:20]}…{text[-most + 21 :]}"

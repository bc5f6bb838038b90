"""What an environment brings itself and what it borrows: one of venv or uv beside one of conda, as they lie on disk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.draw.picture import (
    CHOSEN,
    HEADING,
    LETTER,
    NOTE,
    PLAIN,
    TITLE,
    UNKNOWN,
    WIDTH,
    Picture,
    box,
    canvas,
    finish,
    in_words,
)
from course.terminal import shortened

LEFT, HIGH, STEP = 1.75, 0.42, 0.56  # inches: where the columns begin, and a storey
MOST = 3


@dataclass(frozen=True)
class Storey:
    """What an environment has of one kind: names with versions; or, where it has none, what it uses instead."""

    kind: str
    names: tuple[str, ...]
    borrowed: str = ""

    @property
    def words(self) -> str:
        return in_words(self.names) if self.names else self.borrowed or "none yet"


def brought(*paths: str | Path) -> Picture:
    """The environments at `paths`, storey by storey: in a full line what each brings, in a broken one all else."""
    short = shortened({str(Path(paths[0]).absolute().parent): "~"})
    found = [(short(str(Path(path).absolute())), *_looked(Path(path).absolute(), short)) for path in paths]
    width = (WIDTH - LEFT) / len(found) - 0.15
    high = 0.95 + STEP * len(found[0][2])
    with canvas(WIDTH, high) as axes:
        for row, storey in enumerate(found[0][2]):
            axes.text(0.12, 0.6 + STEP * row + HIGH / 2, storey.kind, **TITLE | {"size": 9})
        for column, (name, told_by, storeys) in enumerate(found):
            x = LEFT + column * (width + 0.15)
            axes.text(x, 0.2, name, **HEADING)
            axes.text(x, 0.43, told_by, **NOTE)
            for row, storey in enumerate(storeys):
                look = CHOSEN if storey.names else UNKNOWN if storey.borrowed else PLAIN
                text = _few(storey.names) if storey.names else storey.words
                box(axes, x, 0.6 + STEP * row, width, _fit(text, width), look, height=HIGH)
        axes.text(LEFT, high - 0.2, "full line: its own     broken line, hatched: not its own", **NOTE)
        said = (f"{name} ({told_by}). " + " ".join(f"{s.kind}: {s.words}." for s in of) for name, told_by, of in found)
        return finish(axes, f"What environments bring and what they borrow. {' '.join(said)}")


def _looked(path: Path, short: Callable[[str], str]) -> tuple[str, tuple[Storey, ...]]:
    """By what it is told, and its storeys."""
    records = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((path / "conda-meta").glob("*.json"))]
    if not records:
        return "venv or uv, by pyvenv.cfg", _of_venv(path, short)
    kinds: dict[str, list[str]] = {"packages": [], "libraries": [], "python": []}
    for record in records:
        is_package = any("site-packages/" in file for file in record["files"])
        kind = "python" if record["name"] == "python" else "packages" if is_package else "libraries"
        kinds[kind].append(f"{record['name']} {record['version']}")
    return "conda, by conda-meta", _storeys(*(tuple(names) for names in kinds.values()))


def _of_venv(path: Path, short: Callable[[str], str]) -> tuple[Storey, ...]:
    home = re.search(r"^home\s*=\s*(.+)$", (path / "pyvenv.cfg").read_text(encoding="utf-8"), re.MULTILINE)
    infos = [folder.stem for folder in path.glob("lib/python*/site-packages/*.dist-info")]
    packages = tuple(sorted(" ".join(info.split("-")) for info in infos))
    return _storeys(packages, (), (), "whatever this machine has", f"borrowed: {short(home[1]) if home else '?'}")


def _storeys(
    packages: tuple[str, ...], libraries: tuple[str, ...], python: tuple[str, ...], *instead: str
) -> tuple[Storey, ...]:
    elsewhere, borrowed = instead or ("", "")
    return (
        Storey("Python packages", packages),
        Storey("what is no Python", libraries, elsewhere),
        Storey("Python itself", python, borrowed),
    )


def _few(names: Sequence[str]) -> str:
    rest = len(names) - MOST
    return ", ".join([*names[:MOST], *([f"and {rest} more"] if rest > 0 else [])])


def _fit(text: str, width: float) -> str:
    most = int(width / LETTER) - 2
    return text if len(text) <= most else f"{text[: most - 1]}…"

"""A pipeline of commands: what goes where, and which exit status comes out."""

from __future__ import annotations

import shlex
import tempfile
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes

from course.draw.picture import (
    CHOSEN,
    CODE,
    INK,
    NOTE,
    PLAIN_TEXT,
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
    on_one_line,
)
from course.terminal import Terminal

FAILED = Look(fill="#ffffff", edge=VERMILLION, weight="bold", style="--", line=2.2)
MOST = 4


@dataclass(frozen=True)
class Part:
    """A command of a pipeline: its exit status, and what it wrote to standard error."""

    command: str
    status: int
    errors: str


def pipe(shell: Terminal, line: str) -> Picture:
    """Run a pipeline in this terminal, and draw its commands: the data goes to the right, messages go down.

    Below each is its exit status, and on the right what the shell says of the whole: `$?`, with and without
    `pipefail`. At most four commands.
    """
    commands = _commands(line)
    if not 1 <= len(commands) <= MOST:
        raise ValueError(f"a pipeline of one to {MOST} commands is drawn, and this has {len(commands)}: {line}")
    with tempfile.TemporaryDirectory() as folder:
        parts, lines = _run(shell, commands, Path(folder))
    last = parts[-1].status
    strict = next((part.status for part in reversed(parts) if part.status), 0)
    with canvas(WIDTH, 2.5) as axes:
        axes.text(0.15, 0.22, on_one_line(line), **TITLE)
        step = (WIDTH - 1.5) / len(parts)
        for place, part in enumerate(parts):
            quiet = next(
                (k for k, each in enumerate(parts[place + 1 :]) if each.errors.strip()), len(parts) - place - 1
            )
            _draw(axes, part, 0.15 + step * place, step - 0.5, step * (quiet + 1) - 0.3)
        x = WIDTH - 1.3
        box(axes, x, 0.6, 1.15, counted(lines, "line"), CHOSEN, 0.42)
        axes.text(x, 1.2, f"$? is {last}", **CODE | {"weight": "bold"})
        axes.text(x, 1.45, "with pipefail", **PLAIN_TEXT)
        axes.text(x, 1.67, f"$? is {strict}", **CODE | {"weight": "bold"})
        axes.text(WIDTH - 0.15, 2.38, "→ standard output, to the next    ⇣ standard error, to you", ha="right", **NOTE)
        told = "; ".join(_words(part) for part in parts)
        out = f"{counted(lines, 'line')} came out."
        said = f"The shell's status is {last}, with pipefail {strict}."
        return finish(axes, f"Pipeline of {counted(len(parts), 'command')}. {told}. {out} {said}")


def _commands(line: str) -> list[str]:
    """The commands between the bars. A bar in quotes is none."""
    words = shlex.shlex(line, posix=False, punctuation_chars="|")
    words.whitespace_split = True
    found: list[list[str]] = [[]]
    for word in words:
        if word == "|":
            found.append([])
        else:
            found[-1].append(word)
    return [" ".join(words) for words in found if words]


def _run(shell: Terminal, commands: list[str], folder: Path) -> tuple[list[Part], int]:
    """The parts, and how many lines came out at the end."""
    marked = " | ".join(f"{{ {command}; }} 2> {folder}/{place}" for place, command in enumerate(commands))
    statuses = shell(f'{marked} > {folder}/out; echo "${{PIPESTATUS[*]}}"').text.split()
    parts = [
        Part(command, int(status), (folder / str(place)).read_text(encoding="utf-8", errors="replace"))
        for place, (command, status) in enumerate(zip(commands, statuses, strict=True))
    ]
    return parts, len((folder / "out").read_bytes().splitlines())


def _draw(axes: Axes, part: Part, x: float, wide: float, room: float) -> None:
    """A command in a box `wide` inches wide, and below it the last line of its messages, which have more `room`."""
    box(axes, x, 0.6, wide, _short(part.command, int(wide / 0.075)), FAILED if part.status else CHOSEN, 0.42)
    axes.text(x + wide / 2, 1.2, f"status {part.status}", ha="center", **CODE | {"weight": "bold"})
    axes.annotate("", (x + wide + 0.45, 0.81), (x + wide + 0.03, 0.81), arrowprops={"arrowstyle": "-|>", "color": INK})
    if part.errors.strip():
        down = {"arrowstyle": "-|>", "color": INK, "linestyle": ":"}
        axes.annotate("", (x + 0.12, 1.72), (x + 0.12, 1.03), arrowprops=down)
        message = part.errors.strip().splitlines()[-1]
        message = _short(message, int((room - 0.1) / 0.072))
        box(axes, x, 1.75, min(room, 0.2 + 0.072 * len(message)), message, UNKNOWN, 0.28)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _words(part: Part) -> str:
    message = part.errors.strip().splitlines()[-1:]
    said = f" and says {message[0]!r}" if message else ""
    return f"{part.command} ends with status {part.status}{said}"

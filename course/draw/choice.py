"""Threads, processes or engines? A tree of questions, with the way that a piece of work takes through it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes

from course.draw.picture import CHOSEN, FAINT, INK, PLAIN, PLAIN_TEXT, TITLE, WIDTH, Picture, box, canvas, finish
from course.overlap import trial


@dataclass(frozen=True)
class Question:
    """A question, and where yes and no lead."""

    text: str
    yes: Question | str
    no: Question | str


TREE = Question(
    "Does it let go of the GIL?",
    "threads",
    Question(
        "Can it be sent to\nanother process?",
        Question("Is one machine enough?", "processes", "engines"),
        "write it anew, so that\nit can be sent",
    ),
)


def choice(function: Callable[[], object], name: str = "", *, one_machine: bool = True) -> Picture:
    """The tree, with the way of `function` drawn bold: it is tried in two threads, and pickled.

    `one_machine` is yours to say.
    """
    answers = {
        TREE.text: trial(function).overlapped,
        TREE.no.text: _pickles(function),
        TREE.no.yes.text: one_machine,
    }
    name = name or getattr(function, "__name__", "your work")
    with canvas(WIDTH, 3.5) as axes:
        axes.text(0.15, 0.22, f"Threads, processes or engines? The way of {name}", **TITLE)
        way = _drawn(axes, TREE, 1.7, 0.75, answers, True)
        return finish(axes, f"A tree of questions. For {name}: {'; '.join(way)}.")


def _pickles(function: Callable) -> bool:
    try:
        pickle.dumps(function)
    except Exception:  # a lambda, a lock, an open file: each has an error of its own
        return False
    return True


def _drawn(axes: Axes, node: Question | str, x: float, y: float, answers: dict[str, bool], on: bool) -> list[str]:
    """Draw a node and what lies below it; the way through it in words, where it is `on` the way."""
    look = CHOSEN if on else PLAIN
    if isinstance(node, str):
        box(axes, x - 0.85, y - 0.22, 1.7, node, look, 0.44)
        return [f"so {' '.join(node.split())}"] if on else []
    told = []
    answer = answers[node.text]
    for word, child, dx, dy in (("yes", node.yes, 0.0, 1.15), ("no", node.no, 2.55, 0.0)):
        taken = on and (answer == (word == "yes"))
        # The last question stands below its own, and its answers beside one another.
        at = (x + dx, y + dy)
        axes.annotate(
            "",
            (at[0] - (1.0 if dx else 0), at[1] - (0.26 if dy else 0)),
            (x + (1.0 if dx else 0), y + (0.26 if dy else 0)),
            arrowprops={"arrowstyle": "-|>", "color": INK if taken else FAINT, "linewidth": 2.4 if taken else 0.9},
        )
        beside = (x + 0.08, y + dy / 2, "left") if dy else (x + dx / 2, y - 0.1, "center")
        axes.text(*beside[:2], word, ha=beside[2], **PLAIN_TEXT)
        told += [f"{' '.join(node.text.split())} {word}"] * taken
        told += _drawn(axes, child, *at, answers, taken)
    box(axes, x - 1.0, y - 0.26, 2.0, node.text, look, 0.52)
    return told

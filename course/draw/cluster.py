"""A cluster of engines: who talks to whom, and which engine worked on what when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from course.draw.picture import (
    CHOSEN,
    CODE,
    FAINT,
    INK,
    NOTE,
    PLAIN,
    PLAIN_TEXT,
    SPENT,
    TITLE,
    UNKNOWN,
    WIDTH,
    Look,
    Picture,
    box,
    canvas,
    counted,
    finish,
    in_words,
)

LEFT, RIGHT = 1.25, 8.35  # inches, where time begins and ends
STEP = 0.62  # inches, from one engine to the next
LOOKS = (CHOSEN, Look(fill="#ffffff", edge=INK, hatch="", line=1.2), UNKNOWN)


class Task(NamedTuple):
    """One piece of work: by whom, and when it was sent, begun and done, in seconds after the first was sent."""

    engine: int
    submitted: float
    started: float
    completed: float


def cluster(client: Any) -> Picture:
    """The processes of the cluster that an `ipp.Client` is connected to, and the ways between them."""
    ids = list(client.ids)
    height = max(2.2, 0.75 + 0.5 * len(ids))
    with canvas(WIDTH, height) as axes:
        axes.text(0.15, 0.22, "A message to an engine goes by way of the controller", **TITLE)
        middle = 0.45 + (height - 0.45) / 2
        box(axes, 0.15, middle - 0.35, 1.7, "client (here)", CHOSEN, 0.7)
        box(axes, 3.1, middle - 0.75, 2.3, "", PLAIN, 1.5)
        axes.text(4.25, middle - 0.58, "controller", ha="center", **CODE | {"weight": "bold"})
        for place, (name, what) in enumerate(
            {"hub": "who is there", "direct": "to this engine", "balanced": "to who is free"}.items()
        ):
            y = middle - 0.42 + 0.37 * place
            box(axes, 3.2, y, 0.85, name, SPENT if name == "hub" else PLAIN, 0.28)
            axes.text(4.15, y + 0.14, what, **NOTE)
        _arrow(axes, (1.87, middle), (3.08, middle))
        for place, engine in enumerate(ids):
            y = 0.6 + (place + 0.5) * (height - 0.7) / max(len(ids), 1)
            box(axes, 6.6, y - 0.17, 1.75, f"engine {engine}", CHOSEN, 0.34)
            _arrow(axes, (5.42, middle), (6.58, y))
        if not ids:
            axes.text(6.6, middle, "no engine is ready", **PLAIN_TEXT)
        engines = in_words([f"engine {engine}" for engine in ids], "no engine")
        return finish(axes, f"The client, in this process, talks to the controller, and the controller to {engines}.")


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.add_patch(FancyArrowPatch(start, end, arrowstyle="<->", mutation_scale=11, color=FAINT, linewidth=1.2))


def gantt(result: Any) -> Picture:
    """Which engine worked on which task of an `ipp.AsyncResult` and when, from the engines' own notes (`metadata`)."""
    tasks = _tasks(result)
    engines = sorted({task.engine for task in tasks})
    last = max((task.completed for task in tasks), default=1.0) or 1.0
    with canvas(WIDTH, 0.95 + STEP * max(len(engines), 1)) as axes:
        axes.text(0.15, 0.22, "Who worked when", **TITLE)
        floor = 0.5 + STEP * max(len(engines), 1)
        for row, engine in enumerate(engines):
            y = 0.55 + STEP * row
            axes.text(0.15, y + 0.17, f"engine {engine}", **CODE)
            axes.plot([LEFT, RIGHT], [y + 0.34, y + 0.34], color="#dfe3e8", linewidth=0.8, zorder=0)
            for number, task in enumerate(tasks):
                if task.engine == engine:
                    _bar(axes, y, task, number, last)
        axes.plot([LEFT, RIGHT], [floor, floor], color=INK, linewidth=1.2)
        axes.text(LEFT, floor + 0.17, "first task sent", **NOTE)
        axes.text(RIGHT, floor + 0.17, f"{last:.2f} s: last task done", ha="right", **NOTE)
        axes.text((LEFT + RIGHT) / 2, floor + 0.17, "thin line: sent, and waiting", ha="center", **NOTE)
        done = Counter(task.engine for task in tasks)
        told = [f"engine {engine} did {counted(done[engine], 'task')}" for engine in engines]
        return finish(axes, f"Bars over time, one for each task, by engine: {in_words(told, 'no task is done')}.")


def _tasks(result: Any) -> Sequence[Task]:
    notes = result.metadata if isinstance(result.metadata, list) else [result.metadata]
    done = [note for note in notes if note["completed"] is not None]
    first = min((note["submitted"] for note in done), default=None)

    def seconds(when: datetime) -> float:
        return (when - first).total_seconds()

    return [
        Task(note["engine_id"], *(seconds(note[k]) for k in ("submitted", "started", "completed"))) for note in done
    ]


def _bar(axes: Axes, y: float, task: Task, number: int, last: float) -> None:
    per_second = (RIGHT - LEFT) / last
    start, end = LEFT + task.started * per_second, LEFT + task.completed * per_second
    wide = max(end - start, 0.02)
    axes.plot([LEFT + task.submitted * per_second, start], [y + 0.42] * 2, color=FAINT, linewidth=0.7, zorder=1)
    box(axes, start, y, wide, str(number) if wide > 0.16 else "", LOOKS[number % len(LOOKS)], 0.34)

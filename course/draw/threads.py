"""Threads over time: who was inside when, who read and wrote what, who waits for whom, who was at work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from course.draw.picture import (
    CHOSEN,
    CODE,
    FAINT,
    INK,
    NOTE,
    PAPER,
    PLAIN,
    PLAIN_TEXT,
    SPENT,
    TITLE,
    UNKNOWN,
    VERMILLION,
    WIDTH,
    Picture,
    box,
    canvas,
    counted,
    finish,
    in_words,
)
from course.locks import Wait
from course.overlap import FIRST, IN, OUT, SECOND, Event, Trial
from course.shared import Counter

PER_ROW = 4
STEP = 0.3  # inches, from one event to the next
IDLE = 0.05  # of all processor time; who took less than that has only started


def gil(trials: Mapping[str, Trial]) -> Picture:
    """Sequence diagrams of trials, by name: two life lines, and a bar on each from going in to coming out."""
    rows = [list(trials.items())[i : i + PER_ROW] for i in range(0, len(trials), PER_ROW)]
    tall = 4 * STEP + 1.1
    with canvas(WIDTH, 0.5 + tall * max(len(rows), 1)) as axes:
        axes.text(0.15, 0.22, "Two threads, from going in to coming out; time runs downwards", **TITLE)
        for down, row in enumerate(rows):
            for across, (name, trial) in enumerate(row):
                _sequence(axes, 0.15 + across * (WIDTH - 0.2) / PER_ROW, 0.55 + down * tall, name, trial)
        words = {True: "the second came in while the first was inside", False: "one after the other"}
        said = [f"{name}: {words[trial.overlapped]}" for name, trial in trials.items()]
        return finish(axes, f"Sequence diagrams of two threads. {'; '.join(said)}.")


def _sequence(axes: Axes, x: float, y: float, name: str, trial: Trial) -> None:
    axes.text(x, y + 0.05, name, **CODE | {"weight": "bold"})
    lines = {FIRST: x + 0.4, SECOND: x + 1.25}
    places = {event: y + 0.62 + STEP * place for place, event in enumerate(trial.events)}
    end = y + 0.62 + STEP * 3.4
    for thread, at in lines.items():
        axes.text(at, y + 0.27, thread, ha="center", **PLAIN_TEXT)
        axes.plot([at, at], [y + 0.4, end], color=FAINT, linewidth=1, linestyle=(0, (2, 2)))
        start, stop = places[Event(thread, IN)], places[Event(thread, OUT)]
        box(axes, at - 0.13, start, 0.26, "", CHOSEN if thread == FIRST else UNKNOWN, stop - start)
        for what, height in (("in", start), ("out", stop)):
            axes.text(at + 0.19, height, what, **NOTE)
    if trial.overlapped:
        top = places[Event(SECOND, IN)]
        low = min(places[Event(FIRST, OUT)], places[Event(SECOND, OUT)])
        axes.annotate("", (x + 0.83, top), (x + 0.83, low), arrowprops={"arrowstyle": "<->", "color": VERMILLION})
    axes.text(x, end + 0.12, "overlap" if trial.overlapped else "one after the other", **PLAIN_TEXT | {"size": 8})


def interleaving(counter: Counter) -> Picture:
    """What each thread read from a counter and wrote to it, step by step, and where the counter then stood."""
    names = list(dict.fromkeys(step.thread for step in counter.steps))
    wide = (WIDTH - 2.2) / max(len(names), 1)
    stood, told = None, []
    with canvas(WIDTH, 0.75 + STEP * len(counter.steps) + 0.3) as axes:
        axes.text(0.15, 0.22, "counter.value += 1, step by step", **TITLE)
        for i, name in enumerate(names):
            axes.text(0.7 + wide * (i + 0.5), 0.52, name, ha="center", **PLAIN_TEXT)
        axes.text(WIDTH - 0.75, 0.52, "the counter", ha="center", **PLAIN_TEXT)
        for place, step in enumerate(counter.steps):
            y = 0.68 + STEP * place
            axes.text(0.2, y + 0.12, str(place + 1), **NOTE)
            look = PLAIN if step.what == "reads" else CHOSEN
            box(axes, 0.75 + wide * names.index(step.thread), y, wide - 0.2, f"{step.what} {step.value}", look, 0.24)
            lost = step.what == "writes" and step.value == stood
            stood = step.value if step.what == "writes" or stood is None else stood
            box(axes, WIDTH - 1.2, y, 0.9, f"{stood}" + (" lost!" if lost else ""), UNKNOWN if lost else SPENT, 0.24)
            told.append(f"{step.thread} {step.what} {step.value}" + (" (an update is lost)" if lost else ""))
        return finish(axes, f"Steps on a counter: {'; '.join(told)}. It ends at {counter.total}.")


def waiting(waits: Sequence[Wait]) -> Picture:
    """The wait-for graph of threads and locks: an arrow from a thread to the lock that it waits for, and from a lock to
    the thread that holds it. A circle of arrows is a deadlock."""
    threads = list(dict.fromkeys(name for wait in waits for name in (wait.thread, wait.holder)))
    names = list(dict.fromkeys(wait.lock for wait in waits))
    gap = (WIDTH - 0.6) / max(len(threads), len(names), 1)
    with canvas(WIDTH, 2.5) as axes:
        axes.text(0.15, 0.22, "Who waits for whom", **TITLE)
        at = {("thread", name): (0.3 + gap * (i + 0.5), 0.8) for i, name in enumerate(threads)}
        at |= {("lock", name): (0.3 + gap * (i + 0.5), 2.0) for i, name in enumerate(names)}
        for wait in waits:
            _arrow(axes, at["thread", wait.thread], at["lock", wait.lock], "waits for", dashed=True)
            _arrow(axes, at["lock", wait.lock], at["thread", wait.holder], "is held by", dashed=False)
        for (kind, name), (x, y) in at.items():
            box(axes, x - 0.8, y - 0.15, 1.6, name, CHOSEN if kind == "thread" else SPENT, 0.3)
        told = [f"{wait.thread} waits for {wait.lock}, which {wait.holder} holds" for wait in waits]
        return finish(axes, f"A wait-for graph: {'; '.join(told) or 'nobody waits'}.")


def _arrow(axes: Axes, start: tuple, end: tuple, label: str, *, dashed: bool) -> None:
    side = 0.25 if dashed else -0.25
    (x0, y0), (x1, y1) = (start[0] + side, start[1]), (end[0] + side, end[1])
    sign = 1 if y1 > y0 else -1
    style = {
        "arrowstyle": "-|>",
        "color": VERMILLION if dashed else INK,
        "linestyle": "--" if dashed else "-",
        "linewidth": 1.6,
    }
    axes.annotate("", (x1, y1 - 0.17 * sign), (x0, y0 + 0.17 * sign), arrowprops=style)
    plate = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}
    axes.text(x0 + (x1 - x0) * 0.3, y0 + (y1 - y0) * 0.3, label, ha="center", **NOTE | {"bbox": plate})


def at_work(times: Mapping[str, Mapping[str, float]]) -> Picture:
    """The processor time of each thread, as `blas.at_work` gives it, as bars; one group for each name."""
    most = max((sum(took.values()) for took in times.values()), default=1.0) or 1.0
    rows = sum(len(took) for took in times.values())
    with canvas(WIDTH, 0.5 + STEP * rows + 0.25 * len(times)) as axes:
        axes.text(0.15, 0.22, "Processor time of each thread", **TITLE)
        y, told = 0.45, []
        for name, took in times.items():
            axes.text(0.15, y + 0.15, name, **CODE | {"weight": "bold"})
            for thread, seconds in took.items():
                axes.text(2.1, y + 0.15, thread, **PLAIN_TEXT)
                look = CHOSEN if thread == "main" else UNKNOWN
                box(axes, 3.0, y + 0.03, max(0.02, 5.2 * seconds / most), "", look, 0.24)
                y += STEP
            y += 0.25
            busy = [thread for thread, seconds in took.items() if seconds > IDLE * sum(took.values())]
            told.append(f"{name}: {counted(len(busy), 'thread')} at work ({in_words(busy)})")
        return finish(axes, f"Bars of processor time for each thread. {'; '.join(told)}.")

"""Which step needs which: the dependencies of a loop, noted while it runs."""

from __future__ import annotations

from collections.abc import Callable

from course.draw.picture import CHOSEN, INK, PLAIN, PLAIN_TEXT, TITLE, WIDTH, Picture, box, canvas, finish, in_words

MOST = 10


class _Results(list):
    """The results so far; who reads one is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.read: set[int] = set()

    def __getitem__(self, place):
        found = range(len(self))[place]
        self.read.update(found if isinstance(place, slice) else [found])
        return super().__getitem__(place)

    def __iter__(self):
        self.read.update(range(len(self)))
        return super().__iter__()


def depends(step: Callable, n: int = 6) -> Picture:
    """The steps 0 to n - 1 of a loop in boxes, with an arrow from each earlier step whose result a step reads.

    `step(results, i)` computes one step; `results[j]` is what step j gave.
    """
    results, needs = _Results(), []
    for i in range(min(n, MOST)):
        results.read = set()
        value = step(results, i)
        needs.append(sorted(results.read))
        results.append(value)
    gap = (WIDTH - 0.4) / max(len(needs), 1)
    serial = any(needs)
    with canvas(WIDTH, 1.75) as axes:
        axes.text(0.15, 0.22, f"What {getattr(step, '__name__', 'each step')} needs", **TITLE)
        for i, read in enumerate(needs):
            x = 0.2 + gap * (i + 0.5)
            box(axes, x - 0.35, 1.1, 0.7, f"step {i}", CHOSEN if read else PLAIN, 0.3)
            for j in read:
                bend = {"arrowstyle": "-|>", "color": INK, "connectionstyle": f"arc3,rad=-{0.35 if i - j > 1 else 0.5}"}
                axes.annotate("", (x - 0.1, 1.08), (0.2 + gap * (j + 0.5) + 0.1, 1.08), arrowprops=bend)
        said = "each waits for others" if serial else "none needs another: embarrassingly parallel"
        axes.text(WIDTH / 2, 1.6, said, ha="center", **PLAIN_TEXT)
        told = [f"step {i} needs {in_words([str(j) for j in read], 'none')}" for i, read in enumerate(needs)]
        return finish(axes, f"Dependencies of steps. {'; '.join(told)}.")

"""Bytes as bars: what is held at once when a result is read in chunks, and what travels to another process."""

from __future__ import annotations

import math
from collections.abc import Mapping

from course.draw.picture import CHOSEN, CODE, NARROW, NOTE, PLAIN_TEXT, TITLE, WIDTH, Picture, box, canvas, finish

LEFT, LONG = 1.9, 4.9  # inches
SHORT = 1.8  # inches, within a narrow picture


def memory(held: Mapping[int, int]) -> Picture:
    """The most bytes held at once, for each number of rows per chunk, on a logarithmic scale."""
    bars = {f"{rows:,} rows": (size, f"{size:,} bytes") for rows, size in sorted(held.items())}
    return _bars("Bytes held at once, by rows per chunk", bars, 1.25, SHORT, NARROW)


def sent(sizes: Mapping[str, int]) -> Picture:
    """How many bytes travel of each of these, by name, on a logarithmic scale and rounded to one digit."""
    bars = {name: (size, f"about {float(f'{size:.1g}'):,.0f} bytes") for name, size in sizes.items()}
    return _bars("Bytes that travel to each worker", bars)


def _bars(
    title: str, bars: Mapping[str, tuple[int, str]], left: float = LEFT, most_long: float = LONG, wide: float = WIDTH
) -> Picture:
    most = max((size for size, _ in bars.values()), default=0) or 1
    with canvas(wide, 0.7 + 0.34 * len(bars)) as axes:
        axes.text(0.15, 0.2, title, **TITLE)
        for place, (name, (size, words)) in enumerate(bars.items()):
            y = 0.45 + 0.34 * place
            axes.text(left - 0.15, y + 0.11, name, **CODE | {"ha": "right"})
            long = most_long * math.log10(max(size, 1) + 1) / math.log10(most + 1)
            box(axes, left, y, long, "", CHOSEN)
            axes.text(left + long + 0.1, y + 0.11, words, **PLAIN_TEXT)
        axes.text(left, 0.45 + 0.34 * len(bars) + 0.1, "logarithmic: each step to the right is a factor", **NOTE)
        told = [f"{name}: {words}" for name, (_, words) in bars.items()]
        return finish(axes, f"{title}. {'; '.join(told)}.")

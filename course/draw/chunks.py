"""What is held at once when a result is read in chunks: bytes against rows per chunk."""

from __future__ import annotations

import math
from collections.abc import Mapping

from course.draw.picture import CHOSEN, CODE, NOTE, PLAIN_TEXT, TITLE, WIDTH, Picture, box, canvas, finish

LEFT, LONG = 1.9, 4.9  # inches


def memory(held: Mapping[int, int]) -> Picture:
    """The most bytes held at once, for each number of rows per chunk, on a logarithmic scale."""
    most = max(held.values(), default=0) or 1
    with canvas(WIDTH, 0.7 + 0.34 * len(held)) as axes:
        axes.text(0.15, 0.2, "Bytes held at once, by rows per chunk", **TITLE)
        for place, (rows, size) in enumerate(sorted(held.items())):
            y = 0.45 + 0.34 * place
            axes.text(LEFT - 0.15, y + 0.11, f"{rows:,} rows", **CODE | {"ha": "right"})
            long = LONG * math.log10(max(size, 1) + 1) / math.log10(most + 1)
            box(axes, LEFT, y, long, "", CHOSEN)
            axes.text(LEFT + long + 0.1, y + 0.11, f"{size:,} bytes", **PLAIN_TEXT)
        axes.text(LEFT, 0.45 + 0.34 * len(held) + 0.1, "logarithmic: each step to the right is a factor", **NOTE)
        told = [f"{rows:,} rows: {size:,} bytes" for rows, size in sorted(held.items())]
        return finish(axes, f"Bytes held at once, by rows per chunk. {'; '.join(told)}.")

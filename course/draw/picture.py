"""What all pictures share: paper, ink, boxes, and words for those who do not see them.

Meaning is carried by hatching, line style and labels, and only then by colour, so that a picture survives a printer.
The colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), which colour-blind readers can tell apart.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

MONO = "DejaVu Sans Mono"
INK, FAINT, PAPER = "#1f2933", "#66727f", "#ffffff"
BLUE, ORANGE, VERMILLION = "#0072B2", "#E69F00", "#D55E00"
SIZE = 8.5  # points, of most text
WIDTH = 8.6  # inches, of a picture that fills the page
NARROW = 4.55  # inches: a phone shows all of it
LINE = 0.22  # inches, the height of a box with one line of text
LETTER = 0.602 * 8 / 72  # inches, the width of one letter in a box
HEADING_LETTER = 0.602 * 9 / 72  # and of one in a heading
MAX_LETTERS = 14

# How text is written.
TITLE = {"size": 10, "weight": "bold", "va": "center"}
PLAIN_TEXT = {"size": SIZE, "va": "center"}
CODE = {"size": SIZE, "family": MONO, "va": "center_baseline"}
HEADING = CODE | {"size": 9, "weight": "bold"}
NOTE = {"size": 7.5, "color": FAINT, "style": "italic", "va": "center"}


class Look(NamedTuple):
    """How a box is drawn."""

    fill: str = PAPER
    edge: str = FAINT
    hatch: str = ""
    style: str = "-"
    weight: str = "normal"
    line: float = 1.0  # points


PLAIN = Look()
CHOSEN = Look(fill="#d6eaf8", edge=BLUE, weight="bold", line=1.8)
UNKNOWN = Look(fill="#fdf1d6", edge="#b87d00", hatch="////", style="--")
SPENT = Look(fill="#bcc5ce", edge=FAINT)


@dataclass(frozen=True, repr=False)
class Picture:
    """A drawing and what it says in words. The same state gives the same bytes."""

    svg: str
    alt: str

    def __repr__(self) -> str:
        return self.alt

    def _repr_html_(self) -> str:
        # An <img>, not inline SVG: JupyterLab takes inline SVG out of a notebook that is not trusted yet.
        data = quote(self.svg, safe=" !$'()*+,/:;=?@")
        return f'<img alt="{escape(self.alt)}" style="max-width: 100%" src="data:image/svg+xml,{data}">'


@contextmanager
def canvas(width: float, height: float) -> Iterator[Axes]:
    """Blank axes of `width` by `height` inches, whose coordinates are inches from the top left corner."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()  # neither the learner's matplotlibrc nor an earlier cell changes a picture
        matplotlib.rcParams.update(
            {
                "font.family": "DejaVu Sans",
                "hatch.color": "#dcb45f",
                "hatch.linewidth": 0.7,
                "svg.fonttype": "path",
                "svg.hashsalt": "course.draw",
                "text.color": INK,
                "text.parse_math": False,
            }
        )
        axes = Figure(figsize=(width, height)).add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.axis("off")
        yield axes


def finish(axes: Axes, alt: str) -> Picture:
    """The picture that `axes` holds."""
    file = io.StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a name in another script is drawn as boxes
        axes.figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    # One line without comments: a URL loses its line breaks.
    svg = re.sub(r"\s+", " ", re.sub(r"<!--.*?-->", "", file.getvalue(), flags=re.DOTALL))
    return Picture(svg, alt)


def box(axes: Axes, x: float, y: float, width: float, text: str = "", look: Look = PLAIN, height: float = LINE) -> None:
    """A box with its top left corner at (x, y), and `text` in its middle."""
    axes.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={min(0.04, width / 2, height / 2)}",
            facecolor=look.fill,
            edgecolor=look.edge,
            hatch=look.hatch,
            linestyle=look.style,
            zorder=1 + look.line / 10,  # a thin edge does not cover a thick one
            linewidth=look.line,
        )
    )
    if text:
        # Text on hatching stands on a plate of the fill's own colour.
        plate = {"facecolor": look.fill, "edgecolor": "none", "pad": 0.6} if look.hatch else None
        style = CODE | {"size": 8, "weight": look.weight, "ha": "center", "bbox": plate}
        axes.text(x + width / 2, y + height / 2, text, **style)


def shown(value: Any) -> str:
    """A value from a database, short enough for a box: NULL for None, and no letter that cannot be printed."""
    if value is None:
        return "NULL"
    text = "".join(letter if letter.isprintable() else "·" for letter in str(value))
    return text if len(text) <= MAX_LETTERS else text[: MAX_LETTERS - 1] + "…"


def on_one_line(sql: str, most: int = 90) -> str:
    """SQL for a title."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in sql).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def in_words(items: Sequence[str], none: str = "none", most: int = 30) -> str:
    """'a, b and c'; of a long list only the beginning, and how many more there are."""
    if len(items) > most:
        items = [*items[:most], f"{len(items) - most} more"]
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items) or none


def counted(number: int, noun: str) -> str:
    """'1 row', '2 rows'."""
    return f"{number} {noun}{'s' * (number != 1)}"

"""The report as a page: pictures are drawn by the template, and nothing is loaded from elsewhere."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, Template

from .numbers import Report

BINS = 20
# What is said of a check, by its facility and discrimination. The bounds are those in common use (Ebel, 1972).
POOR = 0.2
# Of what a check said so much is shown at first.
LINES, CHARACTERS = 8, 600


def page(report: Report, notebooks: list[str], feedback: str = "../feedback", formgrader: str = "/formgrader") -> str:
    """The page as HTML; `feedback` and `formgrader` are where their pages are, seen from it."""
    return _template().render(
        report=report,
        notebooks=notebooks,
        bins=_bins([student.score for student in report.students], report.max_score),
        feedback=feedback,
        formgrader=formgrader,
    )


def _bins(scores: list[float], most: float) -> list[tuple[float, float, int]]:
    """How many scores lie in each of equal parts from 0 to `most`: (from, to, count); the last holds `most` itself."""
    count = min(BINS, max(1, int(most)))
    width = most / count if most else 1.0
    places = [min(count - 1, max(0, int(score / width))) for score in scores]
    return [(width * k, width * (k + 1), places.count(k)) for k in range(count)]


def _start(text: str) -> str:
    """The first lines of a text, or the first words where those are long; all of it where it is short."""
    lines = "\n".join(text.splitlines()[:LINES])
    return lines if len(lines) <= CHARACTERS else lines[:CHARACTERS].rpartition(" ")[0] or lines[:CHARACTERS]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("autograder.report", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"points": lambda number: f"{number:.2f}".rstrip("0").rstrip("."), "path": quote}
    environment.filters["start"] = _start
    environment.globals["poor"] = POOR
    return environment.get_template("page.html.j2")

"""The page of one graded notebook: its template, filled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup
from pygments.formatters import HtmlFormatter

from autograder.notebook import NotebookNode

from . import safe, sections

MARKS = {"passed": "✓", "part": "◐", "failed": "✗", "unknown": "?"}
WORDS = {"passed": "passed", "part": "in part", "failed": "not passed", "unknown": "a person will look at it"}


@dataclass(frozen=True)
class Heading:
    """Whose page it is, and of what. `penalty` are the points that being late has cost."""

    title: str
    student: str
    score: float
    max_score: float
    penalty: float = 0.0


def page(book: NotebookNode, heading: Heading) -> str:
    """The page as HTML. Cells hold their scores in nbgrader's metadata: see `sections.of`."""
    parts = sections.of(book)
    return _template().render(
        heading=heading,
        title=sections.title(book) or heading.title,
        parts=parts,
        share=min(1.0, max(0.0, heading.score / heading.max_score)) if heading.max_score else 0.0,
        waiting=sum(check.status == "unknown" for part in parts for check in part.checks),
    )


@cache
def _template() -> Template:
    environment = Environment(loader=PackageLoader("autograder.feedback", "."), autoescape=True, trim_blocks=True)
    environment.lstrip_blocks = True
    environment.filters |= {"code": safe.code, "markdown": safe.markdown, "outputs": safe.outputs, "points": _points}
    colours = (HtmlFormatter(style=style).get_style_defs(f"{where} .code") for where, style in _STYLES)
    light, dark = colours
    environment.globals |= {"marks": MARKS, "words": WORDS, "light": Markup(light), "dark": Markup(dark)}
    return environment.get_template("page.html.j2")


_STYLES = ((":root", "xcode"), (":root", "github-dark"))


def _points(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")

"""What a student's notebook shows, as HTML in which nothing can run, load or leave its place."""

from __future__ import annotations

import base64
import binascii
import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import nh3
from markupsafe import Markup
from nbconvert.filters import ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.notebook import NotebookNode

_TAGS = """
a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i
img kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr tt u ul var
"""
TAGS = set(_TAGS.split())
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    # Names of the colours that Pygments and ANSI escapes use; others have no style on the page.
    "span": {"class"},
}
CLASS = re.compile(r"(ansi-[\w-]+|[a-z]{1,2}\d?)( (ansi-[\w-]+|[a-z]{1,2}\d?))*")
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
SVG = "image/svg+xml"
# Beyond this a page is no page: the picture of somebody's loop.
MAX_TEXT = 200_000
MAX_PICTURE = 4_000_000
MAX_OUTPUTS = 50
# Made once: a formatter looks up every colour of its style when it is made.
LEXER, FORMATTER = PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)


def html(text: str) -> Markup:
    """HTML of anybody's with all that could run or load taken out: what it says, its tables and its pictures stay."""
    kept = nh3.clean(
        text[:MAX_TEXT],
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        clean_content_tags={"script", "style", "iframe", "object", "template"},
    )
    return Markup(kept)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return value if CLASS.fullmatch(value) else None
    if tag == "img" and name != "src":
        return value  # what it shows, in words, and its size
    if value.lstrip().lower().startswith("data:"):
        return value if tag == "img" and re.match(r"data:image/(png|jpeg|gif|webp);base64,", value) else None
    return None if tag == "img" else value  # a picture from elsewhere would tell who reads the page, and when


@lru_cache(500)
def markdown(text: str) -> Markup:
    """Markdown as HTML, made safe. Formulas stay as they were typed: there is no script to draw them. Headings have no
    link to themselves: the page has tasks to go to, and where it would lead is not on it."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return html(MarkdownWithMath(renderer=renderer).render(text[:MAX_TEXT]))


@lru_cache(500)
def code(text: str) -> Markup:
    """Python, with its words in colours."""
    return Markup(highlight(text[:MAX_TEXT], LEXER, FORMATTER))


def terminal(text: str) -> Markup:
    """What a terminal would show, with its colours."""
    return Markup(ansi2html(_cut(text)))


def outputs(cell: NotebookNode) -> list[tuple[str, Markup]]:
    """What a cell showed: pairs of a kind ("text", "error", "rich", "picture") and HTML."""
    shown = [_output(output) for output in cell.get("outputs", [])[:MAX_OUTPUTS]]
    left = len(cell.get("outputs", [])) - MAX_OUTPUTS
    return shown + ([("text", Markup(f"… and {left} more outputs"))] if left > 0 else [])


def _output(output: NotebookNode) -> tuple[str, Markup]:
    if output.output_type == "stream":
        return "error" if output.name == "stderr" else "text", terminal(output.text)
    if output.output_type == "error":
        return "error", terminal("\n".join(output.traceback) or f"{output.ename}: {output.evalue}")
    return _bundle(output.get("data", {}))


def _bundle(data: dict[str, Any]) -> tuple[str, Markup]:
    """The richest form that can be shown."""
    for kind in PICTURES:
        if picture := _picture(kind, data.get(kind)):
            return "picture", picture
    if isinstance(svg := data.get(SVG), str) and len(svg) <= MAX_PICTURE:
        # As a picture it is drawn, and nothing in it runs or loads.
        return "picture", Markup('<img alt="a drawing" src="data:image/svg+xml,{}">').format(quote(svg))
    if isinstance(data.get("text/html"), str):
        return "rich", html(data["text/html"])
    if isinstance(data.get("text/markdown"), str):
        return "rich", markdown(data["text/markdown"])
    text = data.get("text/plain", data.get("text/latex", ""))
    return "text", terminal(text if isinstance(text, str) else "")


def _picture(kind: str, content: Any) -> Markup | None:
    if not isinstance(content, str) or len(content) > MAX_PICTURE:
        return None
    try:
        base64.b64decode("".join(content.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return Markup('<img alt="a picture" src="data:{};base64,{}">').format(kind, "".join(content.split()))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}\n… the rest was cut off."

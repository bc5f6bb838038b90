"""What people are given to read, feedback and report, can be read by everybody: seen, heard, typed, held, printed."""

from pathlib import Path

import nbformat
import pytest
import toy
from browser import SHOTS, chromium, serious

from autograder import feedback, notebook, report
from autograder.feedback import Heading

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PAPER = {"width": 718, "height": 1017}  # A4 without its margins, at 96 dots an inch
LONG = "double(" + ", ".join(map(str, range(60))) + ") does not return what it should."
SAID = f"{LONG}\n  should be: {'4' * 200}\n  is:        <b>5</b>\n  hint:      Twice."
TABLE = "<table><thead><tr>" + "".join(f"<th>column {n}</th>" for n in range(12)) + "</tr></thead></table>"
# What a student's output may ask for from elsewhere.
FAR = "<img alt='far' src='http://127.0.0.1:9/a.png'><style>@import 'http://127.0.0.1:9/b.css';</style>"


def fed_back() -> str:
    """A page of feedback with everything on it that one can hold."""
    book = notebook.fill(toy.source(), {"double": f"def double(x):\n    return 5  # {'long ' * 40}"})
    book.cells.append(toy.prose("I know *why*", "essay", grade=True, solution=True, points=4))
    book.cells[-1].metadata.nbgrader.waits = True
    for cell in book.cells:
        name = notebook.grade_id(cell)
        if name == "double":
            shown = {"text/html": FAR + TABLE, "text/plain": "a table"}
            cell.outputs = [
                nbformat.v4.new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m " + "x" * 300),
                nbformat.v4.new_output("display_data", data=shown),
            ]
            cell.metadata.nbgrader.comment = "Nearly. [Read on](#task-2)"
        if name in ("double_numbers", "double_text"):
            kind = "CheckFailed" if name == "double_numbers" else "Unknown"
            cell.outputs = [nbformat.v4.new_output("error", ename=kind, evalue=SAID, traceback=[SAID])]
        if name == "longest_values":
            cell.metadata.nbgrader.score = 3
    return feedback.page(book, Heading("toy", "ada", 3, 13, 1.5))


def reported() -> str:
    """A report of a class of thirty."""
    names = [f"student_{number:02}" for number in range(30)]
    students = tuple(
        report.numbers.Student(name, number % 10, 9, ("a_check",) if number < 2 else ())
        for number, name in enumerate(names)
    )
    checks = tuple(
        report.numbers.CheckNumbers("toy", f"a_check_with_a_long_name_{number}", 2, 5 * number, 30, number / 5, told)
        for number, told in enumerate((None, -0.3, 0.1, 0.5, 0.9))
    )
    clusters = (report.Cluster("a_check", SAID, tuple(names[:20]), "prints"), report.Cluster("b", "y", ("x", "y")))
    return report.page(report.Report("toy", students, checks, clusters), ["toy"])


@pytest.fixture(scope="module")
def browser():
    """One browser for all pages."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    with chromium() as found:
        yield found


@pytest.fixture(scope="module", params=[fed_back, reported], ids=lambda make: make.__name__)
def where(request, tmp_path_factory) -> Path:
    """One kind of page, as a file."""
    path = tmp_path_factory.mktemp("pages") / f"{request.param.__name__}.html"
    path.write_text(request.param(), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, where):
    """That page, on a desk."""
    page = browser.new_page(viewport=DESK)
    page.goto(where.as_uri())
    yield page
    page.close()


def test_nothing_is_asked_of_any_network(browser, where):
    """The page is all there is, whatever a student's output asks for, on the screen and on paper."""
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(where.as_uri(), wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.pdf()
    page.close()
    assert [address for address in asked if not address.startswith("data:")] == [where.as_uri()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_from_reading(opened, where, scheme):
    """No serious finding of axe-core, all that can be unfolded unfolded."""
    opened.emulate_media(color_scheme=scheme)
    opened.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    opened.screenshot(path=SHOTS / f"{where.stem}-{scheme}.png", full_page=True)
    assert serious(opened) == []


def test_the_keyboard_alone_reaches_everything(opened):
    """Tab goes to each link and each part that unfolds, Enter unfolds it, and what has the focus can be seen."""
    parts = opened.locator("a[href], summary, [tabindex='0']")
    reached: list[int] = []
    while len(reached) < parts.count():
        opened.keyboard.press("Tab")
        place, outline, folded = parts.evaluate_all(
            """all => {
                const at = document.activeElement
                const folded = at.tagName === 'SUMMARY' && !at.parentElement.open
                return [all.indexOf(at), getComputedStyle(at).outlineStyle, folded]
            }"""
        )
        assert place not in (-1, *reached), f"Tab goes back before it was everywhere: {reached}"
        assert outline != "none"
        reached.append(place)
        if folded:
            opened.keyboard.press("Enter")
    assert reached == list(range(parts.count()))


def test_a_phone_needs_no_scrolling_sideways(opened, where):
    """Code and tables scroll within their boxes, the page does not."""
    opened.set_viewport_size(PHONE)
    opened.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    opened.screenshot(path=SHOTS / f"{where.stem}-phone.png", full_page=True)
    assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert serious(opened) == []


def test_paper_holds_all_of_it(opened, where):
    """Dark or not on the screen: black on white, nothing cut off at the right."""
    opened.emulate_media(color_scheme="dark", media="print")
    opened.set_viewport_size(PAPER)
    cut = opened.evaluate(
        """() => [...document.querySelectorAll('pre, .card, .out, table, p')]
            .filter(part => part.getBoundingClientRect().right > innerWidth || part.scrollWidth > part.clientWidth + 1)
            .filter(part => getComputedStyle(part).display !== 'inline' && part.clientWidth)
            .map(part => part.outerHTML.slice(0, 100))"""
    )
    assert cut == []
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert serious(opened) == []
    opened.pdf(path=SHOTS / f"{where.stem}.pdf", format="A4")

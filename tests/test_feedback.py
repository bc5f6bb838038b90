"""A student's page says what each check says, in words, and nothing that a student wrote can run on it."""

import re
from html.parser import HTMLParser

import nbformat
import pytest
import toy

from autograder import feedback, notebook
from autograder.feedback import Heading

MESSAGE = "double(2) does not return what it should.\n  should be: 4\n  is:        <b>5</b>\n  hint:      Twice."
HEADING = Heading("toy", "ada & co", 3, 9)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def graded(outputs: list[dict] = (), prose: str = "", **scores: float):
    """The toy assignment as it comes back: scores in the metadata of its cells, outputs on the first answer."""
    book = notebook.fill(toy.source(), {"double": "def double(x):\n    return 5"})
    for cell in book.cells:
        name = notebook.grade_id(cell)
        if name in scores:
            cell.metadata.nbgrader.score = scores[name]
        if name == "double":
            cell.outputs = [nbformat.from_dict(output) for output in outputs]
            cell.metadata.nbgrader.comment = prose
    return book


def fail(book, check: str, name: str, message: str):
    """The same with an error on a check."""
    cell = next(cell for cell in book.cells if notebook.grade_id(cell) == check)
    cell.outputs = [nbformat.v4.new_output("error", ename=name, evalue=message, traceback=["File secret.py", message])]
    return book


class Parsed(HTMLParser):
    """Tags with their attributes, and the text between them."""

    def __init__(self, page: str):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


def test_each_task_has_its_score_and_each_check_its_words():
    """Sum, tasks, checks; the message in its parts, and the hint apart from it."""
    book = fail(graded(double_text=1, longest_values=3), "double_numbers", "CheckFailed", MESSAGE)
    text = Parsed(feedback.page(book, HEADING)).text
    for said in (
        "Score: 3 / 9 points",
        "double_numbers 0 / 2 double(2) does not return what it should. should be 4 is <b>5</b> Hint. Twice.",
        "double_text 1 / 1",
        "longest_values 3 / 3",
        "ada & co",
    ):
        assert said in text, said


def test_hidden_checks_show_neither_code_nor_inputs():
    """By name and message alone; visible lines of a check that was not passed can be unfolded."""
    page = feedback.page(fail(graded(), "double_numbers", "CheckFailed", "it is wrong"), HEADING)
    text = Parsed(page).text
    assert "double_numbers 0 / 2 it is wrong" in text
    assert "double(2) == 4" in re.sub(r"\s*([().=]+)\s*", r"\1", text).replace("==", " == ")
    assert not re.search("HIDDEN|21|secret", text)


def test_what_could_not_be_told_waits_for_a_person():
    """A check that the grader could not tell, and an essay that nobody has read."""
    book = fail(graded(), "double_numbers", "Unknown", "your code ended the process")
    book.cells.append(toy.prose("I know", "essay", grade=True, solution=True, points=4))
    book.cells[-1].metadata.nbgrader.waits = True
    text = Parsed(feedback.page(book, HEADING)).text
    assert "2 checks wait for a person" in text
    assert "A person judges this, and has not yet." in text


def test_penalty_and_comments_are_shown():
    """Points taken off, and what a teacher wrote, with its Markdown."""
    page = feedback.page(graded(prose="Well *done*"), Heading("toy", "ada", 3, 9, 1.5))
    assert "1.5 points were taken off for handing in late." in page
    assert "<em>done</em>" in page


HOSTILE = {
    "script": "<script>fetch('//evil')</script><b>kept</b>",
    "handler": "<img src=x onerror=alert(1)><b onclick='x()'>kept</b>",
    "address": "<a href='javascript:alert(1)'>kept</a><a href='data:text/html,x'>kept</a>",
    "frame": "<iframe srcdoc='<script>1</script>'></iframe>kept<object data=x></object><embed src=x>",
    "form": "<form action='//evil'><input name=a><button>kept</button></form>",
    "style": "<style>body{display:none}</style><div style='position:fixed'>kept</div>",
    "breakout": "</div></section></main></body></html><script>1</script>kept",
    "picture": "<img src='//evil/a.png'><img src='data:image/svg+xml,<svg onload=alert(1)>'>kept",
    "svg": "<svg><script>1</script><animate onbegin=alert(1)></svg>kept<math><mtext>",
    "meta": "<meta http-equiv=refresh content='0;//evil'><base href='//evil'><link rel=stylesheet href=//evil>kept",
}
OWN = {"meta", "svg", "circle", "text", "style", "i"}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("where", ["output", "comment", "svg", "text", "message", "answer"])
def test_nothing_of_a_students_runs(what, where):
    """Wherever it stands: no script, no handler, no frame, no form, no address to load from."""
    hostile = HOSTILE[what]
    html = [{"output_type": "display_data", "data": {"text/html": hostile}, "metadata": {}}]
    svg = [{"output_type": "display_data", "data": {"image/svg+xml": hostile}, "metadata": {}}]
    text = [{"output_type": "stream", "name": "stdout", "text": hostile}]
    book = graded({"output": html, "svg": svg, "text": text}.get(where, []), hostile if where == "comment" else "")
    if where == "message":
        fail(book, "double_numbers", "CheckFailed", hostile)
    if where == "answer":
        book = notebook.fill(book, {"double": hostile})
    page = feedback.page(book, HEADING)
    plain = Parsed(feedback.page(graded(), HEADING))
    new = Parsed(page)
    for tag, attributes in new.tags:
        assert tag not in {"script", "iframe", "object", "embed", "form", "input", "button", "link", "base"}
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("href", "#").startswith("#")
        assert attributes.get("src", "data:image/").startswith("data:image/")
    for tag in OWN:  # as many as on a page on which nothing hostile stands
        assert sum(t == tag for t, _ in new.tags) == sum(t == tag for t, _ in plain.tags), tag
    assert "kept" in page


def test_a_picture_keeps_its_words():
    """What somebody cannot see is read aloud: alt text and size stay, even of a picture that may not be loaded."""
    shown = (
        f"<img alt='two \"lines\"' width='10' src='data:image/png;base64,{PIXEL}'><img alt='far' src='//evil/a.png'>"
    )
    page = Parsed(
        feedback.page(graded([{"output_type": "display_data", "data": {"text/html": shown}, "metadata": {}}]), HEADING)
    )
    pictures = [attributes for tag, attributes in page.tags if tag == "img"]
    assert {"alt": 'two "lines"', "width": "10", "src": f"data:image/png;base64,{PIXEL}"} in pictures
    assert {"alt": "far"} in pictures


def test_what_was_shown_is_shown():
    """Streams with their colours, pictures, tables, errors: each in the richest form that is safe."""
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "\x1b[31mred\x1b[0m <tag>"},
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": PIXEL, "text/plain": "<Figure>"}},
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {"image/png": "no base64 ''><b>", "text/plain": "plain"},
        },
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<table><tr><td>cell</td></tr></table>"}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[0;31mE\x1b[0m: v"]},
    ]
    page = feedback.page(graded(outputs), HEADING)
    for said in (
        '<span class="ansi-red-fg">red</span> &lt;tag&gt;',
        f"data:image/png;base64,{PIXEL}",
        "plain",
        "<td>cell</td>",
        '<span class="ansi-red-fg">E</span>: v',
    ):
        assert said in page, said
    assert "no base64" not in page


def test_a_page_stands_alone():
    """It loads nothing, forbids everything, and fits a phone."""
    page = feedback.page(graded(), HEADING)
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in page
    assert 'name="viewport" content="width=device-width' in page
    assert "http" not in page.replace("http-equiv", "")


def test_too_much_is_cut():
    """A loop that prints makes no page of megabytes."""
    outputs = [{"output_type": "stream", "name": "stdout", "text": "x" * 10**6}] * 200
    assert len(feedback.page(graded(outputs), HEADING)) < 12_000_000

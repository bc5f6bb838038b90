"""Every lesson runs, says what it says it says, and is built like the others."""

from __future__ import annotations

import re
import subprocess
import uuid
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import kin
import matplotlib.font_manager  # noqa: F401  builds matplotlib's list of fonts once, before a kernel has to say so
import nbformat
import pytest
from nbformat import NotebookNode

from autograder import notebook
from autograder.verify.lessons import executed as through_nbval

ROOT = Path(__file__).parents[1]
LESSONS = sorted((ROOT / "course" / "lessons").glob("*.ipynb"))
# The sections that every lesson has; the others teach, and belong to an objective each.
FRAME = ("Recall", "Key points", "Glossary", "The assignment")
TIME = re.compile(r"^\*Teaching: (\d+) min · Exercises: (\d+) min\*$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
# Folders of the machine on which a lesson happened to be executed.
PRIVATE = re.compile(r"(?<![\w:])/(?:home|root|work|tmp|Users|private|var/folders)/\S*")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b|(?<![\w:])/(?:root|work)/")

each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def executed(path: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """The notebook, run in one kernel by nbval, which compares every output with the stored one."""
    return through_nbval(path, ROOT / "tests" / "nbval.cfg", home)


def text(nb: NotebookNode) -> str:
    """The text of the lesson, without the code that it quotes."""
    cells = [cell.source for cell in nb.cells if cell.cell_type == "markdown"]
    return re.sub(r"```.*?```", "", "\n\n".join(cells), flags=re.DOTALL)


def code_cells(nb: NotebookNode) -> list[NotebookNode]:
    """The code of the lesson."""
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def headings(nb: NotebookNode, mark: str = "#+") -> list[str]:
    """The headings of the text."""
    return re.findall(rf"^{mark} (.+)$", text(nb), re.MULTILINE)


def anchor(heading: str) -> str:
    """What a link to `heading` looks like in JupyterLab and nbconvert."""
    return "#" + heading.replace(" ", "-")


def objectives(nb: NotebookNode) -> list[str]:
    """The lines of the list of objectives, each as one line."""
    found = re.search(r"\*\*Objectives\*\*\n\n(.*?)\n\n", nb.cells[0].source + "\n\n", re.DOTALL)
    return [" ".join(item.split()) for item in re.split(r"^- ", found[1], flags=re.MULTILINE)[1:]] if found else []


def solved(nb: NotebookNode) -> NotebookNode:
    """The lesson with each exercise solved as printed, and without outputs, so that nbval looks for errors alone.

    An exercise is a cell to complete, a cell that checks it, and the solution: a function, or the lines with blanks.
    """
    result = notebook.normal(nb)
    for exercise, check, answer in zip(result.cells, result.cells[1:], result.cells[2:], strict=False):
        if answer.source.startswith("<details><summary>Solution"):
            lines = re.search(r"```python\n(.*?)\n```", answer.source, re.DOTALL)[1].splitlines()
            if not lines[0].startswith("def "):
                blanks = exercise.source.splitlines()
                lines = [
                    line[: len(line) - len(line.lstrip())] + lines.pop(0) if "____" in line else line for line in blanks
                ]
            exercise.source = "\n".join(lines)
            check.metadata.pop("tags")
    return result


class _Figures(HTMLParser):
    """Collects what stands for each picture in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("img", "svg"):
            self.words.append(dict(attrs).get("alt" if tag == "img" else "aria-label") or "")


def figures(nb: NotebookNode) -> Iterator[tuple[str, str]]:
    """The place and the words of each picture, words empty where it has none."""
    for cell in nb.cells:
        parser = _Figures()
        if cell.cell_type == "markdown":
            yield from ((cell.id, words) for words in re.findall(r"!\[(.*?)\]\(", cell.source))
            parser.feed(cell.source)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            parser.feed(data.get("text/html", ""))
            if "text/html" not in data and any(kind.startswith("image/") for kind in data):
                yield cell.id, ""
        yield from ((cell.id, words) for words in parser.words)


def test_there_are_lessons():
    """A test of every lesson says nothing where there is none."""
    assert LESSONS


def test_a_changed_output_is_noticed(tmp_path):
    """The comparison sees a wrong number and wrong words of a picture; another drawing with the same words passes."""
    picture = '<img alt="{}" src="data:image/svg+xml,{}">'
    source = f"from IPython.display import HTML\nHTML('{picture.format('five rows', 'new')}')"
    plain = "<IPython.core.display.HTML object>"
    cells = [
        ("6 * 7", {"text/plain": "41"}),
        (source, {"text/plain": plain, "text/html": picture.format("five rows", "old")}),
        (source, {"text/plain": plain, "text/html": picture.format("four rows", "new")}),
    ]
    nb = nbformat.v4.new_notebook()
    for count, (code, data) in enumerate(cells, 1):
        output = nbformat.v4.new_output("execute_result", data, execution_count=count)
        nb.cells.append(nbformat.v4.new_code_cell(code, outputs=[output], execution_count=count))
    nbformat.write(nb, tmp_path / "changed.ipynb")
    said = executed(tmp_path / "changed.ipynb", tmp_path).stdout
    assert re.findall(r"^FAILED .*::(Cell \d+)", said, re.MULTILINE) == ["Cell 0", "Cell 2"], said


@each_lesson
def test_outputs_are_true(path, tmp_path, monkeypatch):
    """Run from the first cell to the last, a lesson prints what it says it prints; no process of it is left."""
    mark = uuid.uuid4().hex
    monkeypatch.setenv(kin.MARK, mark)
    run = executed(path, tmp_path)
    if run.returncode:
        pytest.fail(f"{path.name} does not print what it says it prints.\n{run.stdout}", pytrace=False)
    assert kin.left(mark) == []


@each_lesson
def test_solutions_solve(path, tmp_path):
    """With the printed solutions filled in, every check below an exercise holds."""
    nbformat.write(solved(notebook.read(path)), tmp_path / path.name)
    run = executed(tmp_path / path.name, tmp_path)
    if run.returncode:
        pytest.fail(f"a solution printed in {path.name} does not solve its exercise.\n{run.stdout}", pytrace=False)


@each_lesson
def test_execution_counts(path):
    """A lesson is stored as it was executed: from top to bottom, once, in a fresh kernel."""
    counts = [cell.execution_count for cell in code_cells(notebook.read(path))]
    assert list(range(1, len(counts) + 1)) == counts


@each_lesson
def test_normal_form(path):
    """A lesson is stored in normal form, outputs included."""
    assert notebook.text(notebook.normal(notebook.read(path), outputs=True)) == path.read_text(encoding="utf-8")


@each_lesson
def test_errors_are_planned(path):
    """A cell is tagged `raises-exception` if and only if it raises; and nothing is said on stderr."""
    for cell in code_cells(notebook.read(path)):
        kinds = {output.get("name", output.output_type) for output in cell.outputs}
        planned = "raises-exception" in cell.metadata.get("tags", [])
        assert (planned, False) == ("error" in kinds, "stderr" in kinds), f"{path.name}, {cell.id}: {cell.source}"


@each_lesson
def test_figures_have_words(path):
    """Every picture can be read by those who do not see it."""
    assert [place for place, words in figures(notebook.read(path)) if len(words.split()) < 3] == []


@each_lesson
def test_head(path):
    """A lesson begins with its title, its minutes, the questions that it answers and its objectives."""
    head = notebook.read(path).cells[0].source
    assert re.match(r"# \S", head), "the first line is the title"
    found = TIME.search(head)
    assert found, "there is a line like *Teaching: 55 min · Exercises: 35 min*"
    assert 75 <= int(found[1]) + int(found[2]) <= 180
    assert "**Questions**" in head


@each_lesson
def test_objectives_have_sections(path):
    """Every objective leads to a section, and every section that teaches serves an objective."""
    nb = notebook.read(path)
    goals = objectives(nb)
    assert goals, "the head has a list of **Objectives**"
    assert [goal for goal in goals if not LINK.search(goal)] == [], "each objective links its section"
    taught = [anchor(heading) for heading in headings(nb, "##") if heading not in FRAME]
    assert set(taught) == {link for goal in goals for link in LINK.findall(goal)}
    assert set(FRAME) <= set(headings(nb, "##"))


@each_lesson
def test_objectives_have_tasks(path):
    """Every objective names a task of the paired assignment, and the lesson names them all."""
    nb = notebook.read(path)
    assignment = notebook.read(ROOT / "source" / path.stem / path.name)
    tasks = {notebook.grade_id(cell) for cell in assignment.cells if notebook.role(cell) is notebook.Role.ANSWER}
    named = {goal: set(re.findall(r"`(\w+)`", goal.rpartition("task")[2])) for goal in objectives(nb)}
    assert [goal for goal, names in named.items() if not names or not names <= tasks] == []
    last = nb.cells[-1].source
    assert set() == {task for task in tasks if f"`{task}`" not in last}


@each_lesson
def test_predict_run_explain(path):
    """Every section that teaches asks at least once for a prediction, runs it, and explains."""
    sections: dict[str, str] = {}
    for cell in notebook.read(path).cells:
        found = headings(nbformat.v4.new_notebook(cells=[cell]), "##")
        current = found[-1] if found else next(reversed(sections), "")
        explains = cell.source.startswith("<details><summary>Why</summary>")
        step = "c" if cell.cell_type == "code" else "w" if explains else "p" if "**Predict.**" in cell.source else "-"
        sections[current] = sections.get(current, "") + step
    taught = {name: steps for name, steps in sections.items() if name and name not in FRAME}
    assert [name for name, steps in taught.items() if not re.search("pc+w", steps)] == []


@each_lesson
def test_cells_are_short(path):
    """One new idea a cell: at most nine lines of code."""
    assert [cell.id for cell in code_cells(notebook.read(path)) if len(cell.source.splitlines()) > 9] == []


@each_lesson
def test_links_resolve(path):
    """A link within the notebook or the repository leads somewhere."""
    nb = notebook.read(path)
    links = [link for link in LINK.findall(text(nb)) if not link.startswith("http")]
    places = {anchor(heading) for heading in headings(nb)}
    assert [link for link in links if link not in places and not (path.parent / unquote(link)).exists()] == []


@each_lesson
def test_nothing_private(path):
    """No folder of the machine on which it was made, and no unfinished business, is left in a lesson."""
    nb = notebook.read(path)
    assert [found for cell in nb.cells for found in UNFINISHED.findall(cell.source)] == []
    assert [found for cell in code_cells(nb) for found in PRIVATE.findall(str(cell.outputs))] == []

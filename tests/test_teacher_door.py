"""A teacher's way in a real browser: formgrader from generating to released feedback, and a task added by the panel."""

import re
from pathlib import Path

import pytest
import toy
from browser import SHOTS, TOKEN, chromium, serving, visit, walk
from browser import notebook as in_front
from classroom import Classroom, classroom
from playwright.sync_api import FrameLocator, Locator, expect
from test_student_door import COURSE, menu, save

from autograder import notebook
from autograder.cli import main
from autograder.verify import assignment, form

ANSWERS = {
    "double": "import os\nos._exit(0)",
    "longest": "def longest(words):\n    return max(words, key=len, default=None)",
    "essay": "Because somebody reads it.",
}
PROMPT = "## Triple\n\nWrite `triple`.\n\n<details><summary><strong>Hint</strong></summary>\n\nAdd.\n\n</details>"
TRIPLE = "def triple(x):\n    ### BEGIN SOLUTION\n    return 3 * x\n    ### END SOLUTION"
# What the panel calls a cell, its name, its points, its kind in the notebook, and its text.
CELLS = (
    ("readonly", "triple_prompt", "", "m", PROMPT),
    ("solution", "triple", "", "y", TRIPLE),
    ("tests", "triple_numbers", "2", "y", toy.hidden("assert triple(2) == 6", "assert triple(-1) == -3")),
)


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Classroom:
    """The toy assignment with an essay, which a person grades. Nothing of it is generated."""
    room = classroom(tmp_path_factory.mktemp("class"))
    essay = toy.prose("Say why.", "essay", grade=True, solution=True, points=4)
    (room.teacher / "source" / "toy").mkdir(parents=True)
    notebook.write(toy.book(*toy.source().cells, toy.prompt("essay_prompt", "Why?"), essay), source_of(room))
    return room


def source_of(room: Classroom) -> Path:
    """The teacher's notebook."""
    return room.teacher / "source" / "toy" / "toy.ipynb"


@pytest.fixture(scope="module")
def page(room, tmp_path_factory):
    """One page of one server for the whole way: a teacher's clone, opened as the README says."""
    home = tmp_path_factory.mktemp("home")
    with (
        serving([COURSE, "lab", "--teacher"], room.teacher, home, PYTHONPATH=str(room.teacher)) as address,
        chromium() as browser,
    ):
        yield visit(browser, f"{address}/?token={TOKEN}")


@pytest.fixture(scope="module")
def formgrader(page) -> FrameLocator:
    """Formgrader, opened from the menu once the first page, the manual, is in front."""
    expect(page.get_by_role("heading", name="If you are a teacher")).to_be_visible()
    menu(page, "Nbgrader", re.compile("^Formgrader$"))
    return page.frame_locator("#formgrader-iframe iframe")


def row(formgrader: FrameLocator, says: str) -> Locator:
    """A row of the table in front."""
    return formgrader.locator("#main-table tr", has_text=says)


def press(formgrader: FrameLocator, where: Locator, what: str) -> None:
    """Press a button of a row; it must say that it worked."""
    where.locator(f".{what} a").click()
    said = formgrader.locator("#success-modal, #error-modal")
    expect(said).to_contain_text("Success")
    said.get_by_role("button", name="Close").last.click()
    expect(said).to_have_count(0)


def test_an_assignment_is_generated_looked_at_and_released(page, formgrader, room):
    """The buttons of its row; the preview is the release's notebook, without solutions, in the list of files."""
    toys = row(formgrader, "toy")
    expect(toys).to_contain_text("draft")
    press(formgrader, toys, "assign")
    toys.locator(".preview a").click()
    expect(page.locator(".jp-DirListing-content")).to_contain_text("toy.ipynb")
    expect(page.locator(".jp-FileBrowser-crumbs, .jp-BreadCrumbs").first).to_contain_text("release")
    assert "return 2 * x" not in (room.teacher / "release" / "toy" / "toy.ipynb").read_text()
    press(formgrader, toys, "release")
    expect(toys).to_contain_text("released")
    page.screenshot(path=SHOTS / "formgrader.png")
    assert page.errors == []


def test_what_is_collected_is_graded_and_the_unknown_waits_for_a_person(page, formgrader, room):
    """Through the airlock: what ended its process is no zero and no error, but needs manual grading."""
    room.study("fetch_assignment", "toy")
    path = room.student / "toy" / "toy.ipynb"
    notebook.write(notebook.fill(notebook.read(path), ANSWERS), path)
    room.study("submit", "toy")
    press(formgrader, row(formgrader, "toy"), "collect")
    row(formgrader, "toy").locator(".num-submissions a").click()
    mine = row(formgrader, "needs autograding")
    expect(mine).to_have_count(1)
    press(formgrader, formgrader.locator("#main-table tr").first, "autograde")
    waits = row(formgrader, "needs manual grading")
    expect(waits).to_contain_text("6 / 13")
    page.screenshot(path=SHOTS / "waits.png")
    assert page.errors == []


def test_a_person_grades_what_waits(page, formgrader):
    """The essay by points and a comment, the unknown checks by a button; then nothing waits."""
    formgrader.get_by_role("link", name="Manual Grading").click()
    formgrader.locator("#main-table").get_by_role("link", name="toy").click()
    expect(formgrader.get_by_text("Needs Manual Grade?")).to_be_visible()
    formgrader.locator("#main-table").get_by_role("link", name="toy").click()
    formgrader.get_by_role("link", name="Submission #1").click()
    expect(formgrader.get_by_text("This is no verdict: a person will look at it.").first).to_be_visible()
    waiting = formgrader.locator("input.score.needs_manual_grade")
    expect(waiting).to_have_count(3)
    page.screenshot(path=SHOTS / "by-hand.png")
    formgrader.locator("#essay").fill("3")
    formgrader.locator("#essay").press("Tab")
    expect(waiting).to_have_count(2)
    comment = formgrader.locator("#essay-comment")
    comment.fill("Well *said*.")
    with page.expect_response(lambda answer: "/api/comment/" in answer.url and answer.request.method == "PUT"):
        comment.press("Tab")
    for check in ("double_numbers", "double_text"):
        cell = formgrader.locator(".nbgrader_cell", has=formgrader.locator(f"#{check}"))
        # By the keyboard: the page still moves what lies below a comment, and a click may fall beside the button.
        cell.get_by_role("button", name="No credit").press("Enter")
        expect(formgrader.locator(f"#{check}")).to_have_value("0")
    expect(waiting).to_have_count(0)
    formgrader.get_by_role("link", name="Manual Grading").click()
    expect(row(formgrader, "toy")).to_contain_text("9 / 13")
    # nbgrader's page draws formulas by a MathJax from the network. Without one they stay as they were typed.
    page.errors[:] = [said for said in page.errors if "MathJax" not in said and "net::ERR_NAME" not in said]
    assert page.errors == []


def test_feedback_is_generated_and_released_and_the_report_leads_to_it(page, formgrader, room, monkeypatch):
    """By the buttons; what the person gave and wrote is on the page, to which the report has a link."""
    formgrader.get_by_role("link", name="Manage Assignments").click()
    toys = row(formgrader, "toy")
    press(formgrader, toys, "generate-feedback")
    press(formgrader, toys, "release-feedback")
    assert len(list((room.exchange / "workflow" / "feedback").glob("*.html"))) == 1
    monkeypatch.chdir(room.teacher)
    assert main(["report", "toy", "--html", "report.html"]) == 0
    report = page.context.browser.new_page()
    report.goto((room.teacher / "report.html").as_uri())
    report.screenshot(path=SHOTS / "report.png", full_page=True)
    report.locator("a[href^='feedback/']").last.click()
    expect(report.get_by_text("Score: 9 / 13 points")).to_be_visible()
    expect(report.locator("em", has_text="said")).to_be_visible()
    report.screenshot(path=SHOTS / "given-by-hand.png", full_page=True)
    report.close()
    assert page.errors == []


def test_the_panel_shows_what_nbgrader_knows_and_a_task_added_there_has_the_right_form(
    page, formgrader, room, monkeypatch
):
    """Kinds, names and points of all cells; three cells more, named in the panel, are a task to `autograder verify`."""
    row(formgrader, "toy").locator(".name a").click()
    expect(page.locator(".jp-FileBrowser-crumbs, .jp-BreadCrumbs").first).to_contain_text("source")
    page.locator(".jp-DirListing-content").get_by_text("toy.ipynb").dblclick()
    expect(in_front(page).locator(".jp-Cell").first).to_be_visible()
    page.get_by_role("tab", name="Create Assignment").click()
    cards = page.locator(".nbgrader-CellWidget:visible")
    before = notebook.read(source_of(room)).cells
    expect(cards).to_have_count(len(before))
    shown = cards.evaluate_all(
        "all => all.map(card => [card.querySelector('.nbgrader-CellId input').value,"
        " card.querySelector('select').value, card.querySelector('.nbgrader-CellPoints input').value])"
    )
    assert shown == [
        [notebook.grade_id(cell), kind(cell), str(cell.metadata.nbgrader.get("points", 0))] for cell in before
    ]
    expect(page.locator(".nbgrader-TotalPointsInput")).to_have_value("13")
    page.screenshot(path=SHOTS / "panel.png")
    last = in_front(page).locator(".jp-Cell.jp-mod-active")
    last.press("Escape")
    walk(page, in_front(page).locator(f".jp-Cell.jp-mod-active[data-windowed-list-index='{len(before) - 1}']"))
    for number, (sort, name, points, key, text) in enumerate(CELLS, len(before)):
        page.keyboard.press("b")
        expect(cards).to_have_count(number + 1)
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        page.keyboard.insert_text(text)
        page.keyboard.press("Escape")
        card = cards.nth(number)
        card.locator("select").select_option(sort)
        card.locator(".nbgrader-CellId input").fill(name)
        card.locator(".nbgrader-CellId input").press("Tab")
        if points:
            card.locator(".nbgrader-CellPoints input").fill(points)
            card.locator(".nbgrader-CellPoints input").press("Tab")
        last.press("Escape")
    expect(page.locator(".nbgrader-TotalPointsInput")).to_have_value("15")
    page.screenshot(path=SHOTS / "task-added.png")
    save(page)
    monkeypatch.chdir(room.teacher)
    assert main(["new", "toy"]) == 0  # into normal form, as CONTRIBUTING says
    found = assignment.read(room.teacher, "toy")
    assert found.tasks["triple"] == assignment.Task("triple", ("triple",), ("triple_numbers",))
    problems = [*form.form(found), *form.tasks(found)]
    assert [problem for problem in problems if "triple" in str(problem)] == []
    assert [problem for problem in form.form(found) if "source" in str(problem)] == []
    assert page.errors == []


def kind(cell) -> str:
    """What the panel calls a cell."""
    marks = cell.metadata.nbgrader
    if marks.grade and marks.solution:
        return "manual"
    return "solution" if marks.solution else "tests" if marks.grade else "readonly"

"""A student's way in a real browser: `course lab`, a lesson that runs, an assignment from fetching to feedback."""

import re
import shutil
import sys
from pathlib import Path

import pytest
from browser import SHOTS, TOKEN, chromium, notebook, serious, serving, visit, walk
from classroom import Classroom, classroom
from playwright.sync_api import Locator, Page, expect

from autograder.notebook import read

ROOT = Path(__file__).parents[1]
MINE = "04_sql/04_sql.ipynb"
LESSON = "course/lessons/04_sql.ipynb"
COURSE = Path(sys.executable).with_name("course")
RIGHT = """def people(conn):
    return conn.execute("select ident, personal, family from Person order by family, personal").fetchall()"""
WRONG = """def outliers(conn):
    return conn.execute("select taken, reading from Survey where quant = 'sal' and reading > 30").fetchall()"""


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Classroom:
    """The assignment of the SQL lesson is released to the student's class."""
    room = classroom(tmp_path_factory.mktemp("class"))
    shutil.copytree(ROOT / "source" / "04_sql", room.teacher / "source" / "04_sql")
    room.teach("generate_assignment", "04_sql")
    room.teach("release_assignment", "04_sql")
    return room


@pytest.fixture(scope="module")
def page(room, tmp_path_factory):
    """One page of one server for the whole way: a student's copy of the course, opened as the README says."""
    home = tmp_path_factory.mktemp("home")
    with (
        serving([COURSE, "lab"], room.student, home, PYTHONPATH=str(room.student)) as address,
        chromium() as browser,
    ):
        yield visit(browser, f"{address}/?token={TOKEN}")


def menu(page: Page, name: str, item: str | re.Pattern) -> None:
    """Choose an item of a menu at the top."""
    page.get_by_role("menuitem", name=name, exact=True).click()
    page.locator(".lm-Menu").get_by_role("menuitem", name=item).first.click()


def in_front(page: Page, path: str) -> None:
    """Wait until this file is the one in front, and nothing stands before it."""
    current = page.locator("#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current")
    expect(current).to_have_attribute("title", re.compile(f"Path: {path}"))
    expect(notebook(page).locator(".jp-Cell").first).to_be_visible()
    expect(page.locator(".jp-Dialog")).to_have_count(0)


def save(page: Page) -> None:
    """Save what is in front, by the keyboard, and wait until it is on disk."""
    page.keyboard.press("Control+s")
    current = page.locator("#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current")
    expect(current).not_to_have_class(re.compile("jp-mod-dirty"))


def write(page: Page, begins: str, answer: str) -> None:
    """Put an answer into the cell that begins so, as one who types does."""
    cell = notebook(page).locator(".jp-CodeCell", has=page.locator(".cm-line", has_text=begins)).first
    walk(page, cell)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(answer)
    page.keyboard.press("Escape")


def validated(page: Page, shot: str) -> str:
    """Press *Validate*, and return what it says."""
    notebook(page).get_by_role("button", name="Validate").click()
    said = page.locator(".jp-Dialog")
    expect(said).to_contain_text("Validation Results")
    page.screenshot(path=SHOTS / shot)
    text = said.inner_text()
    page.keyboard.press("Escape")
    expect(said).to_have_count(0)
    return text


def assignments(page: Page) -> Locator:
    """The list of assignments, in front."""
    menu(page, "Nbgrader", "Assignment List")
    return page.locator("#nbgrader-assignment-list")


def figures(cell) -> list[str]:
    """What the pictures below a cell show, in words."""
    pages = [output.get("data", {}).get("text/html", "") for output in cell.outputs]
    return [found for page in pages for found in re.findall('<img alt="([^"]*)"', page)]


def fails(cell) -> list[str]:
    """The errors below a cell."""
    return [output.ename for output in cell.outputs if output.output_type == "error"]


def test_the_first_page_says_what_to_do_and_leads_to_a_lesson(page):
    """By a click: the start page, then the lesson; nothing stands in front of them."""
    expect(page.get_by_role("heading", name="Start here")).to_be_visible()
    page.screenshot(path=SHOTS / "start.png")
    assert serious(page, ".jp-RenderedMarkdown") == []
    page.get_by_role("link", name="SQL", exact=True).click()
    in_front(page, "course/lessons/04_sql.ipynb")
    page.screenshot(path=SHOTS / "lesson.png")


def test_the_teachers_panels_are_not_in_a_students_way(page):
    """The menu offers the list of assignments, and nothing that leads nowhere."""
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    offered = page.locator(".lm-Menu .lm-Menu-itemLabel").all_inner_texts()
    page.screenshot(path=SHOTS / "menu.png")
    page.keyboard.press("Escape")
    assert [name for name in offered if name] == ["Assignment List"]


def test_a_lesson_runs_from_top_to_bottom_and_draws_its_figures(page, room):
    """Stored outputs are cleared and all cells run: each has its number, its figures, and no error but those shown."""
    book = notebook(page)
    menu(page, "Edit", "Clear Outputs of All Cells")
    expect(book.locator(".jp-OutputArea-output")).to_have_count(0)
    menu(page, "Run", "Run All Cells")
    expect(book.locator(".jp-CodeCell").last.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]"))
    figure = book.locator(".jp-OutputArea-output img[alt^='4 tables']")
    book.locator(".jp-Cell").last.press("Escape")
    page.keyboard.press("Control+Home")
    walk(page, figure)
    figure.scroll_into_view_if_needed()
    assert figure.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 100
    page.screenshot(path=SHOTS / "ran.png")
    save(page)
    cells = [cell for cell in read(room.student / LESSON).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert [(figures(cell), fails(cell)) for cell in cells] == [
        (figures(cell), fails(cell)) for cell in read(ROOT / LESSON).cells if cell.cell_type == "code"
    ]
    assert page.errors == []


def test_the_link_at_the_end_of_a_lesson_opens_its_assignment(page):
    """The lesson's own link, clicked: the notebook that opens is the assignment's."""
    notebook(page).locator(".jp-Cell").last.press("Escape")
    page.keyboard.press("Control+End")
    link = notebook(page).locator(
        "a[href*='release/04_sql/04_sql.ipynb'], a[data-commandlinker-args*='release/04_sql']"
    )
    walk(page, link)
    link.first.click()
    in_front(page, "release/04_sql/04_sql.ipynb")
    assert page.errors == []


def test_an_assignment_is_fetched_and_opened(page, room):
    """Fetch, a click on its name, a click on its notebook; it lies beside the start page."""
    listed = assignments(page)
    listed.locator("#released_assignments_list").get_by_role("button", name="Fetch").click()
    fetched = listed.locator("#fetched_assignments_list")
    fetched.get_by_role("button", name="04_sql").click()
    page.screenshot(path=SHOTS / "fetched.png")
    fetched.locator(".nested_list_item").get_by_role("link", name="04_sql").click()
    in_front(page, MINE)
    assert (room.student / MINE).is_file()
    assert page.errors == []


def test_validate_says_which_visible_checks_fail_and_why(page):
    """One task answered rightly and one wrongly: the wrong one's check and message, and nothing of the right one."""
    write(page, "def people(conn):", RIGHT)
    write(page, "def outliers(conn):", WRONG)
    save(page)
    text = validated(page, "validated.png")
    assert (
        "outliers(conn) does not return what it should: (837, 22.5) is missing." in text
        and "calling(people" not in text
    )
    assert page.errors == []


def test_what_is_submitted_comes_back_with_its_feedback(page, room):
    """Submit; asked for too early, a sentence; released, the page of feedback, opened by clicks."""
    listed = assignments(page)
    listed.locator("#fetched_assignments_list").get_by_role("button", name="Submit").click()
    submitted = listed.locator("#submitted_assignments_list")
    submitted.get_by_role("button", name="Fetch Feedback").click()
    expect(submitted.get_by_role("button", name="Fetch Feedback")).to_be_enabled()
    expect(submitted).to_contain_text("no feedback yet: your teacher has not released it")
    page.screenshot(path=SHOTS / "too-early.png")
    for word in ("collect", "autograde", "generate_feedback", "release_feedback"):
        room.teach(word, "04_sql")
    listed.get_by_title("Refresh assignments list").click()
    expect(submitted).to_contain_text("(feedback available to fetch)")
    submitted.get_by_role("button", name="Fetch Feedback").click()
    submitted.get_by_text("(view feedback)").click()
    page.locator(".jp-DirListing-content").get_by_text("04_sql.html").dblclick()
    feedback = page.frame_locator(".jp-HTMLViewer iframe, iframe.jp-HTMLViewer")
    expect(feedback.get_by_text("Score: 4 / 40 points")).to_be_visible()
    expect(feedback.locator("li", has_text="outliers_survey").last).to_contain_text("does not return what it should")
    page.screenshot(path=SHOTS / "feedback.png")
    assert page.errors == []


def test_a_kernel_that_is_killed_while_validating_is_told_in_a_sentence(page, room):
    """The line that it died at, and what to do; the notebook is what it was."""
    page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text="04_sql.ipynb").last.click()
    in_front(page, MINE)
    notebook(page).locator(".jp-Cell.jp-mod-active").press("Escape")
    page.keyboard.press("Control+Home")
    write(page, "def people(conn):", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    save(page)
    before = (room.student / MINE).read_bytes()
    text = validated(page, "killed.png")
    assert "The kernel died while the cell that begins with 'import os, signal' ran" in text
    assert "Run the cells one by one" in text and "Traceback" not in text
    assert (room.student / MINE).read_bytes() == before


def test_a_notebook_that_is_open_twice_is_not_overwritten_in_silence(page, room):
    """Who saves second is asked, and may keep what the other has saved."""
    address = f"{page.url.partition('/lab')[0]}/lab/workspaces/other/tree/{MINE}?token={TOKEN}"
    other = visit(page.context.browser, address)
    in_front(other, MINE)
    write(other, "import os, signal", "the_others = 1")
    save(other)
    other.close()
    write(page, "import os, signal", "mine = 1")
    page.keyboard.press("Control+s")
    asked = page.locator(".jp-Dialog")
    expect(asked).to_contain_text("has changed on disk")
    page.screenshot(path=SHOTS / "twice.png")
    asked.get_by_role("button", name="Revert").click()
    expect(notebook(page).locator(".cm-line", has_text="the_others = 1")).to_be_visible()
    assert "the_others = 1" in (room.student / MINE).read_text()

"""A student's first minutes in a real browser: `course lab`, the start page, a lesson that runs, the way on."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from browser import chromium
from playwright.sync_api import expect

ROOT = Path(__file__).parents[1]
SHOTS = ROOT / "build" / "screenshots"
TOKEN = "for-this-test"
START_SECONDS = 120
SLOW = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where `course lab` answers, with settings of nobody's."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["lab", "--no-browser", "--allow-root", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
    folders = {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "settings"),
        "JUPYTER_RUNTIME_DIR": str(home / "run"),
    }
    log = home / "log"
    with (
        log.open("w") as said,
        subprocess.Popen(
            [Path(sys.executable).with_name("course"), *words], env=os.environ | folders, stdout=said, stderr=said
        ) as server,
    ):
        try:
            end = time.monotonic() + START_SECONDS
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={TOKEN}", timeout=10).close()
                    break
                except urllib.error.URLError:
                    assert server.poll() is None and time.monotonic() < end, log.read_text()
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def page(address):
    """One page for the whole way; what its console calls an error is kept in `page.errors`."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.errors = []
        page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.set_default_timeout(SLOW)
        page.goto(f"{address}/?token={TOKEN}")
        yield page


def test_the_first_page_says_what_to_do_and_leads_to_a_lesson(page):
    """By a click: the start page, then the lesson; nothing stands in front of them."""
    expect(page.get_by_role("heading", name="Start here")).to_be_visible(timeout=SLOW)
    page.screenshot(path=SHOTS / "start.png")
    page.get_by_role("link", name="SQL", exact=True).click()
    expect(page.locator(".jp-NotebookPanel:visible .jp-Notebook")).to_be_visible(timeout=SLOW)
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    page.screenshot(path=SHOTS / "lesson.png")


def test_the_teachers_panels_are_not_in_a_students_way(page):
    """The menu offers the list of assignments, and nothing that leads nowhere."""
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    offered = page.locator(".lm-Menu .lm-Menu-itemLabel").all_inner_texts()
    page.screenshot(path=SHOTS / "menu.png")
    page.keyboard.press("Escape")
    assert [name for name in offered if name] == ["Assignment List"]


def test_a_cell_runs_and_the_console_is_silent(page):
    """A kernel is there: what a new first cell asks it to compute, and no stored output holds, appears below it."""
    book = page.locator(".jp-NotebookPanel:visible")
    book.locator(".jp-CodeCell").first.locator(".jp-InputPrompt").click()
    page.keyboard.press("a")  # a cell above
    page.keyboard.press("Enter")
    page.keyboard.type("print(6 * 7 * 1001)")
    page.keyboard.press("Shift+Enter")
    expect(book.locator(".jp-CodeCell").first.locator(".jp-OutputArea-output")).to_have_text("42042", timeout=SLOW)
    page.screenshot(path=SHOTS / "ran.png")
    assert page.errors == []


def test_the_link_at_the_end_of_a_lesson_opens_its_assignment(page):
    """The lesson's own link, clicked: the notebook that opens is the assignment's."""
    book = page.locator(".jp-NotebookPanel:visible")
    book.locator(".jp-Notebook").first.press("Escape")
    link = book.locator("a[href*='release/04_sql/04_sql.ipynb'], a[data-commandlinker-args*='release/04_sql']").first
    for _ in range(60):  # JupyterLab renders what is near
        if link.count():
            break
        book.locator(".jp-WindowedPanel-outer").evaluate("panel => panel.scrollBy(0, 4000)")
        page.wait_for_timeout(100)
    link.click()
    current = page.locator("#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current")
    expect(current).to_have_attribute("title", re.compile("Path: release/04_sql/04_sql.ipynb"), timeout=SLOW)
    expect(page.locator(".jp-NotebookPanel:visible .jp-Cell").first).to_be_visible(timeout=SLOW)
    page.screenshot(path=SHOTS / "assignment.png")
    assert page.errors == []

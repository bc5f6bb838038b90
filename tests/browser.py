"""A real Chromium for tests, headless, with nothing of anybody's profile; and a Jupyter server for it to open."""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

# Kept, and not committed: whoever changes what people see looks at them.
SHOTS = Path(__file__).parents[1] / "build" / "screenshots"
TOKEN = "for-this-test"
START_SECONDS = 120
SLOW = 120_000  # milliseconds, on a machine that does much else

# Without a sandbox of its own where root runs it; and without what looks for a network that is not there.
WORDS = (
    *("--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-gpu"),
)


def program() -> str:
    """Where Chromium is. An error says how to get it."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "there is no Chromium here. Debian, Ubuntu: sudo apt-get install chromium; or: ./setup.sh dev"
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, closed at the end."""
    words = [*WORDS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=words)
        yield browser
        browser.close()


def visit(browser: Browser, address: str) -> Page:
    """A page at this address. What its console calls an error, it keeps in `page.errors`."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.errors = []
    page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.set_default_timeout(SLOW)
    expect.set_options(timeout=SLOW)
    page.goto(address)
    return page


@contextmanager
def serving(words: Sequence[str | Path], folder: Path, home: Path, **variables: str) -> Iterator[str]:
    """Where the Jupyter server answers that `words` start in `folder`, for somebody whose home, empty at first, is
    `home`. Ended at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [*words, "--no-browser", "--allow-root", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
    mine = {"HOME": home, "JUPYTER_CONFIG_DIR": home / "settings", "JUPYTER_RUNTIME_DIR": home / "run"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "PYTEST"))}
    environment = kept | {name: str(place) for name, place in mine.items()} | variables
    home.mkdir(parents=True, exist_ok=True)
    log = home / "log"
    with (
        log.open("w") as said,
        subprocess.Popen(words, cwd=folder, env=environment, stdout=said, stderr=said) as server,
    ):
        try:
            end = time.monotonic() + START_SECONDS
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={TOKEN}", timeout=10).close()
                    break
                except (urllib.error.URLError, TimeoutError):
                    assert server.poll() is None and time.monotonic() < end, log.read_text()
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def serious(page: Page, within: str | None = None) -> list[tuple[str, str, str]]:
    """What axe-core finds on a page, or in a part of it, that keeps somebody from reading: rule, place, why."""
    return [
        (rule["id"], node["html"][:120], node["failureSummary"][:300])
        for rule in Axe().run(page, context=within).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def notebook(page: Page) -> Locator:
    """The notebook in front."""
    return page.locator(".jp-NotebookPanel:visible")


def walk(page: Page, goal: Locator) -> None:
    """Go down the notebook in front, cell by cell and by the keyboard alone, until `goal`, somewhere in a cell, is
    there. JupyterLab renders what is near."""
    book = notebook(page)
    last = book.locator(".jp-Cell.jp-mod-active")
    while not goal.count():
        place = int(last.get_attribute("data-windowed-list-index"))
        page.keyboard.press("ArrowDown")
        expect(last).not_to_have_attribute("data-windowed-list-index", str(place))

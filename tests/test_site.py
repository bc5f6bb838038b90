"""The site is whole without a network: every link leads somewhere, and everybody can read it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import chromium
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
LESSONS = sorted((ROOT / "course" / "lessons").glob("*.ipynb"))
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site, built where nothing else is. A warning of the builder is an error."""
    folder = tmp_path_factory.mktemp("site")
    words = ["-q", "-E", "-W", "--keep-going", "-d", str(folder / "read"), str(ROOT / "docs"), str(folder / "pages")]
    done = subprocess.run([sys.executable, "-m", "sphinx", *words], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "pages"


@pytest.fixture(scope="module")
def browser():
    """One browser for all pages."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(site) -> dict[Path, BeautifulSoup]:
    """Every page, parsed."""
    return {path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in site.rglob("*.html")}


def targets(page: BeautifulSoup) -> list[str]:
    """All that a page links to or loads."""
    found = [(tag, name) for tag, name in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"))]
    return [node[name] for tag, name in found for node in page.find_all(tag) if node.get(name)]


def test_every_link_and_anchor_leads_somewhere(site, pages):
    """Within the site, to pages, files and places in pages."""
    anchors = {path: {node["id"] for node in page.find_all(id=True)} for path, page in pages.items()}
    lost = []
    for path, page in pages.items():
        for target in targets(page):
            parts = urlsplit(target)
            if parts.scheme in ("http", "https", "data", "mailto"):
                continue
            goal = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not goal.is_file() or (
                parts.fragment and goal in anchors and unquote(parts.fragment) not in anchors[goal]
            ):
                lost.append((path.name, target))
    assert lost == []


def test_nothing_is_loaded_from_the_network(pages):
    """Scripts, styles, fonts and pictures lie beside the pages."""
    loaded = [
        (path.name, node.get("src") or node.get("href"))
        for path, page in pages.items()
        for node in page.find_all(["script", "img", "link", "iframe"])
        if urlsplit(node.get("src") or node.get("href") or "").scheme in ("http", "https")
    ]
    assert loaded == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_has_its_page_and_can_be_downloaded(site, pages, lesson):
    """With its title, its outcomes and its time, and every picture told in words; the file is the lesson itself."""
    path = site / "lessons" / f"{lesson.stem}.html"
    page, book = pages[path], json.loads(lesson.read_text(encoding="utf-8"))
    head = "".join(book["cells"][0]["source"]).splitlines()
    assert page.h1.get_text().removesuffix("¶") == head[0].removeprefix("# ")
    text = page.get_text()
    assert "Objectives" in text and "Teaching:" in text and "Exercises:" in text
    (offered,) = [node["href"] for node in page.select("p.notebook a[download]")]
    assert (path.parent / offered).resolve().read_bytes() == lesson.read_bytes()
    assert [node for node in page.select(".cell_output img") if not node.get("alt")] == []


def test_every_lesson_is_found_from_the_first_page(site, pages):
    """In their order."""
    links = [node["href"] for node in pages[site / "index.html"].select("article a[href^='lessons/']")]
    assert links == [f"lessons/{lesson.stem}.html" for lesson in LESSONS]


@pytest.mark.parametrize(
    "name", ["index", "readme", "contributing", "commands", *(f"lessons/{p.stem}" for p in LESSONS)]
)
def test_a_page_can_be_read_by_everybody(site, browser, name):
    """In light and in dark: no serious finding of axe-core, no error in the console; a phone shows it, pictures too."""
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport=DESK, color_scheme=scheme)
        page, errors = context.new_page(), []
        page.on("console", lambda said, errors=errors: errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
        page.goto((site / f"{name}.html").as_uri())
        assert errors == []
        found = Axe().run(page).response["violations"]
        serious = [
            (rule["id"], node["html"][:120], node["failureSummary"][:200])
            for rule in found
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]
        ]
        assert (scheme, serious) == (scheme, [])
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        # Of three quarters of its size, and no less, a picture can still be read.
        small = page.evaluate(
            """() => [...document.querySelectorAll('.cell_output img')]
                .filter(image => image.getBoundingClientRect().width < 0.74 * image.naturalWidth)
                .map(image => image.alt.slice(0, 60))"""
        )
        assert small == []
        context.close()


def test_search_finds_a_lesson_without_a_server(site, browser):
    """From a folder, by the keyboard alone."""
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.get_by_placeholder("Search").focus()
    page.keyboard.type("cursor")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a")
    assert "lessons/04_sql.html" in "".join(
        link.get_attribute("href") for link in page.locator("#search-results a").all()
    )


def test_a_broken_link_breaks_the_site(tmp_path):
    """The builder says where, and ends with an error."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs", symlinks=True, ignore=shutil.ignore_patterns("lessons"))
    (tmp_path / "docs" / "lessons").mkdir()
    for name in ("README.md", "CONTRIBUTING.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, tmp_path)
    lesson = json.loads(LESSONS[0].read_text())
    lesson["cells"][0]["source"] = "# A lesson\n\n[nowhere](#No-such-section)"
    (tmp_path / "docs" / "lessons" / "01_a.ipynb").write_text(json.dumps(lesson))
    words = ["-q", "-W", "--keep-going", str(tmp_path / "docs"), str(tmp_path / "pages")]
    done = subprocess.run([sys.executable, "-m", "sphinx", *words], capture_output=True, text=True)
    assert done.returncode == 1
    assert "01_a" in done.stderr and "No-such-section" in done.stderr

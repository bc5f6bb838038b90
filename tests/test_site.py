"""The site is whole without a network: every link leads somewhere, and everybody can read it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import SHOTS, chromium
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
LESSONS = sorted((ROOT / "course" / "lessons").glob("*.ipynb"))
PHONE = {"width": 360, "height": 740}
PAPER = {"width": 718, "height": 1017}  # A4 without its margins, at 96 dots an inch
READABLE = 560  # pixels of a picture that is drawn 826 wide: its letters are then as large as a footnote's
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
    SHOTS.mkdir(parents=True, exist_ok=True)
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
    "name", ["index", "readme", "contributing", "commands", "first_minutes", *(f"lessons/{p.stem}" for p in LESSONS)]
)
def test_a_page_can_be_read_by_everybody(site, browser, name):
    """In light and in dark: no serious finding of axe-core, no error in the console, and it fits a phone."""
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
        context.close()


@pytest.fixture
def lesson(site, browser):
    """A page of a lesson, on a phone."""
    page = browser.new_page(viewport=PHONE)
    page.goto((site / "lessons" / "04_sql.html").as_uri())
    yield page
    page.close()


def test_a_phone_shows_pictures_in_a_size_to_read_and_sentences_whole(lesson):
    """What is wide scrolls in its own box, which the keyboard reaches; what an error says is not cut."""
    lesson.screenshot(path=SHOTS / "site-phone.png", full_page=True)
    shown = lesson.locator(".cell_output img").evaluate_all(
        """all => all.map(picture => {
            const box = picture.closest(".cell_output")
            return [picture.naturalWidth, Math.ceil(picture.getBoundingClientRect().width),
                box.scrollWidth <= box.clientWidth || box.tabIndex === 0]
        })"""
    )
    assert len(shown) > 5
    assert [picture for picture in shown if picture[1] < min(picture[0], READABLE) or not picture[2]] == []
    errors = lesson.locator(".traceback pre").evaluate_all("all => all.map(e => e.scrollWidth - e.clientWidth)")
    assert errors and max(errors) == 0


@pytest.mark.parametrize(
    "name", ["readme", "contributing", "servers", "first_minutes", *(f"lessons/{p.stem}" for p in LESSONS)]
)
def test_paper_holds_all_of_a_page(site, browser, name):
    """Black on white whatever the screen was; no code, table or picture is cut at the right, and nothing is folded."""
    page = browser.new_page(viewport=PAPER, color_scheme="dark")
    page.goto((site / f"{name}.html").as_uri())
    page.emulate_media(media="print")
    cut = (
        page.locator("article")
        .locator("pre, table, img, p, .cell_output")
        .evaluate_all(
            """all => all.filter(part => part.clientWidth)
            .filter(part => part.getBoundingClientRect().right > innerWidth || part.scrollWidth > part.clientWidth + 1)
            .map(part => part.outerHTML.slice(0, 100))"""
        )
    )
    assert cut == []
    folded = page.locator("article details > :not(summary)").evaluate_all(
        "all => all.filter(part => !part.checkVisibility({contentVisibilityAuto: true})).length"
    )
    assert folded == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    if name == "lessons/04_sql":
        page.pdf(path=SHOTS / "site.pdf", format="A4")
    page.close()


@pytest.mark.parametrize(
    ("drawer", "icon"), [(".sidebar-drawer", ".nav-overlay-icon"), (".toc-drawer", ".toc-header-icon")]
)
def test_the_keyboard_opens_what_a_phone_folds_away(lesson, drawer, icon):
    """Tab comes to the icon and to nothing that cannot be seen; Enter opens, Escape closes."""
    inside = lesson.locator(f"{drawer} a:visible")
    assert inside.count() == 0
    while not lesson.locator(icon).evaluate("icon => icon === document.activeElement"):
        lesson.keyboard.press("Tab")
        at = lesson.evaluate(
            "[document.activeElement.tagName, document.activeElement.checkVisibility({visibilityProperty: true})]"
        )
        assert at[0] != "BODY" and at[1]
    lesson.keyboard.press("Enter")
    inside.first.wait_for()
    lesson.keyboard.press("Escape")
    inside.first.wait_for(state="hidden")


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

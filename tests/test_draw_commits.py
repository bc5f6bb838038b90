"""The picture of a graph says what git says: which commit comes after which, which names lead where, where HEAD was."""

import re
from xml.etree import ElementTree

import pytest

from course import draw, practice, reflog
from course.forty import forty
from course.git import git
from course.history import FIRST, FIXED, History
from course.repository import read


def past() -> History:
    """Two commits on main, one on a side, a merge; a tag, an annotated one, a branch of a remote."""
    history = History()
    first = history.commit("Add fibo", {"fibo.py": FIRST})
    fixed = history.commit("Mend fibo", {"fibo.py": FIXED})
    side = history.commit("Take notes", {"fibo.py": FIRST, "notes": "0?\n"}, parents=[first])
    history.branch("side", side)
    history.commit("Merge", {"fibo.py": FIXED, "notes": "0?\n"}, parents=[fixed, side])
    history.tag("light", first)
    history.tag("heavy", fixed, "a tag with a message")
    history.remote("origin/main", fixed)
    return history


def test_a_picture_is_a_drawing_with_words():
    """A well-formed drawing, the same for the same state; the repository stays as it is."""
    repo = past().write()
    before = read(repo)
    picture = draw.commits(repo)
    assert ElementTree.fromstring(picture.svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert picture == draw.commits(before)
    assert read(repo) == before


def test_the_words_are_those_of_git():
    """Each commit with the names that git decorates it with, after its parents, the newest first."""
    repo = past().write()
    lines = git(repo, "log", "--all", "--topo-order", "--format=%h|%s|%p|%D").splitlines()
    told = draw.commits(repo).alt.partition("from top to bottom: ")[2].removesuffix(".").split("; ")
    for line, words in zip(lines, told, strict=True):
        id, subject, parents, names = line.split("|")
        wanted = {name.removeprefix("tag: ").replace("->", "→") for name in names.split(", ") if name}
        found = re.fullmatch(rf"{id} '{subject}'(?: with (.*?))?, (?:after (.*)|the first)", words)
        assert found, words
        assert set(re.split(", | and ", found[1] or "")) - {""} == wanted
        assert re.split(", | and ", found[2] or "") == (parents.split() or [""])


def test_head_is_where_it_is():
    """On another branch, and detached; and a stash has its name."""
    repo = past().write()
    (repo / "fibo.py").write_text("changed")
    git(repo, "stash")
    git(repo, "switch", "-q", "side")
    assert "'Take notes' with HEAD → side, after" in draw.commits(repo).alt
    git(repo, "checkout", "-q", "--detach")
    alt = draw.commits(repo).alt
    assert "'Take notes' with HEAD and side, after" in alt
    assert "'Merge' with main, after" in alt
    assert re.search(r"'WIP on main: [^']*' with stash, after", alt)


def test_repositories_stand_side_by_side():
    """Each under its title, as wide as both; one without a commit says so."""
    one, other = past().write(), History().write(on="trunk", bare=True)
    picture = draw.commits(one, other, titles=("mine", "the site"))
    assert picture.alt == (
        f"mine: {draw.commits(one).alt} the site: A repository without a commit, HEAD on the branch trunk."
    )
    assert width(picture) == pytest.approx(width(draw.commits(one)) + width(draw.commits(other)))


def test_marks_stand_beside_their_commits():
    """In words too."""
    repo = past().write()
    tip = read(repo).tip
    assert f"{tip[:7]} 'Merge' with HEAD → main, bad, after" in draw.commits(repo, marks={tip: "bad"}).alt


def test_a_trail_goes_where_head_went():
    """The names that it writes beside the commits are those that git knows; each step is an arrow."""
    repo, lucas, main = practice.lost_commits()
    steps = [step.to for step in reflog.read(repo)]
    picture = draw.commits(repo, lost=True, trail=steps)
    assert f"{main[:7]} 'Let fibo(0) be 0', HEAD@{{1}}, which nothing leads to" in picture.alt
    assert f"{lucas[:7]} 'Write lucas', HEAD@{{3}}, which nothing leads to" in picture.alt
    assert (git(repo, "rev-parse", "HEAD@{1}"), git(repo, "rev-parse", "HEAD@{3}")) == (main, lucas)
    begin = read(repo).tip
    assert f"{begin[:7]} 'Add fibo' with HEAD → main, HEAD@{{0}} @{{2}} @{{5}} @{{6}}, the first" in picture.alt
    assert picture.alt.endswith(f"HEAD went from {', then '.join(id[:7] for id in steps)}.")
    # Six steps, and one of them leads from a commit to itself. An arrow is a line and a head.
    assert dotted(picture) == dotted(draw.commits(repo, lost=True)) + 5


def test_a_trail_ends_where_the_picture_does():
    """Steps to commits that are not drawn, and marks beside those of the trail."""
    repo, _, main = practice.lost_commits()
    begin = read(repo).tip
    picture = draw.commits(repo, trail=[main, begin], marks={begin: "here"})
    assert "'Add fibo' with HEAD → main, HEAD@{0}, here, the first" in picture.alt
    assert dotted(picture) == 0


def test_forty_commits_fit_on_a_page():
    """Each has a row of its own, high enough for its letters; the picture is narrower than the page."""
    made = forty("the lesson of git", merges=True)
    picture = draw.commits(made.history.write(), marks={made.culprit: "bad"})
    assert picture.alt.startswith("A graph of 40 commits, from top to bottom: ")
    assert width(picture) < 8.6 * 72
    assert height(picture) / 40 > 8 * 1.5  # points


def test_older_commits_are_counted():
    """Those that are not drawn."""
    history = History()
    for number in range(61):
        history.commit(f"{number}", {"n": f"{number}"})
    alt = draw.commits(history.write()).alt
    assert alt.startswith("A graph of 61 commits, from top to bottom: ")
    assert alt.endswith("; 1 older commit.")


def test_any_subject_can_be_drawn():
    """Mathematics, mark-up, other scripts, and very long ones."""
    history = History()
    for subject in ("$x^2$", "<b>&amp;</b>", "数 ёÅ", "x" * 300, ""):
        history.commit(subject, {"n": subject})
    picture = draw.commits(history.write())
    ElementTree.fromstring(picture.svg)
    assert width(picture) < 8.6 * 72
    assert all(repr(subject) in picture.alt for subject in ("$x^2$", "<b>&amp;</b>", "数 ёÅ"))


def width(picture: draw.Picture) -> float:
    """In points."""
    return float(ElementTree.fromstring(picture.svg).get("width").removesuffix("pt"))


def height(picture: draw.Picture) -> float:
    """In points."""
    return float(ElementTree.fromstring(picture.svg).get("height").removesuffix("pt"))


def dotted(picture: draw.Picture) -> int:
    """How many dotted curves there are in the colour of a trail."""
    return len(
        re.findall(
            r'<path d="[^"]*Q[^"]*"[^>]*style="[^"]*stroke-dasharray[^"]*#0072b2|'
            r'<path d="[^"]*Q[^"]*"[^>]*style="[^"]*#0072b2[^"]*stroke-dasharray',
            picture.svg,
        )
    )

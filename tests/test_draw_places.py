"""The picture of the three places says of each file what `git status` says, that of effects what a command changed."""

import shutil
from xml.etree import ElementTree

import pytest

from course import draw
from course.git import git
from course.history import FIRST, FIXED, History, blob, put
from course.repository import read

# What the picture says of a file → the two letters of `git status --short --ignored` (nothing where there are none).
LETTERS = {
    "unchanged": "",
    "untracked": "??",
    "ignored": "!!",
    "staged: new": "A ",
    "staged: changed": "M ",
    "staged: deleted": "D ",
    "not staged: changed": " M",
    "not staged: deleted": " D",
    "staged: new, not staged: changed": "AM",
    "staged: changed, not staged: changed": "MM",
    "staged: changed, not staged: deleted": "MD",
}


def every_state():
    """A repository with a file in each state."""
    past = History()
    tracked = ("same", "staged", "gone", "changed", "away", "both", "half", "kept")
    past.commit("Begin", {".gitignore": "*.db\n"} | dict.fromkeys(tracked, "1\n"))
    staged = {".gitignore": "*.db\n", "same": "1\n", "staged": "2\n", "changed": "1\n", "away": "1\n", "both": "2\n"}
    staged |= {"half": "2\n", "new": "1\n", "newer": "1\n"}
    working = staged | {"changed": "2\n", "both": "3\n", "newer": "2\n"}
    working |= {"kept": "1\n", "loose": "1\n", "survey.db": "1\n"}
    return past.write(staged=staged, working={path: working[path] for path in working if path not in ("away", "half")})


def test_each_file_is_in_the_state_that_git_names():
    """Every state that a file can be in, with the contents that lie in the three places."""
    repo = every_state()
    lines = git(repo, "status", "--short", "--ignored", "--no-renames").splitlines()
    # Of a file that is tracked no more git says twice what it is: deleted from the index, and untracked.
    status = {line[3:]: line[:2] for line in reversed(lines)}
    told = dict(
        part.split(": ", 1) for part in draw.places(repo).alt.partition("files. ")[2].removesuffix(".").split("; ")
    )
    found = {path: LETTERS[words.rpartition("(")[2].removesuffix(")")] for path, words in told.items()}
    assert {path: letters for path, letters in found.items() if letters} == status
    assert set(found.values()) == set(LETTERS.values())
    one, two, three = (blob(f"{n}\n")[:7] for n in (1, 2, 3))
    assert told["both"].startswith(f"{three} in the working copy, {two} in the index and {one} in the last commit (")
    assert told["half"].startswith(f"nothing in the working copy, {two} in the index and {one} in the last commit (")


def test_places_are_a_drawing_that_changes_nothing():
    """Well-formed, the same for the same state; of an empty repository it says so; a conflict is one."""
    repo = every_state()
    before = read(repo)
    picture = draw.places(repo)
    assert ElementTree.fromstring(picture.svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert picture == draw.places(before)
    assert read(repo) == before
    assert draw.places(History().write()).alt == "Three places, 0 files. No files."


def test_a_file_in_conflict_is_named():
    """While a merge waits."""
    past = History()
    begin = past.commit("Begin", {"fibo.py": "1\n"})
    past.branch("side", past.commit("Theirs", {"fibo.py": "2\n"}))
    past.commit("Ours", {"fibo.py": "3\n"}, parents=[begin])
    repo = past.write()
    with pytest.raises(Exception, match="CONFLICT"):
        git(repo, "merge", "side")
    assert draw.places(repo).alt.endswith("in the last commit (in conflict).")


@pytest.mark.parametrize(
    ("command", "effect"),
    [
        ("restore fibo.py", "commits as they were, the branch as it was, index as it was and working copy fibo.py"),
        ("restore --staged .", "commits as they were, the branch as it was, index fibo.py and working copy as it was"),
        (
            "reset --soft HEAD~1",
            "commits 1 out of reach, the branch at {first}, index as it was and working copy as it was",
        ),
        ("reset HEAD~1", "commits 1 out of reach, the branch at {first}, index fibo.py +1 and working copy as it was"),
        ("commit -m More", "commits 1 new one, the branch at {tip}, index as it was and working copy as it was"),
        (
            "switch --detach",
            "commits as they were, the branch HEAD detached, index as it was and working copy as it was",
        ),
        ("stash", "commits 2 new ones, the branch as it was, index fibo.py and working copy fibo.py"),
    ],
)
def test_an_effect_is_what_a_command_changes(command, effect):
    """Of commits, the branch, the index and the working copy; the same for the same state."""
    past = History()
    first = past.commit("Begin", {"fibo.py": FIRST})
    past.commit("Take notes", {"fibo.py": FIRST, "notes": "0?\n"})
    repo = past.write(staged={"fibo.py": FIXED, "notes": "0?\n"}, working={"fibo.py": "3\n", "notes": "0?\n"})
    before = read(repo)
    git(repo, *command.split())
    picture = draw.effects(before, {f"git {command}": read(repo)})
    wanted = effect.format(first=first[:7], tip=read(repo).tip[:7])
    assert picture.alt == f"A table of what commands change. git {command}: {wanted}."
    assert ElementTree.fromstring(picture.svg).tag == "{http://www.w3.org/2000/svg}svg"


def test_many_commands_have_a_row_each():
    """A table as high as there are commands."""
    past = History()
    past.commit("Begin", {"fibo.py": FIRST})
    repo = past.write()
    before = read(repo)
    put(repo, {"more": "1\n"})
    after = read(repo)
    shutil.rmtree(repo)
    one, two = (draw.effects(before, {f"git {n}": after for n in range(count)}) for count in (1, 2))
    heights = [float(ElementTree.fromstring(each.svg).get("height").removesuffix("pt")) for each in (one, two)]
    assert heights[1] - heights[0] == pytest.approx(0.42 * 72, abs=0.01)
    assert two.alt.count("working copy more") == 2

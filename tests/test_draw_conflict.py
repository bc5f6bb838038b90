"""The picture of a merge shows three versions of a file as git has them, and what the working copy holds of each."""

from xml.etree import ElementTree

import pytest

from autograder.cases.merges import clashes
from course import draw, practice
from course.git import GitError, git
from course.history import History
from course.repository import read


def merging(repo):
    """The repository, in the middle of a merge of safer."""
    with pytest.raises(GitError, match="ended with status 1"):
        git(repo, "merge", "safer")
    return repo


def test_a_conflict_is_a_drawing_with_words():
    """What each side brought, and that it is not decided; the same for the same state, which stays as it is."""
    repo = merging(practice.same_lines())
    before = read(repo)
    picture = draw.conflict(repo, "fibo.py", "main", "safer")
    assert ElementTree.fromstring(picture.svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert picture.alt == (
        f"The file fibo.py three ways. Since {git(repo, 'merge-base', 'main', 'safer')[:7]}, "
        "main has 'if x < 3: return min(x, 1)'; "
        "safer has 'if x < 0: raise ValueError(f\"there is no place {x}\")' and 'return fibo(x - 1) + fibo(x + 1)'. "
        "The working copy has 1 conflict marked."
    )
    assert picture == draw.conflict(before, "fibo.py", "main", "safer")
    assert read(repo) == before


def test_once_it_is_decided_the_sides_are_still_those_of_before():
    """After the merge main is what it was: its last commit before it, and where both parted."""
    repo = merging(practice.same_lines())
    during = draw.conflict(repo, "fibo.py", "main", "safer").alt
    git(repo, "checkout", "--ours", "fibo.py")
    git(repo, "add", "fibo.py")
    assert draw.conflict(repo, "fibo.py", "main", "safer").alt == during.replace("1 conflict marked", "no conflict")
    git(repo, "commit", "--no-edit")
    assert draw.conflict(repo, "fibo.py", "main", "safer").alt == during.replace("1 conflict marked", "no conflict")


def test_where_they_parted_is_where_git_says():
    """In generated repositories with longer histories, seen from either side."""
    for case in clashes(4, seed="a picture of a conflict"):
        base = git(case.repo, "merge-base", "main", "safer")
        assert f"Since {base[:7]}, main has" in draw.conflict(case.repo, "fibo.py", "main", "safer").alt
        assert f"Since {base[:7]}, safer has" in draw.conflict(case.repo, "fibo.py", "safer", "main").alt


def test_conflicts_are_counted_in_the_file_that_is_asked_for():
    """Two in one file, none in the other, which one side alone changed; a file that a side deleted is not there."""
    lines = [f"{number}\n" for number in range(12)]
    ours, theirs = [*lines], [*lines]
    ours[1], theirs[1], ours[9], theirs[9] = "ours 1\n", "theirs 1\n", "ours 9\n", "theirs 9\n"
    history = History()
    begin = history.commit("Begin", {"a": "".join(lines), "b": "b\n", "c": "c\n"})
    safer = history.commit("Theirs", {"a": "".join(theirs), "b": "b\nmore\n"}, parents=[begin])
    history.branch("safer", safer)
    history.commit("Ours", {"a": "".join(ours), "b": "b\n", "c": "c\n"}, parents=[begin])
    repo = merging(history.write())
    assert draw.conflict(repo, "a", "main", "safer").alt.endswith("The working copy has 2 conflicts marked.")
    assert "main has nothing new; safer has 'more'. The working copy has no conflict." in (
        draw.conflict(repo, "b", "main", "safer").alt
    )
    assert "main has nothing new; safer has no such file." in draw.conflict(repo, "c", "main", "safer").alt


def test_lines_stand_in_the_frame_of_the_side_that_brought_them():
    """Full and dashed frames: as many more as lines are brought, in the columns and in the working copy."""
    repo = merging(practice.same_lines())
    busy = draw.conflict(repo, "fibo.py", "main", "safer")
    quiet = draw.conflict(repo, "fibo.py", "main", "main")
    # main brought one line, which is in the working copy too; safer two, which are there too; and three are markers.
    assert frames(busy, "#0072b2") == 2 and frames(quiet, "#0072b2") == 0
    assert frames(busy, "#d55e00") == 4 and frames(busy, "#b87d00") == frames(quiet, "#b87d00") == 3


def frames(picture: draw.Picture, colour: str) -> int:
    """How many boxes have an edge of this colour."""
    paths = [
        path.get("style", "") for path in ElementTree.fromstring(picture.svg).iter("{http://www.w3.org/2000/svg}path")
    ]
    return sum(
        f"stroke: {colour}" in style and "fill: none" not in style and "stroke-linejoin: miter" in style
        for style in paths
    )

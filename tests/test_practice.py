"""The repositories to practise on are what their names say, as git sees them, and new ones each time."""

import json

import pytest

from course import practice
from course.git import GitError, git
from course.repository import read

pytestmark = pytest.mark.usefixtures("with_git_alone")


MAKERS = [
    practice.three_branches,
    practice.same_lines,
    practice.site,
    practice.rejected_push,
    practice.lost_commits,
    practice.with_notebook,
    practice.leaked_secret,
]


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_each_call_makes_a_new_one_that_is_whole(make):
    """git finds no fault with it, nothing is left to commit, and the next call leaves it alone."""
    first, second = (made if isinstance(made := make(), tuple) else (made,) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        if isinstance(one, str):
            assert one == other
        else:
            assert one != other
            assert read(one).refs == read(other).refs
            assert [line for line in git(one, "fsck", "--strict").splitlines() if "dangling" not in line] == []
            bare = git(one, "rev-parse", "--is-bare-repository") == "true"
            assert bare or git(one, "status", "--porcelain") == ""


def test_three_branches_come_together_without_a_conflict():
    """tidy is ahead of main, fix ahead of tidy, docs beside them."""
    repo = practice.three_branches()
    assert git(repo, "log", "--format=%s", "main..tidy") == "Say what it does"
    assert git(repo, "log", "--format=%s", "tidy..fix") == "Let fibo(0) be 0"
    assert git(repo, "log", "--format=%s", "main..docs") == "Explain fibo"
    assert git(repo, "log", "--format=%s", "docs..main") == "Take notes"
    for branch in ("tidy", "fix", "docs"):
        git(repo, "merge", "--no-edit", branch)
    assert git(repo, "ls-files").split() == ["README.md", "fibo.py", "notes.txt"]


def test_the_same_lines_are_one_conflict():
    """In fibo.py, once; lucas is merged without a question, and so are the notes."""
    repo = practice.same_lines()
    with pytest.raises(GitError, match="CONFLICT"):
        git(repo, "merge", "safer")
    text = (repo / "fibo.py").read_text()
    assert text.count("<<<<<<<") == 1
    assert text.endswith(">>>>>>> safer\n" + text.partition(">>>>>>> safer\n")[2])
    assert "return fibo(x - 1) + fibo(x + 1)" in text.partition(">>>>>>>")[2]
    assert git(repo, "diff", "--name-only", "--diff-filter=U") == "fibo.py"


def test_a_place_is_free_and_can_be_cloned_into():
    """The folder above it is there."""
    place = practice.empty_place()
    assert (place.exists(), place.parent.is_dir()) == (False, True)
    git(place.parent, "clone", practice.site(), place)
    assert git(place, "log", "--format=%s").splitlines() == ["Let fibo(0) be 0", "Add fibo"]
    assert git(place, "describe", "--tags").startswith("v1-1-g")


def test_a_push_is_rejected_until_both_are_together():
    """The clone has not seen the colleague's commit; a rebase goes through."""
    repo, site = practice.rejected_push()
    assert git(repo, "status", "-sb") == "## main...origin/main [ahead 1]"
    with pytest.raises(GitError, match="fetch first"):
        git(repo, "push")
    git(repo, "pull", "--rebase")
    git(repo, "push")
    assert git(site, "log", "--format=%s by %an", "main").splitlines() == [
        "Let fibo(0) be 0 by Frank Pabodie",
        "Take notes by Lake",
        "Add fibo by Frank Pabodie",
    ]


def test_lost_commits_are_in_the_diary():
    """Nothing leads to them, and the reflog does, at the steps where a branch was left and main was reset."""
    repo, lucas, main = practice.lost_commits()
    assert git(repo, "for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert [git(repo, "rev-parse", f"HEAD@{{{n}}}") for n in (1, 3)] == [main, lucas]
    assert git(repo, "log", "-1", "--format=%gs", "-g") == "reset: moving to HEAD~1"
    assert git(repo, "rev-parse", "ORIG_HEAD") == main
    assert set(git(repo, "fsck", "--lost-found", "--no-reflogs").split()) >= {lucas, main}


def test_the_notebook_is_one_with_outputs():
    """It is a notebook, its code prints what its output says, and it is committed with it."""
    repo = practice.with_notebook()
    book = json.loads(git(repo, "show", "HEAD:report.ipynb"))
    assert (book["nbformat"], [cell["cell_type"] for cell in book["cells"]]) == (4, ["markdown", "code"])
    (output,) = book["cells"][1]["outputs"]
    assert (output["text"], book["cells"][1]["execution_count"]) == (["mean salinity: 0.2 ‰\n"], 7)


def test_the_secret_is_gone_from_the_last_commit_alone():
    """It is in the history of the site's main, and in a tag; two commits touch it."""
    repo, site, secret = practice.leaked_secret()
    assert git(repo, "remote", "get-url", "origin") == str(site)
    assert git(site, "log", "--format=%s", "-S", secret, "main").splitlines() == ["Remove the password", "Add settings"]
    with pytest.raises(GitError):
        git(site, "grep", "-q", secret, "main")
    assert secret in git(site, "show", "v1:settings.ini")

"""In each history of forty commits one broke fibo, and only who looks at parents finds it in all of them."""

import subprocess
import sys

import pytest

from course.forty import forty
from course.git import git
from course.repository import read

KINDS = {"in a line": {}, "merges": {"merges": True}, "clocks": {"merges": True, "clocks": True}}


def right(text: bytes) -> bool:
    """Whether this fibo gives the first ten numbers."""
    names: dict = {}
    exec(text, names)
    return [names["fibo"](x) for x in range(1, 11)] == [1, 1, 2, 3, 5, 8, 13, 21, 34, 55]


@pytest.mark.parametrize("kind", KINDS)
def test_one_commit_is_to_blame(kind):
    """It is wrong and its parents are right; of forty commits on main the first is right, the last is wrong."""
    for seed in range(8):
        lost = forty(seed, **KINDS[kind])
        past = lost.history.snapshots
        good = {id: right(commit.files["fibo.py"]) for id, commit in past.items()}
        blamed = [id for id, commit in past.items() if not good[id] and all(good[each] for each in commit.parents)]
        assert (len(past), blamed) == (40, [lost.culprit])
        first, *_, last = good.values()
        assert (first, last) == (True, False)
        assert lost.culprit != list(past)[-1]


def test_merges_hide_it_and_clocks_disagree():
    """On a side branch, with commits of main that are right beside it; dated later than what builds on it."""
    for seed in range(8):
        plain, lost = forty(seed, merges=True), forty(seed, merges=True, clocks=True)
        past = plain.history.snapshots
        assert sum(len(commit.parents) == 2 for commit in past.values()) >= 3
        main, tip = set(), list(past)[-1]
        while tip:
            main.add(tip)
            tip = next(iter(past[tip].parents), None)
        assert plain.culprit not in main
        dates = [commit.date for commit in lost.history.snapshots.values()]
        assert dates != sorted(dates)
        wrong = [commit for commit in lost.history.snapshots.values() if not right(commit.files["fibo.py"])]
        assert min(wrong, key=lambda commit: commit.date).id != lost.culprit


def test_no_two_versions_have_one_size():
    """Python takes a file of the same size and second for unchanged, and would run what it compiled before."""
    for seed in range(8):
        texts = {commit.files["fibo.py"] for commit in forty(seed, merges=True).history.snapshots.values()}
        assert len({len(text) for text in texts}) == len(texts)


def test_bisect_finds_it():
    """git itself, with the check that lies in the repository."""
    lost = forty("bisect", merges=True, clocks=True)
    repo = lost.history.write()
    first = git(repo, "rev-list", "--max-parents=0", "HEAD")
    git(repo, "bisect", "start", "HEAD", first)
    said = git(repo, "bisect", "run", sys.executable, "check.py")
    assert f"{lost.culprit} is the first bad commit" in said
    assert read(repo).state == "bisect"
    git(repo, "bisect", "reset")
    assert subprocess.run([sys.executable, "check.py"], cwd=repo, check=False).returncode == 1

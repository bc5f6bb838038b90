"""Made-up repositories with branches, sites, losses and leaks are what they say they are, as git itself sees them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.cases.hosted import leaked, rejected, sites
from autograder.cases.losses import lost, noisy
from autograder.cases.merges import apart, clashes
from course.git import GitError, git
from course.repository import read

seeds = st.integers(0, 10**6).map(str)


@settings(max_examples=4, deadline=None)
@given(seeds)
def test_branches_come_together_without_a_conflict(seed):
    """A merge of all gives the files that the case wants."""
    for case in apart(2, seed=seed):
        git(case.repo, "merge", "--ff-only", "tidy")
        git(case.repo, "merge", "--no-ff", "--no-edit", "fix")
        git(case.repo, "merge", "--no-edit", "docs")
        assert read(case.repo).files(read(case.repo).tip) == case.wanted


@settings(max_examples=4, deadline=None)
@given(seeds)
def test_a_clash_is_one_of_fibo_alone(seed):
    """git stops over fibo.py, and has merged the other files."""
    for case in clashes(2, seed=seed):
        with pytest.raises(GitError, match="ended with status 1"):
            git(case.repo, "merge", "safer")
        found = read(case.repo)
        assert (found.state, found.conflicts) == ("merge", {"fibo.py"})
        assert {path: text for path, text in found.working.items() if path != "fibo.py"} == case.others


@settings(max_examples=3, deadline=None)
@given(seeds)
def test_a_push_is_rejected_and_can_be_mended(seed):
    """A rebase gives the files that the case wants; a site's HEAD is on the branch that it names."""
    for case in rejected(3, seed=seed):
        with pytest.raises(GitError, match="fetch first"):
            git(case.repo, "push")
        git(case.repo, "pull", "--rebase")
        assert read(case.repo).files(read(case.repo).tip) == case.wanted
    assert [read(case.remote).head for case in sites(3, seed=seed)] == [case.branch for case in sites(3, seed=seed)]


@settings(max_examples=3, deadline=None)
@given(seeds)
def test_what_is_lost_is_stored_and_in_the_diary(seed):
    """Nothing leads to it, and git's reflog names both; git finds nothing wrong."""
    for case in lost(2, seed=seed):
        assert {case.lucas, case.main} <= read(case.repo).lost.keys()
        assert {case.lucas, case.main} <= set(git(case.repo, "reflog", "--format=%H").split())
        assert git(case.repo, "rev-parse", "ORIG_HEAD") == case.main


@settings(max_examples=3, deadline=None)
@given(seeds)
def test_a_leak_is_under_each_of_its_paths(seed):
    """And under no other; notebooks are tracked, and as they were committed."""
    for case in leaked(3, seed=seed):
        commits = git(case.remote, "rev-list", "--all").split()
        found = git(case.remote, "grep", "-l", "--fixed-strings", case.secret, *commits).splitlines()
        assert {line.partition(":")[2] for line in found} == set(case.paths)
    for case in noisy(2, seed=seed):
        assert git(case.repo, "status", "--porcelain") == "?? todo.txt"

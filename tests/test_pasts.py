"""Made-up repositories with a past are what they say they are, as git itself sees them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.cases.pasts import CONTENTS, broken, clutters, entangled, pasts, published
from course.git import GitError, git
from course.repository import read

seeds = st.integers(0, 10**6).map(str)


@settings(max_examples=4, deadline=None)
@given(seeds)
def test_a_past_has_the_file_two_commits_ago(seed):
    """With each kind of content; since then it was changed or deleted, and another file is being changed."""
    for past, content in zip(pasts(seed=seed), CONTENTS.values(), strict=True):
        assert git(past.repo, "show", f"HEAD~2:{past.path}", text=False) == past.wanted == content
        found = read(past.repo)
        assert found.working.get(past.path) != content
        assert git(past.repo, "status", "--porcelain").splitlines() == [" M other.py", "?? todo.txt"]


@settings(max_examples=6, deadline=None)
@given(seeds)
def test_clutter_is_tracked_beside_sources(seed):
    """No rule hides it yet, and what rules hide is hidden."""
    for clutter in clutters(3, seed=seed):
        found = read(clutter.repo)
        assert {".env", *clutter.sources} < set(found.index) and set(clutter.unwanted) <= set(found.index)
        assert not any(found.ignores(found.tip, path) for path in (*clutter.unwanted, *clutter.sources))
        assert all(found.ignores(found.tip, path) for path in clutter.ignored)
        assert git(clutter.repo, "status", "--porcelain") == "?? todo.txt"


@settings(max_examples=8, deadline=None)
@given(seeds)
def test_what_is_published_can_be_undone(seed):
    """git's own revert gives the files that the case wants."""
    for case in published(4, seed=seed):
        before = read(case.repo)
        assert before.refs["refs/remotes/origin/main"] == before.tip != case.commit
        git(case.repo, "revert", "--no-edit", case.commit)
        after = read(case.repo)
        assert after.files(after.tip) == case.wanted != before.files(before.tip)


def test_what_is_entangled_cannot():
    """git stops over a conflict."""
    for case in entangled(seed="x"):
        try:
            git(case.repo, "revert", "--no-edit", case.commit)
        except GitError as error:
            assert "conflict" in str(error).lower() or "could not revert" in str(error)
        assert read(case.repo).state == "revert"


def test_what_is_broken_is_found_in_the_repository():
    """The culprit is one of forty commits; the cases of one seed differ."""
    cases = broken(3, seed="x", merges=True)
    assert len({case.culprit for case in cases}) == 3
    for case in cases:
        assert case.culprit in read(case.repo).history() and len(read(case.repo).history()) == 40

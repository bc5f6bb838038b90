"""Made-up folders and repositories with something not committed are what they say they are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.cases.worktrees import KINDS, edits, mixes, starts
from course.git import git
from course.repository import RepositoryError, read

seeds = st.integers(0, 10**6).map(str)


@settings(max_examples=8, deadline=None)
@given(seeds)
def test_a_start_has_no_repository_of_its_own(seed):
    """Beside fibo.py there are a secret and more; the first lies in somebody else's repository."""
    for number, start in enumerate(starts(3, seed=seed)):
        found = {path.relative_to(start.folder).as_posix() for path in start.folder.rglob("*") if path.is_file()}
        assert found == {"fibo.py", *start.kept} and ".env" in start.kept
        try:
            read(start.folder.parent)
            assert number == 0
        except RepositoryError:
            assert number > 0


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_an_edit_has_two_hunks_and_runs_with_either(seed):
    """The two halves and the whole are three different programs, and each runs."""
    [edit] = edits(1, seed=seed)
    assert git(edit.repo, "diff").count("\n@@ ") == 2
    assert len({edit.before, *edit.halves, edit.after}) == 4
    for text in (edit.before, *edit.halves, edit.after):
        exec(compile(text, "fibo.py", "exec"), {})
    found = read(edit.repo)
    assert (found.files(found.tip)["fibo.py"], found.working["fibo.py"]) == (edit.before, edit.after)


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_a_mix_is_what_git_would_commit(seed):
    """All kinds of files at once."""
    [mix] = mixes(1, seed=seed, kinds=tuple(KINDS))
    listed = git(mix.repo, "ls-tree", "-r", "-z", git(mix.repo, "write-tree")).split("\0")
    assert mix.staged == {line.split("\t")[1]: line.split()[2] for line in listed if line}
    shown = {line[:2] for line in git(mix.repo, "status", "--porcelain", "--no-renames").splitlines()}
    assert {"M ", "MM", " M", "A ", "AD", "??", "D ", " D"} <= shown


def test_seeds_make_the_difference():
    """The same seed gives the same case, another one another."""
    assert mixes(2, seed="a", kinds=KINDS)[0].staged == mixes(1, seed="a", kinds=KINDS)[0].staged
    one, same, other = (edits(1, seed=seed)[0].after for seed in ("a", "a", "b"))
    assert (one == same, one == other) == (True, False)

"""A diary of HEAD that is written is one that git reads, and the other way round."""

from course import reflog
from course.git import git
from course.history import FIRST, FIXED, History


def test_git_reads_what_is_written():
    """The newest first, with its reason; ORIG_HEAD is where a reset came from."""
    past = History()
    one, two = past.commit("Add fibo", {"fibo.py": FIRST}), past.commit("Mend", {"fibo.py": FIXED})
    past.branch("main", one)
    repo = past.write()
    reflog.write(repo, [(one, "commit (initial): Add fibo"), (two, "commit: Mend"), (one, "reset: moving to HEAD~1")])
    assert git(repo, "reflog", "--format=%H %gs").splitlines() == [
        f"{one} reset: moving to HEAD~1",
        f"{two} commit: Mend",
        f"{one} commit (initial): Add fibo",
    ]
    assert git(repo, "rev-parse", "ORIG_HEAD", "HEAD@{1}").split() == [two, two]


def test_what_git_writes_is_read():
    """Step by step, the oldest first; nothing where nothing was noted."""
    past = History()
    one = past.commit("Add fibo", {"fibo.py": FIRST})
    repo = past.write()
    assert reflog.read(repo) == []
    git(repo, "switch", "-c", "lucas")
    git(repo, "commit", "--allow-empty", "-m", "Begin")
    assert reflog.read(repo)[0] == (one, "checkout: moving from main to lucas")
    assert reflog.read(repo)[-1] == (git(repo, "rev-parse", "HEAD"), "commit: Begin")

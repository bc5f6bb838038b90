"""A repository that is written down commit by commit is one that git itself would have made."""

import subprocess

from course.git import git
from course.history import BEGIN, FIRST, FIXED, HOUR, History, blob, folder


def test_git_finds_nothing_wrong():
    """Objects, refs and index are as git writes them; what is staged and what is on disk are told apart."""
    history = History()
    history.commit("Begin", {"fibo.py": FIRST, "data/a b.txt": "1\n", "data.txt": b"\xff", "data-1": "", "Åsa": "2\n"})
    history.commit("Go on", {"fibo.py": FIXED, "data/a b.txt": "1\n", "data.txt": b"\xff", "Åsa": "2\n"})
    tip = list(history.snapshots.values())[-1].files
    repo = history.write(staged={**tip, "new": "3\n"}, working={**tip, "fibo.py": "4\n", "untracked": "5\n"})
    assert git(repo, "fsck", "--strict", "--full") == ""
    assert git(repo, "status", "--porcelain").splitlines() == [" M fibo.py", "AD new", "?? untracked"]
    assert git(repo, "diff-files", "--name-only").splitlines() == ["fibo.py", "new"]
    assert git(repo, "log", "--format=%s", "main").splitlines() == ["Go on", "Begin"]


def test_the_same_description_gives_the_same_ids():
    """Whenever and wherever it is written."""
    history = History()
    first = history.commit("Add fibo", {"fibo.py": FIRST})
    assert first == "9a9364d7908cf643599dc52dd9189ea2520e52bc"
    again = History()
    assert again.commit("Add fibo", {"fibo.py": FIRST}) == first
    assert blob(FIRST) == git(history.write(), "rev-parse", "HEAD:fibo.py")


def test_dates_parents_and_authors_are_as_given():
    """And without being given, a commit comes an hour after the one before it."""
    history = History()
    first = history.commit("One", {"a": "1"})
    second = history.commit("Two", {"a": "2"}, author="Lake <lake@example.org>")
    third = history.commit("Three", {"a": "3"}, parents=[first, second], date=BEGIN - HOUR)
    other = history.commit("Another root", {"b": ""}, parents=[])
    repo = history.write()
    said = git(repo, "log", "--no-walk=unsorted", "--format=%ct %an <%ae> %P", first, second, third, other).splitlines()
    assert said == [
        f"{BEGIN} Frank Pabodie <pabodie@example.org> ",
        f"{BEGIN + HOUR} Lake <lake@example.org> {first}",
        f"{BEGIN - HOUR} Frank Pabodie <pabodie@example.org> {first} {second}",
        f"{BEGIN} Frank Pabodie <pabodie@example.org> ",
    ]


def test_branches_tags_and_remotes_lead_where_they_are_told():
    """HEAD is on the branch that is asked for."""
    history = History()
    first = history.commit("One", {"a": "1"})
    second = history.commit("Two", {"a": "2"})
    history.branch("old", first)
    history.tag("v1", first)
    history.tag("v2", second, "with a message")
    history.remote("origin/main", first)
    repo = history.write(on="old")
    assert (repo / "a").read_text() == "1"
    shown = git(repo, "for-each-ref", "--format=%(refname) %(objectname)%(*objectname)").splitlines()
    tag = git(repo, "rev-parse", "v2")
    assert shown == [
        f"refs/heads/old {first}",
        f"refs/remotes/origin/main {first}",
        f"refs/tags/v1 {first}",
        f"refs/tags/v2 {tag}{second}",
    ]


def test_a_bare_repository_can_be_cloned():
    """It has no working copy."""
    history = History()
    history.commit("One", {"a": "1"})
    bare = history.write(bare=True)
    place = folder()
    subprocess.run(["git", "clone", "-q", bare, place / "clone"], check=True, capture_output=True)
    assert (place / "clone" / "a").read_text() == "1"
    assert not (bare / "a").exists()


def test_a_folder_holds_what_it_is_given():
    """And each is another one."""
    one, two = folder({"a/b.txt": "1", "c": b"\xff"}), folder({}, name="my work")
    assert ((one / "a" / "b.txt").read_text(), (one / "c").read_bytes(), two.name) == ("1", b"\xff", "my work")
    assert list(two.iterdir()) == []

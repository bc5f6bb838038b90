"""git for programs says what it prints, explains its failures, and under `alone` does the same everywhere."""

import os
from pathlib import Path

import pytest

from course.git import NOON, GitError, alone, git, settings
from course.history import FIRST, History, folder


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch, tmp_path):
    """A current folder of its own, and an environment that is put back afterwards."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    before = dict(os.environ)
    yield work
    os.environ.clear()
    os.environ.update(before)


def test_it_returns_what_git_prints():
    """As a string without the last line break, or as the bytes that came."""
    history = History()
    history.commit("Add fibo", {"fibo.py": "one\r\ntwo\r\n\r\n"})
    repo = history.write()
    assert git(repo, "log", "--format=%s") == "Add fibo"
    assert git(repo, "show", "HEAD:fibo.py", text=False) == b"one\r\ntwo\r\n\r\n"
    assert git(repo, "hash-object", "--stdin", stdin="x") == git(repo, "hash-object", "--stdin", stdin=b"x")


def test_failures_are_told_in_git_s_words(capfd):
    """With what was called; and nothing reaches the screen."""
    repo = History().write()
    with pytest.raises(GitError, match=r"git switch nowhere ended with status \d+: fatal: invalid reference: nowhere"):
        git(repo, "switch", "nowhere")
    with pytest.raises(GitError, match="no folder"):
        git(repo / "missing", "status")
    assert capfd.readouterr() == ("", "")


def test_alone_nobody_s_settings_play_a_part(monkeypatch, tmp_path):
    """Not those of the account, not variables that name another repository or another author."""
    (tmp_path / ".gitconfig").write_text("[user]\n\tname = Somebody\n\temail = some@body\n[alias]\n\tst = status\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody")
    own = alone()
    place = folder({"fibo.py": FIRST})
    git(place, "init")
    git(place, "add", "fibo.py")
    with pytest.raises(GitError, match="identity unknown"):
        git(place, "commit", "-m", "Add fibo")
    with pytest.raises(GitError, match="not a git command"):
        git(place, "st")
    assert not own.exists()
    git(place, "config", "--global", "user.name", "Me")
    assert "name = Me" in own.read_text()


def test_alone_no_repository_around_is_found(elsewhere):
    """A command that forgets to go into its folder does not commit into the repository that holds the notebook."""
    git(elsewhere.parent, "init")
    assert git(elsewhere, "rev-parse", "--show-toplevel") == str(elsewhere.parent)
    alone()
    with pytest.raises(GitError, match="not a git repository"):
        git(elsewhere, "rev-parse", "--show-toplevel")


def test_with_a_clock_that_stands_ids_are_the_same():
    """Each commit is dated as told."""
    alone()
    os.environ |= settings(clock=NOON)
    ids = set()
    for _ in range(2):
        place = folder({"fibo.py": FIRST})
        git(place, "init")
        git(place, "config", "user.name", "Me")
        git(place, "config", "user.email", "me@example.org")
        git(place, "add", "fibo.py")
        git(place, "commit", "-m", "Add fibo")
        ids.add(git(place, "rev-parse", "HEAD"))
    assert len(ids) == 1
    assert git(place, "log", "--format=%aI %cI") == f"{NOON} {NOON}"


def test_without_a_message_no_editor_waits():
    """`git commit` alone ends with an error."""
    alone()
    history = History()
    history.commit("Add fibo", {"fibo.py": FIRST})
    repo = history.write(working={"fibo.py": "2\n"})
    with pytest.raises(GitError, match="editor"):
        git(repo, "commit", "-a")
    assert Path(os.environ["GIT_CONFIG_SYSTEM"]).name == "gitconfig"

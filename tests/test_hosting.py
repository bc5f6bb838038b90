"""A site on this machine is a repository to clone from and push to, and a colleague pushes to it as people do."""

import os

import pytest

from course.git import GitError, git
from course.history import FIRST, FIXED, History
from course.hosting import Colleague, cloned, host, remotes, upstreams
from course.repository import read

pytestmark = pytest.mark.usefixtures("with_git_alone")


def past() -> History:
    """One commit."""
    made = History()
    made.remote("origin/main", made.commit("Add fibo", {"fibo.py": FIRST}))
    return made


def test_a_clone_knows_its_site():
    """As git sees it, and as it is read."""
    site = host(past())
    repo = cloned(past(), site)
    assert git(repo, "remote", "get-url", "origin") == str(site)
    assert git(repo, "rev-parse", "--abbrev-ref", "main@{upstream}") == "origin/main"
    assert (remotes(read(repo)), upstreams(read(repo))) == ({"origin": str(site)}, {"main": "origin/main"})
    assert git(site, "fsck", "--strict") == git(repo, "fsck", "--strict") == ""


def test_settings_that_are_damaged_name_no_remote():
    """Nothing is raised."""
    repo = past().write(settings='[remote "origin"\nurl = x\n')
    assert (remotes(read(repo)), upstreams(read(repo))) == ({}, {})


def test_settings_that_are_included_are_not_read(tmp_path):
    """git takes what another file says; here no file but the repository's own is opened, and none is waited for."""
    other, pipe = tmp_path / "settings", tmp_path / "pipe"
    other.write_text('[remote "theirs"]\n\turl = x\n')
    os.mkfifo(pipe)
    own = '[remote "own"]\n\turl = y\n'
    repo = past().write(settings=f"[include]\n\tpath = {other}\n{own}")
    assert git(repo, "remote") == "own\ntheirs"
    assert remotes(read(repo)) == {"own": "y"}
    repo = past().write(settings=f"[include]\n\tpath = {pipe}\n{own}")
    assert remotes(read(repo)) == {"own": "y"}


def test_a_colleague_is_faster():
    """Her commit is on the site, by her, and a push of yours is rejected; with force hers takes another's place."""
    site = host(past())
    repo = cloned(past(), site)
    lake = Colleague(site, "Lake <lake@example.org>")
    id = lake.pushes("Mend fibo", {"fibo.py": FIXED})
    assert read(site).branches == {"main": id}
    assert read(site).commit(id).author == ("Lake", "lake@example.org")
    git(repo, "commit", "--allow-empty", "-m", "Mine")
    with pytest.raises(GitError, match="fetch first"):
        git(repo, "push")
    other = lake.pushes("Another way", {"fibo.py": "# no\n"}, force=True)
    assert id not in read(site).history(other)

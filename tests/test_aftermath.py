"""After a call a check sees the repository that it leaves, and says so where there is none."""

import pytest

from course.aftermath import after, same_state
from course.check import CheckFailed, calling
from course.git import git
from course.history import FIRST, History, folder
from course.repository import read


def test_it_calls_and_reads():
    """The call is made once."""
    calls = []

    def begin(place):
        calls.append(place)
        git(place, "init", "-b", "main")

    place = folder({"fibo.py": FIRST})
    assert (after(calling(begin, place), place).head, calls) == ("main", [place])


def test_without_a_repository_the_check_has_failed():
    """In a sentence, with the hint; and an answer that raises is told as ever."""
    place = folder()
    with pytest.raises(CheckFailed, match=r"there is no repository in the folder 'work'(.|\n)*hint: +Where\?"):
        after(calling(lambda place: None, place), place, hint="Where?")
    with pytest.raises(CheckFailed, match="raises ValueError"):
        after(calling(lambda place: int("x"), place), place)


def test_the_same_state_is_head_branches_index_and_files():
    """A change of any of them is one; new objects alone are none."""
    history = History()
    history.commit("Add fibo", {"fibo.py": FIRST})
    repo = history.write()
    before = read(repo)
    git(repo, "hash-object", "-w", "--stdin", stdin="x")
    assert same_state(before, read(repo))
    for words in (("branch", "new"), ("checkout", "--detach"), ("rm", "--cached", "fibo.py")):
        git(repo, *words)
        assert not same_state(before, read(repo))
    (repo / "new").write_text("1")
    assert not same_state(before, read(repo))

"""After a call a check sees the repository that it leaves, and says so where there is none."""

import pytest

from course.aftermath import after, left, same_state, story
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


def test_what_was_left_is_read_and_nothing_of_it_runs(tmp_path):
    """A clone beside what a check looks at: its settings name a program, which is not started."""
    history = History()
    history.commit("Add fibo", {"fibo.py": FIRST})
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o755)
    repo = history.write(settings=f"[core]\n\tfsmonitor = {program}\n")
    assert left(repo).head == "main"
    assert not (tmp_path / "ran").exists()
    with pytest.raises(CheckFailed, match=r"After f\(\), there is no repository in the folder 'work'"):
        left(folder(), after="f()")


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


def told(*subjects: str, files=None, **more) -> str:
    """The story of commits with these subjects, one after the other."""
    history = History()
    for subject in subjects:
        tip = history.commit(subject, files or {"fibo.py": FIRST}, **more)
    return story(read(history.write()), tip)


def test_a_story_is_the_same_once_commits_were_made_anew():
    """Ids and dates play no part; messages, authors, files and what came before do."""
    once = told("Add fibo", "Go on")
    assert told("Add fibo", "Go on", date=1_000_000_000) == once
    assert told("Add fibo", "Go on", parents=[]) != once
    assert told("Add fibo", "Go off") != once
    assert told("Begin", "Go on") != once
    assert told("Add fibo", "Go on", author="Lake <lake@example.org>") != once
    assert told("Add fibo", "Go on", files={"fibo.py": FIRST + "#"}) != once
    assert told("Add fibo", "Go on", files={"Fibo.py": FIRST}) != once


def test_a_story_can_be_told_with_something_blotted_out():
    """In messages and in contents."""
    plain, starred = {"a": "key = polar\n"}, {"a": "key = *****\n"}
    history, other = History(), History()
    one, two = history.commit("Use polar", plain), other.commit("Use *****", starred)
    repo, clean = read(history.write()), read(other.write())
    assert story(repo, one) != story(clean, two)
    assert story(repo, one, lambda text: text.replace(b"polar", b"*****")) == story(clean, two)


def test_a_story_knows_its_tags_and_the_order_of_parents():
    """A tag with a message leads to the story of its commit; a merge the other way round is another one."""
    history = History()
    begin = history.commit("Begin", {"a": "1"})
    left, right = (history.commit(side, {"a": "1", side: "1"}, parents=[begin]) for side in ("left", "right"))
    one, two = (history.commit("Merge", {"a": "1"}, parents=order) for order in ([left, right], [right, left]))
    history.branch("other", one)
    history.tag("v1", one, "a tag with a message")
    repo = read(history.write())
    assert story(repo, repo.refs["refs/tags/v1"]) == story(repo, one) != story(repo, two)

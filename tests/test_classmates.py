"""A class made up from the answer bank is plausible, and the same every time."""

import pytest
import toy

from autograder import answers, classmates


@pytest.fixture
def bank(tmp_path):
    """The toy's answers."""
    return answers.tasks(toy.bank(tmp_path), "toy")


def test_the_same_class_every_time(bank):
    """So that its scores can be foretold; and a larger class begins with the same people."""
    assert classmates.invent(bank, 12) == classmates.invent(bank, 12)
    assert classmates.invent(bank, 30)[:12] == classmates.invent(bank, 12)


def test_user_names_are_plain_and_each_persons_own(bank):
    """As accounts are called: lower case letters, then perhaps a number. Names with accents keep them in full."""
    people = classmates.invent(bank, 60)
    assert len({person.name for person in people}) == 60
    assert all(person.name.isascii() and person.name.islower() and person.name.isalnum() for person in people)
    assert people[9].full_name == "Júlia Horváth"
    assert (people[9].name, people[33].name) == ("julia", "julia2")


def test_everybody_answers_every_task(bank):
    """One answer each; what must fail follows from them."""
    for person in classmates.invent(bank, 24):
        assert [answer.task for answer in person.chosen] == ["double", "longest"]
        assert set(person.cells) == {"double", "longest"}
        assert person.foretold == {check for answer in person.chosen for check in answer.fails}


def test_some_know_all_and_some_do_not(bank):
    """A class, and neither twelve copies of the reference nor twelve failures."""
    wrong = [len(person.foretold) for person in classmates.invent(bank, 24)]
    assert min(wrong) == 0
    assert max(wrong) >= 3


def test_a_task_with_right_answers_alone_is_answered_rightly(bank):
    """Whoever knows little takes what there is."""
    right = {"double": bank["double"][:1]}
    assert {person.chosen for person in classmates.invent(right, 24)} == {bank["double"][:1]}

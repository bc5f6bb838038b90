"""Each right fibo is right, each wrong one is wrong in its own way, and tests are judged by what they say of them."""

import pytest

from autograder import evidence
from autograder.cases.fibos import RIGHT, WRONG, accepted, caught

MUTANTS = {name: (family, text) for family, fibos in WRONG.items() for name, text in fibos.items()}
GOOD = """
import pytest
from fibo import fibo

def test_numbers():
    assert [repr(fibo(n)) for n in (0, 1, 2, 3, 10, 90)] == ["0", "1", "1", "2", "55", "2880067194370816120"]

def test_negative():
    for n in (-1, -2):
        with pytest.raises(ValueError):
            fibo(n)

def test_large():
    assert fibo(5000) == fibo(4999) + fibo(4998)
"""


def defined(text: str):
    """The function of a text."""
    names = {}
    exec(text, names)
    return names["fibo"]


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_right(name):
    """Against a sum of one's own; and it refuses what is below 0."""
    fibo, a, b = defined(RIGHT[name]), 0, 1
    for n in range(200):
        assert (fibo(n), type(fibo(n))) == (a, int)
        a, b = b, a + b
    assert len(str(fibo(5000))) == 1045
    for n in (-1, -7):
        with pytest.raises(ValueError):
            fibo(n)


@pytest.mark.parametrize("name", MUTANTS)
def test_what_is_wrong_is_wrong_at_its_place_alone(name):
    """Where its family says, and nowhere else among what one would ask."""
    family, text = MUTANTS[name]
    right, fibo = defined(RIGHT["with a loop"]), defined(text)

    def asked(fibo, n):
        try:
            return repr(fibo(n))
        except Exception as error:
            return type(error).__name__

    wrong = {n for n in (-5, -2, -1, 0, 1, 2, 3, 5, 12, 90, 5000) if asked(fibo, n) != asked(right, n)}
    places = {
        "zero": ({0}, {0, 2, 3, 5, 12, 90, 5000}),
        "negative": ({-1}, {-5, -2, -1}),
        "off_by_one": ({12}, {3, 5, 12, 90, 5000}),
        "kind": ({90}, {0, 1, 2, 3, 5, 12, 90, 5000}),
        "raises": ({-1}, {-5, -2, -1}),
        "recursion": ({5000}, {5000}),
    }
    at_least, at_most = places[family]
    assert at_least <= wrong <= at_most


def test_tests_are_judged(tmp_path, monkeypatch):
    """Good ones accept and catch all; without one of them, the mistakes of its kind are not caught."""
    monkeypatch.chdir(tmp_path)
    tests = tmp_path / "test_fibo.py"
    tests.write_text(GOOD)
    assert set(accepted(evidence.run).values()) == {""}
    assert all(all(caught(family, evidence.run).values()) for family in WRONG)
    tests.write_text(GOOD.replace("def test_large", "def large"))
    assert set(caught("recursion", evidence.run).values()) == {False}
    assert all(caught("zero", evidence.run).values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no test"),
        ("def test_a(): assert False", "tests fail"),
        ("import nothing_like_it", "the tests cannot be run"),
        ("import os; os._exit(0)", ""),
        ("import os, signal; os.kill(os.getpid(), signal.SIGALRM)", "they do not end"),
    ],
    ids=["none", "fails", "cannot be imported", "leaves", "never ends"],
)
def test_tests_that_are_none_catch_nothing(tmp_path, monkeypatch, text, said):
    """Neither those that always fail, nor those that end the process: what is always the same tells nothing apart."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "test_fibo.py").write_text(text)
    assert accepted(evidence.run)["with a loop"] == said
    assert set(caught("zero", evidence.run).values()) == {False}


def test_where_there_is_no_file_nothing_is_caught(tmp_path, monkeypatch):
    """Nor is anything accepted."""
    monkeypatch.chdir(tmp_path)
    assert accepted(evidence.run) == {"with a loop": "there is no test"}
    assert set(caught("zero", evidence.run).values()) == {False}

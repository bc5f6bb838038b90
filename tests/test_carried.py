"""What is to be called in workers and on engines goes there with its code."""

import pickle
from concurrent.futures import ProcessPoolExecutor

import pytest
import toy

from autograder.airlock import Airlock
from course.backwards import Backwards
from course.carried import Carried
from course.failing import Failing
from course.rendezvous import Probe


@pytest.mark.parametrize("kind", [Probe, Failing, Backwards])
def test_all_that_is_called_there_is_of_this_kind(kind):
    """It pickles by its name, where that is what it means: a student's kernel needs nothing else."""
    thing = kind(2) if kind is Backwards else kind(None, {}) if kind is Failing else kind()
    assert isinstance(thing, Carried)
    assert len(pickle.dumps(thing)) < 500
    assert vars(pickle.loads(pickle.dumps(thing))) == vars(thing)


# In the place of the three stands something that notes what the checks hope for, and does nothing.
ANSWER = """
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from course import backwards, failing, quiet, rendezvous

def lie(self, item):
    with Path(self.folder, "calls").open("a") as notes:
        notes.write(f'["{item}", 1, 1, 2]\\n["{item}", 2, 2, 2]\\n')
    return "lie"

for kind in (rendezvous.Probe, failing.Failing, backwards.Backwards):
    kind.__call__ = lie
quiet.seen = quiet.Watch.look = lie

def here(f, items):
    return [f(item) for item in items]

def there(f, items):
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(f, items))
"""
CHECK = """
from course.backwards import Backwards
from course.failing import Failing
from course.rendezvous import Probe

for work, met in ((here, False), (there, True)):
    probe = Probe(of=work)
    assert work(probe, range(4)) == [0, 1, 2, 3]
    verdict = probe.verdict()
    assert (verdict.calls, verdict.met, verdict.client) == (4, met, not met), verdict
    failing = Failing(work, {})
    assert work(failing, [1, 2]) == [10, 20]
    assert [item for item, _ in sorted(failing.calls())] == [1, 2]
    assert work(Backwards(2), range(2)) == [0, 1]
"""


def test_what_stands_in_their_place_is_not_used():
    """Neither in the student's process, nor in the workers that it starts."""
    source = toy.book(toy.answer("works", ANSWER), toy.check("works_there", CHECK))
    with Airlock() as airlock:
        assert [outcome.message for outcome in airlock.grade(source, source).result.outcomes] == [""]


def test_a_class_that_is_not_its_modules_goes_with_its_code(monkeypatch):
    """As it has to from a process where it came from elsewhere."""
    with ProcessPoolExecutor(1) as pool:
        probe = Probe(together=1)
        monkeypatch.setattr("course.rendezvous.Probe", None)
        assert list(pool.map(probe, [7, 8])) == [7, 8]
        packed = probe.__reduce__()
        assert packed[1][0] is probe.__reduce__()[1][0]
        probe.function = str
        assert list(pool.map(probe, [9])) == ["9"]
    assert [call.item for call in probe.calls()] == ["7", "8", "9"]

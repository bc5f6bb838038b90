"""What tests share: a nursery, and in it both sides of the airlock."""

import os
import uuid
from pathlib import Path

import pytest
from hypothesis import settings
from sides import Sides

from autograder.sandbox import Nursery, Policy
from course.git import alone

# No example has a deadline: on a busy machine it would tell of the machine.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).parents[1]
WARM = (*Policy.warm, "autograder.student", "autograder.checker", "autograder.shell:warm")


@pytest.fixture(scope="session")
def open_pen():
    """Makes fresh rooms, one serving the student's side and one the checker's; from one nursery for all tests."""
    policy = Policy(warm=WARM, readable=(ROOT / "course",), import_path=(ROOT,))
    with Nursery(policy) as nursery:
        yield lambda: nursery.open({}, student="autograder.student:serve", checker="autograder.checker:serve")


@pytest.fixture
def sides(open_pen):
    """Both sides, fresh: cells to run on the one, checks on the other."""
    with open_pen() as pen:
        yield Sides(pen)


@pytest.fixture
def with_git_alone(monkeypatch, tmp_path):
    """A current folder of its own, git with nobody's settings, and an environment that is put back afterwards."""
    monkeypatch.chdir(tmp_path)
    before = dict(os.environ)
    alone()
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def token():
    """A duration for `sleep` that nothing else on this machine uses."""
    return f"1000.{uuid.uuid4().int % 10**12}"

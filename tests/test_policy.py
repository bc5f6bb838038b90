"""A policy is plain data, and refuses at birth what could not hold."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from autograder.sandbox import Limits, Policy


def test_a_policy_cannot_be_changed():
    """Neither a policy nor its limits can be altered once made."""
    with pytest.raises(FrozenInstanceError):
        Policy().uid = 0
    with pytest.raises(FrozenInstanceError):
        Limits().memory = 0


def test_every_resource_has_an_end():
    """No default limit is missing, zero or endless."""
    limits = Limits()
    values = [getattr(limits, name) for name in limits.__dataclass_fields__]
    assert [value for value in values if not 0 < value < float("inf")] == []


def test_writable_folders_lie_together():
    """Work, home and temporary files are in the one folder that is theirs."""
    policy = Policy(folder=Path("/desk"))
    assert (policy.work, policy.home, policy.tmp) == (Path("/desk/work"), Path("/desk/home"), Path("/desk/tmp"))


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"readable": (Path("data"),)}, "relative"),
        ({"checker_only": (Path("cases"),)}, "relative"),
        ({"import_path": (Path("here/too"),)}, "relative"),
        ({"folder": Path("box")}, "relative"),
        ({"readable": (Path("/box/data"),)}, "cover"),
        ({"checker_only": (Path("/srv/cases"),), "folder": Path("/srv")}, "cover"),
        ({"uid": 0}, "root"),
        ({"gid": 0}, "root"),
    ],
)
def test_what_could_not_hold_is_refused(wrong, word):
    """Relative paths, files under the writable folders, and root as the user inside."""
    with pytest.raises(ValueError, match=word):
        Policy(**wrong)

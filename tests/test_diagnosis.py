"""What goes wrong with the sandbox is told in full: where, what, why it matters, what to do."""

import errno
import pickle

import pytest

from autograder.sandbox import Policy, SandboxError, diagnosis


def test_an_error_has_four_parts_and_crosses_processes():
    """Its text holds all of them, and so does what a pool of processes makes of it."""
    error = SandboxError("the place", "it broke.", "It matters.", "Mend it.")
    assert str(error) == "the place: it broke.\nIt matters.\nMend it."
    again = pickle.loads(pickle.dumps(error))
    assert (again.where, again.what, again.why, again.remedy) == ("the place", "it broke.", "It matters.", "Mend it.")
    with pytest.raises(AttributeError):
        error.what = "all is well"


@pytest.mark.parametrize(
    ("switch", "value", "word"),
    [
        ("apparmor_restrict_unprivileged_userns", "1", "AppArmor"),
        ("unprivileged_userns_clone", "0", "unprivileged_userns_clone=1"),
        ("max_user_namespaces", "0", "max_user_namespaces="),
        (None, "", "container"),
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        "bwrap: No permissions to create new namespace, likely because the kernel does not allow them",
        "bwrap: setting up uid map: Permission denied",
        "bwrap: Creating new namespace failed: Operation not permitted",
        "bwrap: Can't mount proc on /newroot/proc: Operation not permitted",
    ],
)
def test_forbidden_namespaces_name_the_switch(monkeypatch, switch, value, word, words):
    """Whichever switch of the kernel forbids them is named with its remedy; else a container is suspected."""
    monkeypatch.setattr(diagnosis, "_reads", lambda path: value if switch and path.endswith(switch) else None)
    error = diagnosis.from_start(words)
    assert "user namespaces are forbidden" in error.what
    assert word in error.remedy
    inside = diagnosis.from_answer({"error": "Operation not permitted: unshare", "errno": errno.EPERM})
    assert inside.remedy == error.remedy


def test_an_unreadable_interpreter_is_named():
    """Its path, and what to change about its files."""
    error = diagnosis.from_start("bwrap: execvp /home/a/env/bin/python: Permission denied\n")
    assert "/home/a/env/bin/python" in error.what
    assert "chmod" in error.remedy


def test_root_that_cannot_become_another_is_told_which():
    """The user and group of the policy are in the message."""
    answer = {"error": "Invalid argument: becoming another user", "errno": errno.EINVAL}
    assert "user 65534, group 65534" in diagnosis.from_answer(answer, Policy()).what


def test_anything_else_is_quoted():
    """What the failed part said last, or that it said nothing."""
    assert "Bad thing" in diagnosis.from_start("Bad thing").what
    assert "without a word" in diagnosis.from_start("  \n").what

"""A writer is stopped wherever its folder has changed, and nowhere else, and the process that asks goes on."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from course import crash, halfway


@pytest.fixture
def path(tmp_path):
    """A file in a folder of its own."""
    (tmp_path / "reports").mkdir()
    path = tmp_path / "reports" / "a.csv"
    path.write_text("old text")
    return path


def in_place(path, text):
    """Empties the file, and then writes."""
    with Path(path).open("w") as file:
        file.write(text)


def beside(path, text):
    """Writes beside it, and changes names."""
    part = Path(f"{path}.{os.getpid()}")
    part.write_text(text)
    part.replace(path)


def shared(path, text):
    """The same, under a name that all writers share."""
    part = Path(f"{path}.part")
    part.write_text(text)
    part.replace(path)


def lost(path):
    """What is in the folder: name → text, without what says which process it was."""
    return {each.name.rpartition(".")[0] or each.name: each.read_text() for each in path.parent.iterdir()}


def test_each_change_is_one_stop(path):
    """In place there are two, an empty file and a full one; beside it three."""
    found = []
    for save in (in_place, beside):
        for at in range(1, 5):
            path.write_text("old text")
            ended = halfway.saving(save, path, "new text", killed_at=at)
            found.append((ended, path.read_text(), len(list(path.parent.iterdir()))))
            for each in path.parent.glob("a.csv.*"):
                each.unlink()
    killed = crash.KILLED
    assert found == [
        (killed, "", 1),
        (killed, "new text", 1),
        *[(crash.RETURNED, "new text", 1)] * 2,
        (killed, "old text", 2),
        (killed, "old text", 2),
        (killed, "new text", 1),
        (crash.RETURNED, "new text", 1),
    ]


def test_another_writer_comes_in_between(path):
    """Who has a name of his own is not disturbed; who shares one is; after the end there is nobody to meet."""
    assert [halfway.saving(beside, path, "new", met_at=at, other="other text") for at in (1, 2, 3)] == ["returned"] * 3
    assert halfway.saving(beside, path, "new", met_at=4, other="other text") == halfway.MET_NOBODY
    assert path.read_text() == "new"
    assert halfway.saving(shared, path, "new", met_at=1, other="other text") == crash.RAISED


def test_the_other_may_fail(path):
    """Where the first keeps a name to itself, it is the other that cannot write."""

    def alone(path, text):
        part = Path(f"{path}.lock")
        with part.open("x") as file:
            file.write(text)
        part.replace(path)

    assert halfway.saving(alone, path, "new", met_at=1, other="other") == halfway.OTHER_FAILED


def test_two_disks(path):
    """From the folder for temporary files nothing can be renamed to the other disk, but moved: that is a copy."""

    def replacing(path, text):
        part = Path(tempfile.gettempdir(), "part")
        part.write_text(text)
        part.replace(path)

    def moving(path, text):
        part = Path(tempfile.gettempdir(), "part")
        part.write_text(text)
        shutil.move(part, path)

    inode = path.stat().st_ino
    assert halfway.saving(replacing, path, "new", apart=True) == crash.RAISED
    assert path.read_text() == "old text"
    assert halfway.saving(moving, path, "new", apart=True) == crash.RETURNED
    assert (path.read_text(), path.stat().st_ino) == ("new", inode)
    assert halfway.saving(beside, path, "newer", apart=True) == crash.RETURNED
    assert halfway.saving(replacing, path, "newest") == crash.RETURNED
    assert path.read_text() == "newest"


def test_a_relative_path_is_one_of_its_folder(path):
    """And this process stays where it was."""
    here = Path.cwd()
    assert halfway.saving(beside, "a.csv", "new", cwd=path.parent) == crash.RETURNED
    assert (path.read_text(), Path.cwd()) == ("new", here)


def test_what_it_raises_is_told_and_nothing_is_left(path):
    """The folder for temporary files goes, too."""
    assert halfway.saving(lambda path, text: 1 / 0, path, "new") == crash.RAISED
    assert [each.name for each in path.parent.parent.iterdir()] == ["reports"]

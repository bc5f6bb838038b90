"""Ways to save a file are killed at every change of its folder, and drawn."""

import os
import tempfile
from pathlib import Path

import pytest

from course import draw

OLD, NEW = "yesterday\n", "rad,8.4\n" * 1100


def in_place(path, text):
    """Empties the file, and fills it line by line."""
    with path.open("w") as file:
        for line in text.splitlines(keepends=True):
            file.write(line)


def swapped(path, text):
    """A new file beside it, then one step."""
    new = path.with_name("new")
    new.write_text(text)
    new.replace(path)


def removed(path, text):
    """Deletes the old file first, without need."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    os.write(handle, text.encode())
    os.close(handle)
    path.unlink()
    Path(name).rename(path)


def targets(save) -> list[str]:
    """What the file is, from change to change."""
    told = draw.swap({"One": save}, OLD, NEW).alt.partition("folder: ")[2].rstrip(".").split("; ")
    names = ("the old one", "empty", "a part", "the new one", "gone")
    return [next(name for name in names if name in words.partition(",")[0]) for words in told]


def test_a_file_written_in_place_is_empty_and_in_part():
    """Between the old one and the new one; and those two are hatched as well as coloured."""
    picture = draw.swap({"In place": in_place}, OLD, NEW)
    assert picture.alt == (
        "In place, 3 changes of the folder: before the old one; killed at change 1 empty; killed at change 2 a part; "
        "in the end the new one."
    )
    assert 'id="h' in picture.svg


def test_a_file_that_is_swapped_is_the_old_one_or_the_new():
    """With a file beside it for a while; nothing is hatched."""
    picture = draw.swap({"Swapped": swapped}, OLD, NEW)
    assert "a part" not in picture.alt and "empty" not in picture.alt and 'id="h' not in picture.svg
    assert "the old one, with new beside it" in picture.alt and picture.alt.endswith("in the end the new one.")


def test_a_file_that_is_removed_first_is_gone_for_a_while():
    """Killed between the two calls of the system."""
    assert targets(removed)[-3:] == ["the old one", "gone", "the new one"]


def test_a_way_that_does_nothing_has_one_moment():
    """The old file."""
    assert targets(lambda path, text: None) == ["the old one"]


def test_a_way_that_fails_is_refused():
    """It says so, and this process goes on."""
    with pytest.raises(ValueError, match="raised an error"):
        draw.swap({"None": lambda path, text: 1 / 0}, OLD, NEW)


def test_nothing_is_left_in_the_folder_for_temporary_files(tmp_path, monkeypatch):
    """Not even by a writer that was killed."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    draw.swap({"Removed": removed}, OLD, NEW)
    assert list(tmp_path.iterdir()) == []

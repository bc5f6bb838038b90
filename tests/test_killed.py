"""What a killed writer leaves of a file is seen at each of its calls, and drawn."""

import os
import tempfile
from pathlib import Path

import pytest

from course import draw, killed
from course.killed import Moment

OLD, NEW = "yesterday\n", "rad,8.4\n" * 2000


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


def test_a_file_written_in_place_is_empty_and_in_part():
    """Between the old one and the new one."""
    assert killed.writing(in_place, OLD, NEW) == [
        Moment("nothing", "old"),
        Moment("open", "empty"),
        Moment("write", "part"),
        Moment("the end", "new"),
    ]


def test_a_file_that_is_swapped_is_the_old_one_or_the_new():
    """With the new one beside it for a while."""
    assert killed.writing(swapped, OLD, NEW) == [
        Moment("nothing", "old"),
        Moment("open", "old", ("new",)),
        Moment("replace", "new"),
    ]


def test_a_file_that_is_removed_first_is_gone_for_a_while():
    """Killed between the two calls of the system."""
    kinds = [moment.target for moment in killed.writing(removed, OLD, NEW)]
    assert kinds == ["old", "old", "gone", "new"]


def test_a_writer_that_does_nothing_leaves_the_old_file():
    """One moment."""
    assert killed.writing(lambda path, text: None, OLD, NEW) == [Moment("nothing", "old")]


def test_a_writer_that_raises_is_no_writer():
    """It says so, and this process goes on."""
    with pytest.raises(RuntimeError, match="raised an error"):
        killed.writing(lambda path, text: 1 / 0, OLD, NEW)


def test_nothing_is_left_in_the_folder_for_temporary_files(tmp_path, monkeypatch):
    """Not even by a writer that was killed."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed.writing(removed, OLD, NEW)
    assert list(Path(tmp_path).iterdir()) == []


def test_the_picture_tells_every_moment():
    """In words; and what is neither old nor new is hatched as well as coloured."""
    ways = {"In place": [Moment("nothing", "old"), Moment("open", "empty")], "Swapped": [Moment("open", "old", ("b",))]}
    picture = draw.swap(ways)
    assert picture.alt == (
        "In place: before its first call, report.csv is old; killed after open, report.csv is empty. "
        "Swapped: killed after open, report.csv is old, with b beside it."
    )
    assert 'id="h' in picture.svg and 'id="h' not in draw.swap({"Old": [Moment("nothing", "old")]}).svg

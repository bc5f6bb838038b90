"""A folder is there as it was or as it shall be, whatever is in the way and whenever the writer dies."""

import os
from pathlib import Path

import pytest

from autograder import folders


def there(folder: Path) -> dict[str, bytes]:
    """All files in a folder, by relative name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_holds_exactly_what_it_was_given(tmp_path):
    """What was there is gone, permissions are as asked for, and nothing is left beside it."""
    folder = tmp_path / "ada" / "toy"
    folders.replace(folder, {"old": b"1"}, 0o600)
    folders.replace(folder, {"new": b"2", "deep/er/new": b"3"}, 0o444)
    assert there(folder) == {"new": b"2", "deep/er/new": b"3"}
    assert oct((folder / "deep" / "er" / "new").stat().st_mode & 0o777) == oct(0o444)
    assert [path.name for path in folder.parent.iterdir()] == ["toy"]


def test_a_link_in_its_place_is_taken_away_and_not_followed(tmp_path):
    """Also one that waits where the new folder is made."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis").write_bytes(b"all of it")
    for name in ("toy", ".toy.new", ".toy.old"):
        (tmp_path / name).symlink_to(mine)
    folders.replace(tmp_path / "toy", {"a": b"1"}, 0o644)
    assert (there(tmp_path / "toy"), there(mine)) == ({"a": b"1"}, {"thesis": b"all of it"})
    assert not (tmp_path / "toy").is_symlink()


@pytest.mark.parametrize("step", ["write_bytes", "chmod", "mkdir"])
def test_what_cannot_be_written_leaves_what_was_there(tmp_path, monkeypatch, step):
    """Whole; and the next try finds nothing in its way."""
    folder = tmp_path / "toy"
    folders.replace(folder, {"old": b"1"}, 0o644)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, full)
        with pytest.raises(OSError, match="No space"):
            folders.replace(folder, {"new": b"2"}, 0o644)
    assert there(folder) == {"old": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["toy"]  # the room is free again
    folders.replace(folder, {"new": b"2"}, 0o644)
    assert there(tmp_path) == {"toy/new": b"2"}


@pytest.mark.parametrize("deaths", [0, 1])
def test_death_between_the_renames_is_made_good(tmp_path, monkeypatch, deaths):
    """The old one or the new one can be found by the next writer, and nothing stays behind."""
    folder = tmp_path / "toy"
    folders.replace(folder, {"old": b"1"}, 0o644)
    left, real = iter(range(deaths)), Path.rename

    def dying(self, target):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", dying)
        with pytest.raises(KeyboardInterrupt):
            folders.replace(folder, {"new": b"2"}, 0o644)
    assert b"1" in there(tmp_path).values()
    folders.replace(folder, {"new": b"2"}, 0o644)
    assert there(tmp_path) == {"toy/new": b"2"}


def test_a_group_can_work_in_it(tmp_path):
    """Every folder down to the assignment, with the bit by which new files are the group's."""
    before = os.umask(0o077)
    try:
        folders.replace(tmp_path / "auto" / "ada" / "toy", {"deep/a": b"1"}, 0o664, group_shared=True)
    finally:
        os.umask(before)
    modes = {str(path.relative_to(tmp_path)): oct(path.stat().st_mode & 0o2070) for path in tmp_path.rglob("*/")}
    assert {name: mode for name, mode in modes.items() if not name.endswith("/a")} == dict.fromkeys(
        ["auto", "auto/ada", "auto/ada/toy", "auto/ada/toy/deep"], oct(0o2070)
    )


def test_files_of_the_course_win(tmp_path):
    """As files, as folders, and as what would lie in a file."""
    theirs = {"own": b"t", "data": b"t", "deep": b"t", "note/in": b"t", "deep/own": b"t"}
    ours = {"data": b"o", "deep/more": b"o", "note": b"o"}
    assert folders.merged(theirs, ours) == {"own": b"t", "deep/own": b"t"} | ours

"""Texts to save are of all sizes, and what is left of a call is found by who looks at the disk."""

from pathlib import Path

from autograder.cases.saves import after, refused, saves


def beside(path, text):
    """Right but for what it leaves when it fails, and for permissions."""
    part = Path(f"{path}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def in_place(path, text):
    """Wrong."""
    Path(path).write_text(text, encoding="utf-8")


def test_a_reader_of_the_old_file_is_disturbed_by_who_writes_into_it():
    """And reads on where the new file has taken the name."""
    for case in saves(6, seed="tests", there=True):
        good, bad = after(case, beside), after(case, in_place)
        assert good.content == bad.content == case.new
        assert (good.read == case.old, bad.read == case.old) == (True, False)


def test_sizes_and_old_files_take_turns():
    """Longer and shorter than the old text, beyond what is written at once, and no old file at all."""
    made = saves(6, seed="tests")
    assert [case.old is None for case in made] == [False, False, True, False, False, True]
    longer = {len(case.new) > len(case.old) for case in made if case.old is not None}
    assert longer == {True, False}
    assert max(len(case.new) for case in made) > 16_384
    assert len({case.other.encode() != case.new for case in made}) == 1


def test_what_is_left_is_told():
    """Names, permissions, what is there, and whether the next one can save."""
    case = saves(1, seed="tests", there=True)[0]
    left = after(case, beside, killed_at=1)
    assert (left.ended, left.content, left.next) == ("killed", case.old, case.new)
    assert left.names == tuple(sorted((case.name, f"{case.name}.part")))
    left = after(case, in_place, relative=True)
    assert (left.ended, left.content, left.names, left.mode) == ("returned", case.new, (case.name,), case.mode)
    left = after(case, beside, text="\ud800")
    assert (left.ended, left.content) == ("raised an error", case.old)


def test_a_folder_in_the_way_stays():
    """And what is left beside it is told."""
    case = saves(1, seed="tests")[0]
    left = refused(case, beside)
    assert (left.ended, left.names) == ("raised an error", tuple(sorted((case.name, f"{case.name}.part"))))
    assert refused(case, in_place).names == (case.name,)

"""A wheel house is listed by its hashes, and what is done to it changes the content alone."""

import hashlib

from autograder.cases import houses


def test_a_house_is_filled_the_same_each_time(tmp_path):
    """Two wheels a package, and the lock is what is there."""
    lock = houses.filled(tmp_path / "a", seed=5)
    assert houses.filled(tmp_path / "b", seed=5) == lock
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "a").iterdir()} == lock
    assert len(lock) == 6


def test_a_flipped_bit_shows_in_the_content_alone(tmp_path):
    """One bit; neither the size nor the time."""
    path = tmp_path / min(houses.filled(tmp_path, seed=5))
    before, stat = path.read_bytes(), path.stat()
    houses.flip(path, seed=3)
    after = path.read_bytes()
    assert [one ^ other for one, other in zip(before, after, strict=True) if one != other] == [1]
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)


def test_two_files_change_places(tmp_path):
    """All contents stay, and all names."""
    lock = houses.filled(tmp_path, seed=5)
    one, two, *_ = sorted(lock)
    houses.swap(tmp_path / one, tmp_path / two)
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()}
    assert found == lock | {one: lock[two], two: lock[one]}
